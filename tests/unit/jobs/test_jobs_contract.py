"""What every job does, whatever its kind: once, to its end, and back."""

from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from services.errors import StoreUnavailable
from services.importing import executor
from services.jobs import runner
from services.jobs.job import Job
from services.scenarios import replacing
from services.store.assets.batch import BATCH
from tests.unit.jobs.apps import KINDS, App, HeldStore, Kind

MIDDLE = 30


class Killed(SystemExit):
    """As if the power were cut: a thread that ends so says nothing."""


class House:
    """A store with an app, and the kind of job that it does."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self.folder, self.kind = folder, kind
        self.store = HeldStore()
        self.app = App(folder, self.store)
        self.app.fill()
        kind.prepare(self.app)
        self.before = self.store.assets

    def restart(self) -> None:
        """The next app over the same store."""
        self.app = App(self.folder, self.store)

    def at(self, number: int, deed: Callable[[], object]) -> None:
        """Have something happen at the write of that number, once."""

        def happen(write: int) -> None:
            if write == number:
                deed()

        self.store.before = happen

    def done(self, job: Job[Any]) -> Job[Any]:
        job.join(60)
        self.store.before = None
        assert not job.is_running
        return job


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor, "_SMALLEST", BATCH)
    monkeypatch.setattr(executor, "_AT_ONCE", BATCH)
    monkeypatch.setattr(replacing, "_AT_ONCE", BATCH)
    monkeypatch.setattr(runner, "_SILENT_SECONDS", 0.0)


def _named(kind: object) -> str:
    return (kind if isinstance(kind, type) else type(kind)).__name__


@pytest.fixture(params=KINDS, ids=_named)
def kind(request: pytest.FixtureRequest) -> Kind:
    made: Kind = request.param()
    return made


@pytest.fixture
def house(tmp_path: Path, kind: Kind) -> House:
    return House(tmp_path / "one", kind)


@pytest.fixture
def wanted(tmp_path: Path, kind: Kind) -> dict[str, Any]:
    """What comes of such a job that nothing disturbs."""
    other = House(tmp_path / "other", kind)
    assert other.done(kind.begin(other.app)).state == "done"
    return other.store.assets


def raising(error: BaseException) -> Callable[[], None]:
    def deed() -> None:
        raise error

    return deed


def test_it_says_how_far_it_is_and_ends(house: House, wanted: dict[str, Any]) -> None:
    told: list[tuple[int, int]] = []
    begun = Event()
    jobs: list[Job[Any]] = []

    def note() -> None:
        assert begun.wait(60)
        told.append((jobs[0].progress.done, jobs[0].progress.total))
        assert jobs[0].state == "running"

    house.at(MIDDLE, note)
    jobs.append(house.kind.begin(house.app))
    begun.set()
    job = house.done(jobs[0])

    assert (job.state, job.problem) == ("done", "")
    assert job.progress.done == job.progress.total >= 60
    assert MIDDLE - BATCH <= told[0][0] < MIDDLE
    assert told[0][1] == job.progress.total
    assert house.store.assets == wanted != house.before


def test_begun_twice_it_is_done_once(house: House, wanted: dict[str, Any]) -> None:
    begun = Event()
    house.at(1, lambda: begun.wait(60))
    first = house.kind.begin(house.app)
    second = house.kind.begin(house.app)
    begun.set()

    assert first is second
    house.done(first)
    assert house.store.assets == wanted


def test_cancelled_it_stops_soon_and_goes_on_where_it_was(
    house: House, wanted: dict[str, Any]
) -> None:
    begun = Event()
    jobs: list[Job[Any]] = []

    def cancel() -> None:
        assert begun.wait(60)
        jobs[0].cancel()

    house.at(MIDDLE, cancel)
    jobs.append(house.kind.begin(house.app))
    begun.set()
    job = house.done(jobs[0])

    assert (job.state, job.problem) == ("cancelled", "")
    assert MIDDLE <= job.progress.done < MIDDLE + BATCH
    again = house.done(house.kind.go_on(house.app))
    assert (again.state, again.problem) == ("done", "")
    assert house.store.assets == wanted


def test_it_waits_for_a_store_that_comes_back(house: House, wanted: dict[str, Any]) -> None:
    house.at(MIDDLE, raising(StoreUnavailable()))

    job = house.done(house.kind.begin(house.app))

    assert (job.state, job.problem) == ("done", "")
    assert house.store.assets == wanted


def test_a_store_that_stays_away_stops_it_and_it_goes_on_later(
    house: House, wanted: dict[str, Any]
) -> None:
    def stay_away(write: int) -> None:
        if write >= MIDDLE:
            raise StoreUnavailable

    house.store.before = stay_away
    job = house.done(house.kind.begin(house.app))

    assert (job.state, job.problem) == ("failed", "The store is not answering.")
    again = house.done(house.kind.go_on(house.app))
    assert (again.state, again.problem) == ("done", "")
    assert house.store.assets == wanted


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_the_end_of_the_app_cut_off_is_found_and_gone_on_with(
    house: House, wanted: dict[str, Any]
) -> None:
    house.at(MIDDLE, raising(Killed()))
    house.done(house.kind.begin(house.app))
    assert house.store.assets != wanted

    house.restart()

    again = house.done(house.kind.go_on(house.app))
    assert (again.state, again.problem) == ("done", "")
    assert house.store.assets == wanted


def test_what_an_app_that_closes_has_stopped_is_found_by_the_next_one(
    house: House, wanted: dict[str, Any]
) -> None:
    begun = Event()
    jobs: list[Job[Any]] = []

    def close() -> None:
        assert begun.wait(60)
        closing = Thread(target=jobs[0].close, args=[0])
        closing.start()
        closing.join()

    house.at(MIDDLE, close)
    jobs.append(house.kind.begin(house.app))
    begun.set()
    house.done(jobs[0])
    assert house.store.assets != wanted

    house.restart()

    again = house.done(house.kind.go_on(house.app))
    assert (again.state, again.problem) == ("done", "")
    assert house.store.assets == wanted


@pytest.mark.parametrize("kind", [kind() for kind in KINDS if not kind.undone], ids=_named)
def test_undone_everything_is_as_before(house: House) -> None:
    house.done(house.kind.begin(house.app))

    assert house.done(house.kind.undo(house.app)).state == "done"

    former = {name: (tag, binned) for name, (tag, _, binned) in house.before.items()}
    after = {name: (tag, binned) for name, (tag, _, binned) in house.store.assets.items()}
    assert after == former
