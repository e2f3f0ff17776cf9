"""Many items at once, also when the server dies over them."""

import threading
from collections.abc import Iterator

import pytest

from services.errors import StoreUnavailable
from services.store.assets.batch import BatchWriter
from services.store.assets.items import to_item
from services.store.attributes import Item
from services.store.table import asset_key, key_of
from tests.bench.processes import free_port
from tests.fakes.assets import stored
from tests.integration.stores import Kept, Real, gateway, kill
from tests.integration.torture.parts import scan


def items(count: int, note: str = "") -> list[Item]:
    return [to_item(stored(f"{n:05}", name=f"Asset {n} {note}")) for n in range(count)]


@pytest.fixture
def store(durable_url: str) -> Real:
    return Real(durable_url)


@pytest.fixture
def writer(store: Real) -> BatchWriter:
    return BatchWriter(store.gateway, store.table)


def there(store: Real) -> dict[str, Item]:
    return scan(store.gateway.write, store.table)


def test_everything_is_written_and_can_be_deleted_again(writer: BatchWriter, store: Real) -> None:
    made = items(60)

    assert writer.put(made) == 60
    assert there(store) == {key_of(item): item for item in made}

    keys = [asset_key(item["identifier"]["S"]) for item in made]
    assert sorted(map(key_of, writer.there(keys))) == sorted(map(key_of, made))
    assert writer.delete([*keys[:50], asset_key("nobody")]) == 51
    assert len(there(store)) == 10


def test_what_is_there_is_replaced_and_the_last_of_one_key_stays(
    writer: BatchWriter, store: Real
) -> None:
    writer.put(items(3))

    writer.put([*items(3, "again"), *items(1, "last")])

    names = sorted(item["name"]["S"] for item in there(store).values())
    assert names == ["Asset 0 last", "Asset 1 again", "Asset 2 again"]


def test_large_items_go_in_smaller_batches(writer: BatchWriter, store: Real) -> None:
    made = [{**item, "notes": {"S": "x" * 350_000}} for item in items(45)]

    assert writer.put(made) == 45
    assert len(there(store)) == 45


def test_a_moto_that_is_killed_again_and_again_has_everything_in_the_end(kept: Kept) -> None:
    blows = [threading.Event() for _ in range(2)]

    def kill_when_told() -> None:
        for blow in blows:
            assert blow.wait(60)
            kill(kept.pid)

    def telling(made: list[Item]) -> Iterator[Item]:
        """While the next batch is under way."""
        for done, item in enumerate(made):
            if done in (100, 300):
                blows[done // 200].set()
            yield item

    killer = threading.Thread(target=kill_when_told)
    killer.start()
    made = items(500)
    assert BatchWriter(kept.gateway, kept.table).put(telling(made)) == 500
    killer.join()
    kept.supervisor.revive()

    assert scan(kept.gateway.bulk, kept.table) == {key_of(item): item for item in made}


def test_a_store_that_is_away_is_unavailable() -> None:
    nobody = gateway(f"http://127.0.0.1:{free_port()}")

    with pytest.raises(StoreUnavailable):
        BatchWriter(nobody, "Nowhere").put(items(1))
