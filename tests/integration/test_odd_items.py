"""Whatever one item holds, the others are there, and the app goes on."""

import logging

import pytest

from services.model.query import AssetQuery
from services.store import parsing
from services.store.assets.items import asset_on
from services.store.attributes import Item
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository
from services.store.read_model.catalogue import Catalogue
from tests.fakes.assets import stored
from tests.integration.stores import Real

_ODD: dict[str, Item] = {
    "an empty name in a map": {"m": {"M": {"": {"S": "x"}}}},
    "a map under an empty name": {"m": {"M": {"": {"M": {"a": {"S": "x"}}}}}},
    "a list under an empty name": {"m": {"L": [{"M": {"": {"L": [{"S": "x"}]}}}]}},
    "an empty name beside others": {"m": {"M": {"": {"N": "1"}, "S": {"S": "y"}}}},
    "an empty name of its own": {"": {"S": "x"}},
    "a version that is not whole": {"version": {"N": "1.5"}},
    "a version of a hundred digits": {"version": {"N": "1E100"}},
    "an operation of bytes": {"operation": {"B": b"\xff"}},
    "a history of bytes": {"history": {"BS": [b"\xff"]}},
    "values thirty deep": {"m": {"M": {"a": {"L": [{"M": {}}] * 3}}}},
}


@pytest.fixture(params=["ours", "stock"])
def store(request: pytest.FixtureRequest) -> Real:
    url = "durable_url" if request.param == "ours" else "stock_url"
    return Real(request.getfixturevalue(url))


@pytest.fixture(params=list(_ODD))
def odd(request: pytest.FixtureRequest) -> Item:
    return _ODD[request.param]


def put(store: Real, pk: str, attributes: Item) -> None:
    item = {"PK": {"S": pk}, "SK": {"S": "META"}, **attributes}
    store.gateway.bulk.put_item(TableName=store.table, Item=item)


def shown(catalogue: Catalogue) -> set[str]:
    lines = catalogue.read().lines(AssetQuery())
    assert all(asset_on(line).plain() for line in lines)
    return {asset_on(line).identifier for line in lines}


@pytest.mark.parametrize("pk", ["NOTE#1", "SESSION#ABC-DEF", "ASSET#odd"])
def test_an_odd_item_takes_nothing_else_away(store: Real, odd: Item, pk: str) -> None:
    store.repository.put(stored("one"), expected=None)
    catalogue = Catalogue(store.source())
    assert shown(catalogue) == {"one"}

    put(store, pk, odd)
    store.repository.put(stored("two"), expected=None)

    from_the_stream, loaded = shown(catalogue), shown(Catalogue(store.source()))
    assert {"one", "two"} <= from_the_stream <= {"one", "two", "odd"}
    assert from_the_stream == loaded
    assert catalogue.freshness.away_since is None


def test_an_odd_document_can_be_read_and_kept_on_a_shelf(store: Real, odd: Item) -> None:
    put(store, "SESSION#ABC-DEF", odd)
    documents = DocumentRepository(store.gateway, store.table)
    catalogue = Catalogue(store.source())

    assert documents.get("SESSION#ABC-DEF", "META") is not None
    collection = DocumentCollection(documents, catalogue, "META", lambda document: document.pk)
    assert collection.all() == ("SESSION#ABC-DEF",)


def test_an_odd_asset_can_be_read_by_its_key(store: Real, odd: Item) -> None:
    put(store, "ASSET#odd", odd)

    found = store.repository.get("odd")

    assert found is not None
    assert found.asset.identifier == "odd"


def test_what_is_left_out_is_logged_once(
    stock_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "_told", set())
    store = Real(stock_url)
    put(store, "NOTE#7", {"m": {"M": {"": {"S": "x"}}}})
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            store.gateway.read(
                store.gateway.quick.get_item,
                TableName=store.table,
                Key={"PK": {"S": "NOTE#7"}, "SK": {"S": "META"}},
            )

    told = [record.message for record in caplog.records if "NOTE#7" in record.message]
    assert told == ["item NOTE#7|META holds what cannot be read, left out: m"]


def test_our_own_moto_tells_an_empty_name_as_it_is(durable_url: str) -> None:
    store = Real(durable_url)
    held: Item = {"m": {"M": {"": {"M": {"a": {"S": "x"}}}, "b": {"N": "1"}}}}
    put(store, "NOTE#1", held)

    found = store.gateway.quick.get_item(
        TableName=store.table, Key={"PK": {"S": "NOTE#1"}, "SK": {"S": "META"}}
    )

    assert found["Item"]["m"] == held["m"]


def test_nothing_is_lost_when_an_asset_with_an_empty_name_inside_is_changed(
    durable_url: str,
) -> None:
    store = Real(durable_url)
    put(store, "ASSET#odd", {"m": {"M": {"": {"S": "x"}}}})
    found = store.repository.get("odd")
    assert found is not None

    store.repository.put(found, expected=0)

    there = store.repository.item("odd")
    assert there is not None
    assert there["m"] == {"M": {"": {"S": "x"}}}
