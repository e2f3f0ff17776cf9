"""The read model: one question at a time, and the last picture while the store is away."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.errors import StoreUnavailable
from services.model.query import AssetQuery
from services.store.assets.items import to_item
from services.store.attributes import Item, loads
from services.store.read_model import catalogue as module
from services.store.read_model import freshness
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.changes import ItemChange
from tests.fakes.assets import stored
from tests.fakes.store import MemorySource, MemoryStore
from tests.integration.stores import eventually


class Doorway:
    """A lock that knows how many have come to it."""

    def __init__(self) -> None:
        self._lock, self._counting = threading.Lock(), threading.Lock()
        self.came = 0

    def acquire(self, timeout: float = -1) -> bool:
        with self._counting:
            self.came += 1
        return self._lock.acquire(timeout=timeout)

    def release(self) -> None:
        self._lock.release()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


class CrowdedSource(MemorySource):
    """Answers when all who ask at the same moment have come; knows how many ask at once."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.doorway = Doorway()
        self.crowd = 0
        self._inside = threading.Semaphore(1)
        self.at_once = False

    def of(self) -> Catalogue:
        made = Catalogue(self)
        vars(made)["_asking"] = self.doorway
        return made

    def load(self) -> Iterator[Item]:
        self._wait()
        return super().load()

    def news(self) -> list[ItemChange]:
        self.at_once |= not self._inside.acquire(blocking=False)
        try:
            news = super().news()
            self._wait()
            return news
        finally:
            self._inside.release()

    def _wait(self) -> None:
        assert eventually(lambda: self.doorway.came >= self.crowd)


@pytest.fixture
def store() -> MemoryStore:
    made = MemoryStore()
    made.put(to_item(stored("one")))
    return made


@pytest.fixture(autouse=True)
def _endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is over after a while is not over within a test, however busy the machine is."""
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", 600.0)
    monkeypatch.setattr(module, "_PAUSE_SECONDS", 600.0)
    monkeypatch.setattr(freshness, "_TRUST_SECONDS", 600.0)


@pytest.fixture
def forgiving(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that was away is asked again at once."""
    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0.0)


def identifiers(catalogue: Catalogue) -> list[str]:
    return sorted(catalogue.read().identifiers(AssetQuery()))


def test_what_was_written_before_and_after_the_load_is_seen(store: MemoryStore) -> None:
    catalogue = Catalogue(MemorySource(store))

    assert identifiers(catalogue) == ["one"]
    store.put(to_item(stored("two")))
    assert identifiers(catalogue) == ["one", "two"]
    store.delete("ASSET#one|META")
    assert identifiers(catalogue) == ["two"]


def test_everything_is_loaded_once_and_then_only_news_are_asked_for(store: MemoryStore) -> None:
    source = MemorySource(store)
    catalogue = Catalogue(source)

    for _ in range(5):
        catalogue.read()

    assert (source.loads, source.asked) == (1, 4)


@pytest.fixture
def telling(store: MemoryStore) -> MemorySource:
    """A source whose store gives a sign whenever something changes."""
    source = MemorySource(store)
    source.tells = True
    return source


def test_a_store_that_gives_no_sign_of_news_is_not_asked(
    store: MemoryStore, telling: MemorySource
) -> None:
    catalogue = Catalogue(telling)
    catalogue.read()
    catalogue.read()
    asked = telling.asked

    assert identifiers(catalogue) == ["one"]
    assert telling.asked == asked

    store.put(to_item(stored("two")))
    assert identifiers(catalogue) == ["one", "two"]
    assert telling.asked == asked + 1


def test_a_store_that_gives_no_sign_at_all_is_asked_after_a_while(
    telling: MemorySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "_TRUST_SECONDS", 0.0)
    catalogue = Catalogue(telling)
    catalogue.read()

    asked = telling.asked
    catalogue.read()

    assert telling.asked == asked + 1


def test_what_comes_while_the_store_is_asked_is_asked_for_next(store: MemoryStore) -> None:
    class Overtaken(MemorySource):
        """Somebody writes after the answer was made, before it is heard."""

        def news(self) -> list[ItemChange]:
            news = super().news()
            if self.asked == 1:
                store.put(to_item(stored("late")))
            return news

    source = Overtaken(store)
    source.tells = True
    catalogue = Catalogue(source)
    catalogue.read()

    store.put(to_item(stored("early")))
    assert identifiers(catalogue) == ["early", "one"]
    assert identifiers(catalogue) == ["early", "late", "one"]


def test_whoever_lost_track_asks_in_spite_of_the_silence(telling: MemorySource) -> None:
    catalogue = Catalogue(telling)
    catalogue.read()
    catalogue.read()

    with catalogue.replaced():
        pass
    assert eventually(lambda: telling.loads == 2)


