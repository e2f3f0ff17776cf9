"""What the services rely on: the same suite for the real store and for the fake one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from services.errors import InvalidAsset, StoreUnavailable
from services.model.history import Change
from services.store.assets.items import MAX_ITEM_BYTES, Stored, from_item, to_item
from services.store.assets.repository import AssetRepository, OptimisticLockError
from services.store.attributes import Item, size
from services.store.read_model import changes
from services.store.read_model.changes import ItemChange, Source
from services.store.read_model.rows import is_asset
from services.store.table import key_of
from tests.bench.processes import free_port
from tests.fakes.assets import NOON, asset, stored
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore
from tests.integration.stores import Real, gateway


@dataclass
class Store:
    """A store under test, and a way to write to it behind the services' back."""

    repository: AssetRepository
    source: Callable[[], Source]
    write: Callable[[Item], None]
    items: Callable[[], Iterable[Item]]

    def assets(self) -> dict[str, str]:
        """Everything that is there: names by key."""
        items = [item for item in self.items() if is_asset(key_of(item))]
        return {key_of(item): item["name"]["S"] for item in items}


def memory() -> Store:
    store = MemoryStore()
    return Store(
        MemoryRepository(store), lambda: MemorySource(store), store.put, store.items.values
    )


def real(url: str) -> Store:
    store = Real(url)

    def write(item: Any) -> None:
        store.gateway.write.put_item(TableName=store.table, Item=item)

    def items() -> list[Any]:
        return store.gateway.write.scan(TableName=store.table, ConsistentRead=True)["Items"]

    return Store(store.repository, store.source, write, items)


@pytest.fixture(params=["memory", "moto"])
def store(request: pytest.FixtureRequest) -> Store:
    if request.param == "memory":
        return memory()
    return real(request.getfixturevalue("durable_url"))


@pytest.fixture(params=["memory", "moto"])
def away(request: pytest.FixtureRequest) -> AssetRepository:
    """A store that nobody is behind."""
    if request.param == "memory":
        store = MemoryStore()
        store.away = True
        return MemoryRepository(store)
    return AssetRepository(gateway(f"http://127.0.0.1:{free_port()}"), "Nowhere")


def edited(before: Stored, operation: str, **fields: Any) -> Stored:
    after = before.asset.model_copy(update={"version": before.asset.version + 1, **fields})
    change = Change(version=after.version, at=NOON, by="Bob", what="edited")
    return before.but(after, operation, change)


FOREIGN = {
    "none": None,
    "text": {"S": "three"},
    "text that reads as a number": {"S": "3"},
    "empty text": {"S": ""},
    "a fraction": {"N": "1.5"},
    "a whole fraction": {"N": "2.0"},
    "leading zeros": {"N": "007"},
    "below zero": {"N": "-3"},
    "yes": {"BOOL": True},
    "null": {"NULL": True},
    "a list": {"L": [{"N": "1"}]},
    "a map": {"M": {"major": {"N": "1"}}},
    "bytes": {"B": b"1"},
}
"""Versions that other programs may give their items."""


def by_hand(version: dict[str, Any] | None, name: str = "By hand") -> Item:
    """An item that another program wrote."""
    item: Item = {"PK": {"S": "ASSET#one"}, "SK": {"S": "META"}, "name": {"S": name}}
    return item if version is None else {**item, "version": version}


def there(store: Store, identifier: str = "one") -> Stored:
    found = store.repository.get(identifier)
    assert found is not None
    return found


def news(source: Source) -> list[ItemChange]:
    return [change for change in source.news() if is_asset(change.key)]


def told(changes: list[ItemChange]) -> list[tuple[str, str | None]]:
    return [(c.key, c.item["name"]["S"] if c.item else None) for c in changes]


def test_what_was_never_put_is_not_there(store: Store) -> None:
    assert store.repository.get("nowhere") is None


def test_what_was_put_is_read_back_whole(store: Store) -> None:
    put = edited(stored("one", name="🙂 \u202e x"), "edit", tag="New")

    assert store.repository.put(put, expected=None) == put

    read = store.repository.get("one")
    assert read is not None
    assert replace(read, extra={}) == put
    assert not read.extra


def test_a_new_asset_does_not_overwrite_one_that_is_there(store: Store) -> None:
    store.repository.put(stored("one", "add first", name="First"), expected=None)

    with pytest.raises(OptimisticLockError) as caught:
        store.repository.put(stored("one", "add second", name="Second"), expected=None)

    assert caught.value.current is not None
    assert caught.value.current.asset.name == "First"
    assert store.assets() == {"ASSET#one|META": "First"}


