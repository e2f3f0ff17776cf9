"""The catalogue over a real stream: what other programs write, and every way to lose the thread."""

import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from services.model.query import AssetQuery
from services.store.assets.items import from_item, to_item
from services.store.attributes import loads
from services.store.read_model import catalogue as catalogue_module
from services.store.read_model import changes
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.rows import is_asset
from services.store.table import key_of
from tests.bench.servers import stock_moto
from tests.fakes.assets import stored
from tests.integration.stores import TABLE, Kept, Real, eventually, kill, motos, supervised

EVERYTHING = AssetQuery(limit=100_000, sort="name")


@pytest.fixture(params=["ours", "stock"])
def store(request: pytest.FixtureRequest) -> Real:
    url = "durable_url" if request.param == "ours" else "stock_url"
    return Real(request.getfixturevalue(url))


@pytest.fixture
def catalogue(store: Real) -> Iterator[Catalogue]:
    store.repository.put(stored("old", name="old"), expected=None)
    made = Catalogue(store.source())
    assert names(made) == ["old"]
    yield made
    assert names(made) == scanned(store.gateway.bulk, store.table)


def other_program(store: Real) -> Any:
    """DynamoDB as a script of somebody else's sees it."""
    return _plain_client(store.gateway.bulk.meta.endpoint_url)


@cache
def _plain_client(url: str) -> Any:
    return boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="eu-west-1",
        aws_access_key_id="other",
        aws_secret_access_key="other",
    )


def names(catalogue: Catalogue) -> list[str]:
    return [from_item(loads(line)).asset.name for line in catalogue.read().lines(EVERYTHING)]


def scanned(client: Any, table: str) -> list[str]:
    pages = client.get_paginator("scan").paginate(TableName=table)
    items = [item for page in pages for item in page["Items"]]
    return sorted(item["name"]["S"] for item in items if is_asset(key_of(item)))


def put(client: Any, store: Real, name: str) -> None:
    client.put_item(TableName=store.table, Item=to_item(stored(name, name=name)))


def test_what_another_program_puts_changes_and_deletes_is_seen_at_once(
    store: Real, catalogue: Catalogue
) -> None:
    client = other_program(store)
    key = {"PK": {"S": "ASSET#new"}, "SK": {"S": "META"}}

    put(client, store, "new")
    assert names(catalogue) == ["new", "old"]

    client.update_item(
        TableName=store.table,
        Key=key,
        UpdateExpression="SET #n = :n",
        ExpressionAttributeNames={"#n": "name"},
        ExpressionAttributeValues={":n": {"S": "newer"}},
    )
    assert names(catalogue) == ["newer", "old"]

    client.delete_item(TableName=store.table, Key=key)
    assert names(catalogue) == ["old"]


def test_batches_and_transactions_are_seen(store: Real, catalogue: Catalogue) -> None:
    client = other_program(store)
    batch = [{"PutRequest": {"Item": to_item(stored(f"b{n}", name=f"b{n}"))}} for n in range(3)]
    client.batch_write_item(RequestItems={store.table: batch})
    transaction = {"TableName": store.table, "Item": to_item(stored("t", name="t"))}
    client.transact_write_items(TransactItems=[{"Put": transaction}])

    assert names(catalogue) == ["b0", "b1", "b2", "old", "t"]


def test_other_items_of_the_table_are_no_assets_but_news(store: Real, catalogue: Catalogue) -> None:
    before = catalogue.freshness.revision
    other_program(store).put_item(
        TableName=store.table, Item={"PK": {"S": "SESSION#1"}, "SK": {"S": "META"}}
    )

    assert names(catalogue) == ["old"]
    assert catalogue.freshness.revision == before + 1
    assert [item["PK"]["S"] for item in catalogue.others("SESSION#")] == ["SESSION#1"]


