"""Tours: how far somebody is, what became of each step, and how long it took."""

from datetime import datetime, timedelta

import pytest

from services.assets.service import AssetService
from services.errors import TourNotFound
from services.model.session import OPEN
from services.sessions.service import SessionService
from services.store.read_model.catalogue import Catalogue
from services.tour.outcome import PageObservation
from services.tour.script import Script
from services.tour.service import Tour, TourService
from tests.fakes.assets import NOON, entered
from tests.fakes.store import MemoryDocuments, MemoryRepository, MemorySource, MemoryStore

SHOT = {"say": "Look", "shot": "It"}
SCRIPT = Script.model_validate(
    {
        "title": "A demo",
        "scenario": "starter",
        "steps": [
            {"name": "one", "done_when": {"page": "browse"}, **SHOT},
            {"name": "two", "done_when": {"asset": {"name": "Mine"}}, **SHOT},
            {"name": "three", **SHOT},
        ],
    }
)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def assets(store: MemoryStore) -> AssetService:
    return AssetService(MemoryRepository(store), Catalogue(MemorySource(store)))


@pytest.fixture
def tours(store: MemoryStore, assets: AssetService, clock: Clock) -> TourService:
    catalogue, documents = Catalogue(MemorySource(store)), MemoryDocuments(store)
    sessions = SessionService(documents, catalogue)
    made = TourService(documents, catalogue, sessions, assets, lambda: {"demo": SCRIPT}, clock)
    made.begin("demo", person="ada", by="Ada")
    return made


def at(tours: TourService, person: str = "ada") -> Tour:
    tour = tours.of(person)
    assert tour
    return tour


def test_a_step_is_done_by_itself_when_its_outcome_is_reached(
    tours: TourService, assets: AssetService
) -> None:
    tours.look("ada", PageObservation("add"))
    assert not at(tours).is_done
    tours.look("ada", PageObservation("browse"))
    assert at(tours).is_done
    tours.go("ada", 1, at="one")
    tours.look("ada", PageObservation("browse"))
    assert not at(tours).is_done
    assets.add(entered(name="Mine"), by="Somebody with curl")
    tours.look("ada", PageObservation("browse"))
    assert at(tours).is_done


def test_time_skips_and_outcomes_of_each_step_are_kept(tours: TourService, clock: Clock) -> None:
    clock.passes(5)
    tours.look("ada", PageObservation("browse"))
    tours.go("ada", 1, at="one")
    clock.passes(7)
    tours.go("ada", 1, at="two")
    clock.passes(2)
    tours.go("ada", -1, at="three")
    clock.passes(3)
    tours.leave("ada")

    (kept,) = tours.in_session(OPEN)
    told = {name: (p.seconds, p.reached, p.skipped) for name, p in kept.passages.items()}
    assert told == {
        "one": (5, True, False),
        "two": (10, False, True),
        "three": (2, False, False),
    }
    assert (kept.name, kept.script, kept.active) == ("Ada", "demo", False)


def test_a_double_click_goes_one_step(tours: TourService) -> None:
    tours.go("ada", 1, at="one")
    tours.go("ada", 1, at="one")

    assert at(tours).place == 1


def test_who_comes_back_goes_on_where_it_was_left(tours: TourService, clock: Clock) -> None:
    tours.go("ada", 1, at="one")
    tours.leave("ada")
    clock.passes(9999)
    assert tours.of("ada") is None
    tours.begin("demo", person="ada", by="Ada")

    assert at(tours).place == 1
    assert at(tours).progress.passage("two").seconds == 0


def test_who_starts_again_is_at_the_beginning(tours: TourService) -> None:
    tours.look("ada", PageObservation("browse"))
    tours.go("ada", 1, at="one")
    tours.begin("demo", person="ada", by="Ada", afresh=True)

    assert (at(tours).place, at(tours).is_done) == (0, False)


def test_everybody_is_on_a_way_of_their_own(tours: TourService) -> None:
    tours.begin("demo", person="grace", by="Grace")
    tours.go("grace", 1, at="one")

    assert at(tours).place == 0
    assert at(tours, "grace").place == 1


def test_behind_the_last_step_the_tour_is_over(tours: TourService) -> None:
    for step in SCRIPT.steps:
        tours.go("ada", 1, at=step.name)

    assert tours.of("ada") is None


def test_an_unknown_tour_is_not_begun(tours: TourService) -> None:
    with pytest.raises(TourNotFound):
        tours.begin("nonsense", person="ada", by="Ada")