def test_the_same_operation_again_is_a_success_that_tells_what_the_first_wrote(
    store: Store,
) -> None:
    first = store.repository.put(stored("one", "add one", name="First"), expected=None)

    again = store.repository.put(stored("one", "add one", name="Repeated"), expected=None)

    assert again.asset == first.asset
    assert store.assets() == {"ASSET#one|META": "First"}


def test_an_edit_again_is_a_success_and_does_not_count_twice(store: Store) -> None:
    added = store.repository.put(stored("one"), expected=None)
    edit = edited(added, "edit one", name="New")
    store.repository.put(edit, expected=1)

    again = store.repository.put(edit, expected=1)

    assert (again.asset.version, again.asset.name) == (2, "New")
    assert len(again.history) == 1


def test_an_edit_of_the_version_that_is_there_takes_its_place(store: Store) -> None:
    added = store.repository.put(stored("one"), expected=None)

    store.repository.put(edited(added, "edit", name="New"), expected=1)

    assert store.assets() == {"ASSET#one|META": "New"}


def test_an_edit_of_an_older_version_changes_nothing_and_shows_the_newer(store: Store) -> None:
    added = store.repository.put(stored("one"), expected=None)
    store.repository.put(edited(added, "edit a", name="First"), expected=1)

    with pytest.raises(OptimisticLockError) as caught:
        store.repository.put(edited(added, "edit b", name="Second"), expected=1)

    assert caught.value.current is not None
    assert (caught.value.current.asset.name, caught.value.current.asset.version) == ("First", 2)
    assert store.assets() == {"ASSET#one|META": "First"}


def test_an_edit_of_what_is_gone_does_not_bring_it_back(store: Store) -> None:
    with pytest.raises(OptimisticLockError) as caught:
        store.repository.put(edited(stored("one"), "edit"), expected=1)

    assert caught.value.current is None
    assert store.assets() == {}


def test_what_is_removed_is_gone_and_removing_it_again_does_no_harm(store: Store) -> None:
    store.repository.put(stored("one"), expected=None)
    store.repository.put(stored("two"), expected=None)

    store.repository.remove("one", expected=1)
    store.repository.remove("one", expected=1)

    assert store.repository.get("one") is None
    assert list(store.assets()) == ["ASSET#two|META"]


def test_an_older_version_is_not_removed(store: Store) -> None:
    added = store.repository.put(stored("one"), expected=None)
    store.repository.put(edited(added, "edit"), expected=1)

    with pytest.raises(OptimisticLockError) as caught:
        store.repository.remove("one", expected=1)

    assert caught.value.current is not None
    assert list(store.assets()) == ["ASSET#one|META"]


def test_what_is_too_large_is_refused_and_not_written(store: Store) -> None:
    large = Stored(asset("one"), "add", extra={"blob": {"S": "x" * 400 * 1024}})

    with pytest.raises(InvalidAsset):
        store.repository.put(large, expected=None)

    assert store.repository.get("one") is None


ODD: dict[str, dict[str, Any]] = {
    "text": {"S": ""},
    "number": {"N": "007"},
    "yes": {"BOOL": True},
    "null": {"NULL": True},
    "bytes": {"B": b"\x00\xff"},
    "list": {"L": [{"S": "a"}, {"M": {"b": {"N": "1"}}}]},
    "map": {"M": {"a": {"L": []}}},
    "texts": {"SS": ["b", "a"]},
    "numbers": {"NS": ["2", "1"]},
    "several": {"BS": [b"b", b"a"]},
}
"""Attributes of every type that DynamoDB has."""


@pytest.mark.parametrize("attribute", ODD.values(), ids=ODD)
def test_an_asset_is_written_over_what_was_read_whatever_it_holds(
    store: Store, attribute: dict[str, Any]
) -> None:
    store.write({**by_hand(None), "odd": attribute})
    read = there(store)

    after = store.repository.put(edited(read, "edit", name="New"), expected=0)

    assert after.asset.name == there(store).asset.name == "New"
    assert there(store).extra["odd"] == attribute


@pytest.mark.parametrize("name", ["name", "odd"])
def test_what_another_program_changed_after_it_was_read_is_not_written_over(
    store: Store, name: str
) -> None:
    """Whether or not that program raises the version."""
    item = {**by_hand({"N": "1"}), "odd": {"S": "before"}}
    store.write(item)
    read = there(store)
    store.write({**item, name: {"S": "Theirs"}})

    with pytest.raises(OptimisticLockError) as caught:
        store.repository.put(edited(read, "edit", tag="New"), expected=1)
    with pytest.raises(OptimisticLockError):
        store.repository.replace(item, {**item, "tag": {"S": "x"}, "operation": {"S": "step"}})

    assert caught.value.current is not None
    assert caught.value.current.found[name] == {"S": "Theirs"}
    (now,) = store.items()
    assert now[name] == {"S": "Theirs"}