def test_many_who_ask_at_the_same_moment_share_at_most_two_questions(store: MemoryStore) -> None:
    source = CrowdedSource(store)
    catalogue = source.of()
    catalogue.read()
    source.crowd = source.doorway.came + 20

    together(20, catalogue.read)

    assert 1 <= source.asked <= 2
    assert not source.at_once


def test_many_who_ask_first_load_once(store: MemoryStore) -> None:
    source = CrowdedSource(store)
    catalogue = source.of()
    source.crowd = 10

    together(10, catalogue.read)

    assert source.loads == 1
    assert source.asked <= 1


def test_who_asks_after_writing_sees_what_was_written_however_many_ask(store: MemoryStore) -> None:
    catalogue = CrowdedSource(store).of()
    catalogue.read()

    def write_and_look(thread: int) -> None:
        for number in range(15):
            name = f"{thread}-{number}"
            store.put(to_item(stored(name)))
            assert catalogue.read().line(name) is not None

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write_and_look, range(6)))


def test_the_last_picture_is_served_while_the_store_is_away(store: MemoryStore) -> None:
    catalogue = Catalogue(MemorySource(store))
    catalogue.read()
    store.away = True

    assert identifiers(catalogue) == ["one"]
    assert catalogue.freshness.away_since is not None


def test_a_store_that_is_away_is_left_in_peace_for_a_while(store: MemoryStore) -> None:
    source = MemorySource(store)
    catalogue = Catalogue(source)
    catalogue.read()
    store.away = True

    for _ in range(10):
        catalogue.read()

    assert source.asked == 1


@pytest.mark.usefixtures("forgiving")
def test_news_are_seen_and_the_alarm_ends_when_the_store_is_back(store: MemoryStore) -> None:
    catalogue = Catalogue(MemorySource(store))
    catalogue.read()
    store.away = True
    catalogue.read()
    since = catalogue.freshness.away_since
    catalogue.read()
    assert catalogue.freshness.away_since == since
    store.away = False
    store.put(to_item(stored("two")))

    assert identifiers(catalogue) == ["one", "two"]
    assert catalogue.freshness.away_since is None


@pytest.mark.usefixtures("forgiving")
def test_a_store_that_has_never_answered_is_unavailable_until_it_does(store: MemoryStore) -> None:
    catalogue = Catalogue(MemorySource(store))
    store.away = True

    with pytest.raises(StoreUnavailable):
        catalogue.read()
    store.away = False
    assert identifiers(catalogue) == ["one"]


def test_who_lost_track_loads_everything_again(store: MemoryStore) -> None:
    source = MemorySource(store)
    catalogue = Catalogue(source)
    catalogue.read()
    store.delete("ASSET#one|META")
    store.put(to_item(stored("two")))
    source.forget()

    assert identifiers(catalogue) == ["two"]
    assert source.loads == 2


@pytest.mark.usefixtures("forgiving")
def test_a_load_that_fails_after_losing_track_keeps_the_last_picture(store: MemoryStore) -> None:
    class Weak(MemorySource):
        def load(self) -> Iterator[Item]:
            if self.loads:
                self.loads += 1
                raise StoreUnavailable
            return super().load()

    source = Weak(store)
    catalogue = Catalogue(source)
    catalogue.read()
    source.forget()

    assert identifiers(catalogue) == ["one"]
    assert catalogue.freshness.away_since is not None


def test_the_revision_rises_with_changes_only(store: MemoryStore) -> None:
    catalogue = Catalogue(MemorySource(store))
    revisions = []

    def look() -> None:
        catalogue.read()
        revisions.append(catalogue.freshness.revision)

    look()
    look()
    store.put({"PK": {"S": "CATALOGUE#mark"}, "SK": {"S": "META"}})
    look()
    store.put(to_item(stored("two")))
    look()

    assert revisions == [1, 1, 1, 2]


def test_several_changes_of_one_asset_leave_the_last(store: MemoryStore) -> None:
    catalogue = Catalogue(MemorySource(store))
    catalogue.read()
    for name in ("a", "b", "c"):
        store.put(to_item(stored("one", name=name)))
    store.put(to_item(stored("two")))
    store.delete("ASSET#two|META")

    assert catalogue.read().total(AssetQuery(text="c")) == 1
    assert identifiers(catalogue) == ["one"]


def together(number: int, ask: Callable[[], object]) -> None:
    """Let so many threads ask; an error of any is raised."""
    with ThreadPoolExecutor(number) as pool:
        for asked in [pool.submit(ask) for _ in range(number)]:
            asked.result()


