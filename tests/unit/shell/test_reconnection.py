"""What a page tells a restarted app it was in the middle of is taken over only if it can be so."""

from typing import Any

import pytest

from app.features.kept import KEPT
from app.fields.drafts import Draft
from app.shell import state
from app.shell.connection.reconnection import recalled
from services.model.record import new_identifier

TAB = "0123456789abcdef" * 2


def draft(**more: Any) -> dict[str, Any]:
    return {"identifier": new_identifier(), "name": new_identifier(), **more}


def test_a_form_goes_on_under_its_name() -> None:
    told = draft()
    found = recalled({"tab": TAB, "new": told}, KEPT)
    resumed = Draft(told["identifier"], told["name"], resumed=True)
    assert found == {state.TAB: TAB, state.NEW: resumed}


def test_a_change_goes_on_from_what_it_began_with() -> None:
    told = draft(version=3, start={"name": "Gold"})
    edit = recalled({"edit": told}, KEPT)[state.EDIT]
    assert (edit.identifier, edit.name) == (told["identifier"], told["name"])
    assert (edit.version, edit.start) == (3, {"name": "Gold"})


def test_a_change_of_many_goes_on_with_what_was_chosen_for_it() -> None:
    told = bulk("edit")
    form = recalled({"bulk": told}, KEPT)[state.BULK_FORM]
    assert (form.what, form.name, form.chosen) == ("edit", told["name"], {"a": 1, "b": 2})


def test_a_file_that_is_gone_is_known_by_its_name() -> None:
    assert recalled({"file": "assets.csv"}, KEPT) == {state.IMPORT_GONE: "assets.csv"}
    assert len(recalled({"file": "x" * 1000}, KEPT)[state.IMPORT_GONE]) == 200


def bulk(what: Any, **more: Any) -> dict[str, Any]:
    return {"what": what, "name": new_identifier(), "chosen": {"a": 1, "b": 2}, **more}


@pytest.mark.parametrize(
    "kept",
    [
        {"file": ""},
        {"file": 7},
        {"bulk": "edit"},
        {"bulk": {}},
        {"bulk": bulk("explode")},
        {"bulk": bulk(["edit"])},
        {"bulk": bulk("bin", name="<b>")},
        {"bulk": bulk("bin", name=None)},
        {"bulk": bulk("bin", chosen={})},
        {"bulk": bulk("bin", chosen=["a"])},
        {"bulk": bulk("bin", chosen={"a": "1"})},
        {"bulk": bulk("bin", chosen={"x" * 1000: 1})},
        {"bulk": bulk("bin", chosen={str(one): 1 for one in range(1001)})},
        {},
        {"tab": 7},
        {"tab": "../etc"},
        {"new": "text"},
        {"new": {}},
        {"new": draft(name="<b>")},
        {"new": draft(identifier="x" * 1000)},
        {"new": draft(identifier=None)},
        {"edit": draft()},
        {"edit": draft(version=0, start={})},
        {"edit": draft(version="3", start={})},
        {"edit": draft(version=3, start=[])},
    ],
)
def test_what_no_page_was_told_is_left_out(kept: dict[str, Any]) -> None:
    assert recalled(kept, KEPT) == {}