def test_an_asset_may_be_as_large_as_dynamodb_takes(store: Store) -> None:
    room = MAX_ITEM_BYTES - size(to_item(stored("one"))) - len("blob")
    largest = Stored(asset("one"), "add", extra={"blob": {"S": "ä" * (room // 2)}})

    store.repository.put(largest, expected=None)

    (item,) = store.items()
    assert size(item) in (MAX_ITEM_BYTES - 1, MAX_ITEM_BYTES)


def test_attributes_of_other_programs_survive_an_edit(store: Store) -> None:
    store.write({**to_item(stored("one")), "colour": {"S": "red"}, "rating": {"N": "4.5"}})

    read = store.repository.get("one")
    assert read is not None
    store.repository.put(edited(read, "edit"), expected=1)

    again = store.repository.get("one")
    assert again is not None
    assert again.extra == {"colour": {"S": "red"}, "rating": {"N": "4.5"}}


def test_an_item_of_another_program_is_read_as_it_is_and_can_be_mended(store: Store) -> None:
    store.write({"PK": {"S": "ASSET#one"}, "SK": {"S": "META"}, "name": {"S": "By hand"}})

    read = store.repository.get("one")
    assert read is not None
    assert (read.asset.identifier, read.asset.name, read.asset.version) == ("one", "By hand", 0)
    mended = stored("one", "mend", name="Mended")
    store.repository.put(mended, expected=0)

    again = store.repository.get("one")
    assert again is not None
    assert again.asset == mended.asset
    with pytest.raises(OptimisticLockError):
        store.repository.put(stored("one", "mend again"), expected=0)


@pytest.mark.parametrize("version", FOREIGN.values(), ids=FOREIGN)
def test_whatever_version_another_program_gave_an_item_it_is_edited_once(
    version: dict[str, Any] | None, store: Store
) -> None:
    store.write(by_hand(version))
    found = there(store)
    mended = edited(found, "mend", name="Mended")

    store.repository.put(mended, expected=found.asset.version)

    assert there(store).asset.name == "Mended"
    assert there(store).asset.version == found.asset.version + 1
    with pytest.raises(OptimisticLockError) as caught:
        store.repository.put(edited(found, "late", name="Late"), expected=found.asset.version)
    assert caught.value.current == there(store)
    assert store.assets() == {"ASSET#one|META": "Mended"}


@pytest.mark.parametrize(
    ("before", "after"),
    [(None, version) for version in FOREIGN.values() if version is not None]
    + [({"S": "two"}, version) for version in FOREIGN.values()],
    ids=str,
)
def test_an_item_that_another_program_changed_again_is_not_overwritten(
    before: dict[str, Any] | None, after: dict[str, Any] | None, store: Store
) -> None:
    store.write(by_hand(before))
    found = there(store)
    store.write(by_hand(after, name="Changed again"))

    with pytest.raises(OptimisticLockError) as caught:
        store.repository.put(edited(found, "mend", name="Mended"), expected=0)

    assert caught.value.current == there(store)
    assert store.assets() == {"ASSET#one|META": "Changed again"}


@pytest.mark.parametrize("version", FOREIGN.values(), ids=FOREIGN)
def test_whatever_version_another_program_gave_an_item_it_can_be_removed(
    version: dict[str, Any] | None, store: Store
) -> None:
    store.write(by_hand(version))
    now = there(store).asset.version

    with pytest.raises(OptimisticLockError):
        store.repository.remove("one", expected=now + 1)
    store.repository.remove("one", expected=now)

    assert store.repository.get("one") is None


@pytest.mark.parametrize("version", FOREIGN.values(), ids=list(FOREIGN))
def test_an_item_is_replaced_as_it_was_read_and_not_a_second_time(
    store: Store, version: dict[str, Any] | None
) -> None:
    store.write(by_hand(version))
    before = store.repository.item("one")
    assert before == by_hand(version)
    after = {**before, "name": {"S": "Next"}, "version": {"N": "90"}, "operation": {"S": "mine"}}

    assert store.repository.replace(before, after) == after
    assert store.repository.replace(before, after) == after

    other = {**after, "operation": {"S": "theirs"}}
    with pytest.raises(OptimisticLockError) as caught:
        store.repository.replace(before, other)
    assert caught.value.current is not None
    assert caught.value.current.operation == "mine"
    assert store.repository.item("one") == after
    assert store.repository.item("nowhere") is None


def test_an_item_that_is_gone_is_not_replaced(store: Store) -> None:
    store.repository.put(stored("one"), expected=None)
    before = store.repository.item("one")
    assert before is not None
    store.repository.remove("one", expected=1)

    with pytest.raises(OptimisticLockError) as caught:
        store.repository.replace(before, {**before, "operation": {"S": "mine"}})

    assert caught.value.current is None


def test_what_was_lost_is_put_back_as_it_was_and_is_news(store: Store) -> None:
    lost = {**to_item(edited(stored("one"), "edit", name="Lost")), "colour": {"S": "red"}}
    source = store.source()
    list(source.load())

    store.repository.put_back(lost)
    store.repository.put_back(lost)

    assert there(store) == from_item(lost)
    assert there(store).extra == {"colour": {"S": "red"}}
    assert told(news(source)) == [("ASSET#one|META", "Lost")]


def test_what_is_there_again_is_not_overwritten_by_putting_back(store: Store) -> None:
    store.repository.put(stored("one", name="Added since"), expected=None)
    source = store.source()
    list(source.load())

    store.repository.put_back(to_item(stored("one", "once", name="As it once was")))

    assert store.assets() == {"ASSET#one|META": "Added since"}
    assert news(source) == []


def test_what_the_store_refuses_to_take_back_is_said(store: Store) -> None:
    with pytest.raises(StoreUnavailable):
        store.repository.put_back({**by_hand(None), "blob": {"S": "x" * 400 * 1024}})

    assert store.assets() == {}


def test_a_store_that_is_away_says_so_to_everybody(away: AssetRepository) -> None:
    one = stored("one")
    with pytest.raises(StoreUnavailable):
        away.get("one")
    with pytest.raises(StoreUnavailable):
        away.put(one, expected=None)
    with pytest.raises(StoreUnavailable):
        away.put_back(to_item(one))
    with pytest.raises(StoreUnavailable):
        away.remove("one", expected=1)


def test_a_load_finds_everything_and_news_begin_after_it(store: Store) -> None:
    store.repository.put(stored("one"), expected=None)
    store.repository.put(stored("two"), expected=None)
    source = store.source()

    loaded = {key_of(item) for item in source.load() if is_asset(key_of(item))}

    assert loaded == {"ASSET#one|META", "ASSET#two|META"}
    assert news(source) == []
    assert news(source) == []


def test_news_are_every_change_in_order_told_once(store: Store) -> None:
    source = store.source()
    list(source.load())
    added = store.repository.put(stored("b", name="B"), expected=None)
    store.repository.put(stored("a", name="A"), expected=None)
    store.repository.put(edited(added, "edit", name="B2"), expected=1)
    store.repository.remove("a", expected=1)
    store.write(to_item(stored("c", name="C")))

    assert told(news(source)) == [
        ("ASSET#b|META", "B"),
        ("ASSET#a|META", "A"),
        ("ASSET#b|META", "B2"),
        ("ASSET#a|META", None),
        ("ASSET#c|META", "C"),
    ]
    assert news(source) == []


def test_news_carry_the_whole_item(store: Store) -> None:
    source = store.source()
    list(source.load())
    put = edited(stored("one", name="e\u0301 🙂"), "edit")
    store.repository.put(put, expected=None)

    [change] = news(source)

    assert change.item is not None
    assert replace(from_item(change.item), extra={}) == put


def test_news_tell_what_was_there_before(store: Store) -> None:
    source = store.source()
    list(source.load())
    added = store.repository.put(stored("one", name="First"), expected=None)
    store.repository.put(edited(added, "edit", name="Second"), expected=1)
    store.repository.remove("one", expected=2)

    before = [change.replaced and change.replaced["name"] for change in news(source)]

    assert before == [None, {"S": "First"}, {"S": "Second"}]


def test_two_readers_each_get_all_the_news(store: Store) -> None:
    one, two = store.source(), store.source()
    list(one.load())
    list(two.load())
    store.repository.put(stored("x", name="X"), expected=None)

    assert told(news(one)) == told(news(two)) == [("ASSET#x|META", "X")]


def test_more_news_than_fit_one_answer_all_come(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine three answers take longer than reading everything may be put off.
    monkeypatch.setattr(changes, "_PATIENCE_SECONDS", 60)
    source = store.source()
    list(source.load())
    for number in range(205):
        store.write(to_item(stored(f"{number}")))

    assert len(news(source)) == 205


def test_a_refused_change_is_no_news(store: Store) -> None:
    store.repository.put(stored("one", "add"), expected=None)
    source = store.source()
    list(source.load())
    with pytest.raises(OptimisticLockError):
        store.repository.put(stored("one", "other"), expected=None)
    store.repository.put(stored("one", "add"), expected=None)

    assert news(source) == []
