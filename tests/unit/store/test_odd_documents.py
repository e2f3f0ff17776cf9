"""Documents that somebody else has written otherwise are left out; the others are there."""

from datetime import UTC, datetime
from typing import Any

import pytest

from services.importing.record import Import
from services.migration.records import Migration
from services.scenarios.replacement import Replacement
from services.store.attributes import Item
from services.store.documents.documents import Document, all_readable, document_of, item_of

_AT = datetime(2026, 1, 2, tzinfo=UTC)
_GOOD = Import(name="one", title="a.csv", by="Ada", at=_AT, total=3)
_ODD: list[Any] = [
    {"title": None},
    {"at": "yesterday"},
    {"at": "2026-01-02T00:00:00"},
    {"at": 5},
    {"total": "many"},
    {"state": "flying"},
    {"left": 1},
]


def odd(document: Document, changes: dict[str, Any]) -> Item:
    return item_of(Document(document.pk + "odd", document.sk, {**document.body, **changes}))


@pytest.mark.parametrize("changes", _ODD)
def test_an_odd_import_does_not_hide_the_others(changes: dict[str, Any]) -> None:
    items = [odd(_GOOD.document, changes), item_of(_GOOD.document)]

    assert all_readable(items, Import.of) == [_GOOD]


@pytest.mark.parametrize("body", [{}, {"step": "no step", "by": "x", "at": _AT.isoformat()}])
def test_an_odd_migration_is_left_out(body: dict[str, Any]) -> None:
    assert all_readable([item_of(Document("MIGRATION#1", "META", body))], Migration.of) == []


@pytest.mark.parametrize("changes", [{"state": "flying"}, {"at": ""}, {"to": None}])
def test_an_odd_replacement_is_none(changes: dict[str, Any]) -> None:
    good = Replacement(name="", to="a", before="b", by="Ada", at=_AT).document

    assert all_readable([odd(good, changes)], Replacement.of) == []


def test_what_a_replacement_does_not_know_of_itself_is_no_matter() -> None:
    good = Replacement(name="REPLACEMENT", to="a", before="b", by="Ada", at=_AT)

    item = item_of(Document("REPLACEMENT", "META", {**good.document.body, "more": "x"}))

    assert all_readable([item], Replacement.of) == [good]


@pytest.mark.parametrize("version", [{"N": "1.5"}, {"N": "1E9"}, {"S": "one"}, {"N": "-1"}, {}])
def test_an_odd_version_is_none(version: dict[str, str]) -> None:
    item = {**item_of(Document("VIEWS", "x", {"name": "X"}, 1)), "version": version}

    assert document_of(item).version == 0