class StuckSource(MemorySource):
    """Its second load takes until it is let go, or fails for want of a store."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.go_on = threading.Event()
        self.go_on.set()

    def load(self) -> Iterator[Item]:
        self.go_on.wait(60)
        return super().load()


def version(catalogue: Catalogue, identifier: str) -> str:
    line = catalogue.read().line(identifier) or "{}"
    return str(loads(line).get("version", {}).get("N"))


def test_while_everything_is_loaded_again_the_last_picture_is_served(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE_SECONDS", 0.05)
    source = StuckSource(store)
    catalogue = Catalogue(source)
    catalogue.read()
    store.put(to_item(stored("two")))
    source.forget()
    source.go_on.clear()

    # Who waited for the load would see both.
    assert identifiers(catalogue) == ["one"]
    assert identifiers(catalogue) == ["one"]

    assert source.loads == 1
    source.go_on.set()
    assert eventually(lambda: identifiers(catalogue) == ["one", "two"])
    assert source.loads == 2


class HalfLoaded(MemorySource):
    """Takes its position and then fails to load, while `fails` is set."""

    fails = False

    def load(self) -> Iterator[Item]:
        items = super().load()
        if self.fails:
            raise StoreUnavailable
        return items


@pytest.mark.usefixtures("forgiving")
def test_after_a_load_that_failed_news_are_not_trusted(store: MemoryStore) -> None:
    source = HalfLoaded(store)
    catalogue = Catalogue(source)
    catalogue.read()
    store.put(to_item(stored("two")))
    source.forget()
    source.fails = True
    assert identifiers(catalogue) == ["one"]

    source.fails = False

    assert identifiers(catalogue) == ["one", "two"]


def test_a_write_that_a_load_has_overtaken_is_left_to_the_load(store: MemoryStore) -> None:
    source = MemorySource(store)
    catalogue = Catalogue(source)
    catalogue.read()
    generation = catalogue.generation
    source.forget()
    catalogue.read()

    catalogue.took(to_item(stored("ghost")), generation)

    assert identifiers(catalogue) == ["one"]


def test_what_was_just_written_is_shown_without_asking(store: MemoryStore) -> None:
    source = MemorySource(store)
    catalogue = Catalogue(source, same_moment=60)
    catalogue.read()
    asked = source.asked

    catalogue.took(to_item(stored("two")), catalogue.generation)

    assert identifiers(catalogue) == ["one", "two"]
    assert source.asked == asked


def test_old_news_of_an_own_write_do_not_turn_back_time(store: MemoryStore) -> None:
    catalogue = Catalogue(MemorySource(store))
    catalogue.read()
    store.put(to_item(stored("one", version=2)))
    catalogue.took(to_item(stored("one", version=3)), catalogue.generation)

    assert version(catalogue, "one") == "3"


@pytest.mark.parametrize("deleted_first", [True, False])
def test_another_program_may_put_an_older_version_back(
    store: MemoryStore, *, deleted_first: bool
) -> None:
    store.put(to_item(stored("one", version=4)))
    catalogue = Catalogue(MemorySource(store))
    assert version(catalogue, "one") == "4"

    if deleted_first:
        store.delete("ASSET#one|META")
    store.put(to_item(stored("one", version=1)))

    assert version(catalogue, "one") == "1"


class StrangeSource(MemorySource):
    """Fails once in a way that nobody foresaw."""

    fails_at = ""

    def load(self) -> Iterator[Item]:
        self._fail("load")
        return super().load()

    def news(self) -> list[ItemChange]:
        self._fail("news")
        return super().news()

    def _fail(self, at: str) -> None:
        if self.fails_at == at:
            self.fails_at = ""
            raise RuntimeError("nobody foresaw this")


def test_what_nobody_foresaw_leaves_the_last_picture_and_is_made_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0.0)
    store = MemoryStore()
    store.put(to_item(stored("one")))
    source = StrangeSource(store)
    catalogue = Catalogue(source)
    assert len(catalogue.read()) == 1

    store.put(to_item(stored("two")))
    source.fails_at = "news"

    assert len(catalogue.read()) == 1
    assert len(catalogue.read()) == 2


def test_a_first_load_that_fails_as_nobody_foresaw_is_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PAUSE_SECONDS", 0.0)
    store = MemoryStore()
    store.put(to_item(stored("one")))
    source = StrangeSource(store)
    source.fails_at = "load"
    catalogue = Catalogue(source)

    with pytest.raises(StoreUnavailable):
        catalogue.read()
    assert len(catalogue.read()) == 1


def test_an_item_of_which_no_row_can_be_made_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    store = MemoryStore()
    store.put(to_item(stored("one")))
    store.put({**to_item(stored("odd")), "name": {}})

    assert Catalogue(MemorySource(store)).read().keys() == ["ASSET#one|META"]
    assert "odd" in caplog.text
