"""A tour that somebody leads: all at one step, each with a time and an outcome of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from services.errors import NoSession, NotAllowed, TourNotFound
from services.tour.outcome import PageObservation
from services.tour.progress import Progress
from tests.fakes.assets import NOON, entered
from tests.fakes.talk import Clock, Talk

CODE = "AAA-AAA"


class Stopped(Clock):
    """A clock that a test sets."""

    def __call__(self) -> datetime:
        return self.at

    def passes(self, seconds: int) -> None:
        self.at = self.at + timedelta(seconds=seconds)


class Room:
    """A session in which Ann leads a tour and Bob has a page open."""

    def __init__(self) -> None:
        self.clock = Stopped()
        self.clock.at = NOON
        self.talk = Talk(clock=self.clock)
        self.talk.sessions.start("Review", "", by="Ann", code=CODE, role="presenter")
        self.talk.led_tours.lead("demo", person="ann", by="Ann", role="presenter")
        self.look()

    def ann_goes(self, by: int = 1) -> None:
        tour = self.talk.tours.of("ann")
        assert tour
        self.talk.tours.go("ann", by, at=tour.step.name)
        self.talk.led_tours.left("ann")
        self.look()

    def look(self, sight: PageObservation | None = None) -> None:
        """What Bob's page does whenever there is news."""
        self.talk.led_tours.take_along("bob", "Bob")
        self.talk.tours.look("bob", sight or PageObservation())

    @property
    def bob(self) -> Progress:
        (found,) = self.talk.tours.ways("bob")
        return found

    def at(self) -> str | None:
        tour = self.talk.tours.of("bob")
        return tour.step.name if tour else None


@pytest.fixture
def room() -> Room:
    return Room()


def test_all_move_along_and_each_has_times_and_outcomes_of_its_own(room: Room) -> None:
    room.clock.passes(4)
    room.look(PageObservation("browse"))
    room.clock.passes(6)
    room.ann_goes()
    assert room.at() == "two"
    room.clock.passes(5)
    room.talk.tours.skip("bob", at="two")
    room.ann_goes()
    room.clock.passes(3)
    room.ann_goes(-1)
    assert room.at() == "two"
    told = {name: (p.seconds, p.took, p.reached) for name, p in room.bob.passages.items()}
    assert told == {"one": (10, 4, True), "two": (5, None, False), "three": (3, None, False)}
    assert room.bob.passage("two").skipped
    assert room.bob.passage("three").carried
    assert not room.bob.passage("one").carried


def test_who_comes_late_begins_where_all_are_and_the_time_before_is_not_theirs(room: Room) -> None:
    room.ann_goes()
    room.clock.passes(100)
    room.talk.led_tours.take_along("cy", "Cy")
    room.clock.passes(7)
    room.talk.assets.add(entered(name="Mine"), by="Cy")
    room.talk.tours.look("cy", PageObservation())
    (cy,) = room.talk.tours.ways("cy")
    assert (cy.step, cy.passage("two").took, set(cy.passages)) == ("two", 7, {"two"})


def test_who_leaves_is_not_called_back_until_they_want_to(room: Room) -> None:
    room.talk.tours.leave("bob")
    room.ann_goes()
    assert room.at() is None
    room.talk.tours.begin("demo", person="bob", by="Bob")
    room.look()
    assert room.at() == "two"


def test_who_had_left_is_led_again_next_time_and_the_time_between_is_not_theirs(
    room: Room,
) -> None:
    room.talk.tours.leave("bob")
    room.ann_goes()
    room.talk.led_tours.lead("demo", person="ann", by="Ann", role="presenter")
    room.clock.passes(100)
    room.look()
    room.clock.passes(7)
    room.ann_goes()
    assert room.at() == "three"
    assert room.bob.passage("two").seconds == 7


def test_each_goes_alone_from_where_they_are_when_it_ends(room: Room) -> None:
    room.ann_goes()
    room.talk.led_tours.alone(role="presenter")
    room.ann_goes()
    assert room.at() == "two"
    room.talk.tours.go("bob", 1, at="two")
    assert room.at() == "three"


@pytest.mark.parametrize("end", ["leaves", "finishes", "ends it"])
def test_the_tour_of_who_leads_is_over_for_everybody_with_it(room: Room, end: str) -> None:
    room.talk.tours.begin("demo", person="eve", by="Eve")
    match end:
        case "leaves":
            room.talk.tours.leave("ann")
            room.talk.led_tours.left("ann")
        case "finishes":
            for _ in range(3):
                room.ann_goes()
        case _:
            room.talk.led_tours.finish(role="presenter")
    assert room.talk.led_tours.now() is None
    assert room.at() is None
    assert room.talk.tours.of("ann") is None
    assert room.talk.tours.of("eve")
    room.talk.tours.begin("demo", person="ann", by="Ann", afresh=True)
    room.look()
    assert room.at() is None


def test_after_the_session_nobody_is_led_and_each_goes_alone(room: Room) -> None:
    before = room.at()
    room.talk.sessions.close(CODE, by="Ann", role="presenter")
    assert room.talk.led_tours.now() is None
    room.ann_goes()
    assert room.at() == before


def test_a_restart_of_the_app_ends_nothing_and_two_tabs_are_one_person(room: Room) -> None:
    room.ann_goes()
    after = room.talk.another()
    leading = after.led_tours.now()
    assert leading
    assert (leading.tour.step.name, leading.along) == ("two", 1)
    before = room.bob
    after.led_tours.take_along("bob", "Bob")
    assert room.bob == before


def test_its_mark_changes_with_the_step_and_who_leads_and_with_nothing_else(room: Room) -> None:
    def mark() -> str:
        room.talk.led_tours.look()
        return room.talk.led_tours.mark

    first = mark()
    room.look(PageObservation("browse"))
    room.talk.say("Nice")
    assert mark() == first
    room.ann_goes()
    second = mark()
    room.talk.led_tours.lead("demo", person="ann", by="Ann", role="presenter")
    assert len({first, second, mark()}) == 3


def test_only_a_presenter_leads_and_only_in_a_session_through_a_tour_that_there_is(
    room: Room,
) -> None:
    deeds: list[Callable[[], None]] = [
        lambda: room.talk.led_tours.lead("demo", person="bob", by="Bob", role="guest"),
        lambda: room.talk.led_tours.alone(role="guest"),
        lambda: room.talk.led_tours.finish(role="guest"),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises(TourNotFound):
        room.talk.led_tours.lead("nonsense", person="ann", by="Ann", role="presenter")
    assert room.talk.led_tours.now()
    room.talk.sessions.close(CODE, by="Ann", role="presenter")
    with pytest.raises(NoSession):
        room.talk.led_tours.lead("demo", person="ann", by="Ann", role="presenter")