def test_a_failed_transaction_silences_the_stream_until_the_iterator_is_asked_for_anew(
    store: Real, catalogue: Catalogue
) -> None:
    """After one, Moto's open iterators return nothing for ever and say nothing of it."""
    client = other_program(store)
    doomed = {
        "TableName": store.table,
        "Item": to_item(stored("old", name="overwritten")),
        "ConditionExpression": "attribute_not_exists(PK)",
    }
    with pytest.raises(ClientError):
        client.transact_write_items(TransactItems=[{"Put": doomed}])
    put(client, store, "after")

    assert eventually(lambda: names(catalogue) == ["after", "old"])
    assert changes._RENEW_SECONDS <= 1


def test_after_many_kinds_of_change_the_catalogue_equals_a_scan(
    store: Real, catalogue: Catalogue
) -> None:
    client = other_program(store)
    for number in range(150):
        put(client, store, f"n{number % 60:02}")
        if number % 7 == 0:
            client.delete_item(
                TableName=store.table,
                Key={"PK": {"S": f"ASSET#n{number % 30:02}"}, "SK": {"S": "META"}},
            )
        if number % 50 == 0:
            catalogue.refresh()

    assert names(catalogue) == scanned(client, store.table)


def test_a_catalogue_that_starts_among_writers_misses_nothing(store: Real) -> None:
    client = other_program(store)
    for number in range(40):
        put(client, store, f"before{number:02}")
    source = store.source()
    loading = source.load()
    for number in range(20):
        put(client, store, f"during{number:02}")
    loaded = {key_of(item) for item in loading}
    told = {change.key for change in source.news()}

    everything = {f"ASSET#{name}|META" for name in scanned(client, store.table)}
    assert {key for key in loaded | told if is_asset(key)} == everything


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that was away is asked again soon."""
    monkeypatch.setattr(catalogue_module, "_PAUSE_SECONDS", 0.1)


def test_moto_restarted_with_the_same_sequence_numbers_is_not_taken_for_the_old_one(
    tmp_path: Path, hasty: None
) -> None:
    """A stock Moto comes back empty and counts its records from the start again."""
    with stock_moto() as site, supervised(tmp_path, site.url) as kept:
        kept.repository.put(stored("one", name="one"), expected=None)
        assert names(kept.catalogue) == ["one"]
        _reset(site.url)
        # More records than before, so that the position last seen exists again.
        written = [f"new{number}" for number in range(6)]
        for name in written:
            kept.repository.put(stored(name, name=name), expected=None)

        assert eventually(lambda: names(kept.catalogue) == written)
        assert scanned(kept.gateway.bulk, TABLE) == written

        # And without a write it is noticed as well.
        _reset(site.url)
        assert eventually(lambda: names(kept.catalogue) == [])


def _reset(url: str) -> None:
    urllib.request.urlopen(
        urllib.request.Request(f"{url}/moto-api/reset", method="POST"), timeout=60
    )


def test_the_catalogue_goes_on_after_moto_was_killed_and_has_another_pulse(
    kept: Kept, hasty: None
) -> None:
    kept.repository.put(stored("one", name="one"), expected=None)
    assert names(kept.catalogue) == ["one"]
    pulse = kept.supervisor.pulse.read()
    kill(kept.pid)
    kept.repository.put(stored("two", name="two"), expected=None)

    assert kept.supervisor.pulse.read() != pulse
    assert eventually(lambda: names(kept.catalogue) == ["one", "two"])
    kept.repository.put(stored("three", name="three"), expected=None)
    assert eventually(lambda: names(kept.catalogue) == ["one", "three", "two"])


def test_browsing_alone_restarts_a_killed_moto(kept: Kept, hasty: None) -> None:
    kept.repository.put(stored("one", name="one"), expected=None)
    assert names(kept.catalogue) == ["one"]
    kill(kept.pid)
    assert eventually(lambda: names(kept.catalogue) == ["one"] and motos(kept.data) != [])
    assert eventually(lambda: _is_fresh(kept.catalogue))


def _is_fresh(catalogue: Catalogue) -> bool:
    catalogue.refresh()
    return catalogue.freshness.away_since is None
