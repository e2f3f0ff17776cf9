"""The tour in the report: how far people came, where it took long, and what they answered."""

import csv
import io
import json
from datetime import timedelta

import pytest

from services.model.feedback import Feedback
from services.report import data, html, markdown
from services.report.content import Report
from services.report.service import ReportService
from services.report.tour import StepTold
from services.tour.outcome import PageObservation
from tests.fakes.assets import NOON, entered
from tests.fakes.talk import Talk
from tests.unit.tour.test_led_tour import Stopped

CODE, BASE = "AAA-AAA", "http://127.0.0.1:8000/"
HOSTILE = '<img src=x onerror="alert(1)"> ![](http://example.invalid/x) =1+1'


class Review:
    """A session with a tour: Ada comes to its end, Bob gives up, Ann leads them at first."""

    def __init__(self) -> None:
        self.clock = Stopped()
        self.clock.at = NOON
        self.talk = talk = Talk(clock=self.clock)
        self.reports = ReportService(
            talk.sessions,
            talk.feedback,
            talk.answers,
            talk.assets,
            talk.tours,
            talk.led_tours,
            self.clock,
        )
        talk.sessions.start("Review", "", by="Ann", code=CODE, role="presenter")
        talk.led_tours.lead("demo", person="ann", by="Ann", role="presenter")
        for person in ("ada", "bob"):
            talk.led_tours.take_along(person, person.capitalize())
        self.passes(4)
        talk.tours.look("ada", PageObservation("browse"))
        self.passes(4)
        talk.tours.look("bob", PageObservation("browse"))
        talk.tours.go("ann", 1, at="one")
        for person in ("ada", "bob"):
            talk.led_tours.take_along(person, person.capitalize())
        talk.led_tours.alone(role="presenter")

    def passes(self, seconds: int) -> None:
        self.clock.at += timedelta(seconds=seconds)

    def end(self) -> None:
        """Ada skips the second step and comes to the end; Bob gives up."""
        self.passes(30)
        self.talk.tours.go("ada", 1, at="two")
        self.passes(2)
        self.talk.tours.go("ada", 1, at="three")
        self.talk.tours.leave("bob")

    def answer(self, text: str, step: str = "one") -> Feedback:
        place = {"tour": "demo", "step": step, "question": "What first?"}
        return self.talk.say(text, kind="answer", place=place)

    @property
    def report(self) -> Report:
        return self.reports.of(CODE, BASE)

    @property
    def steps(self) -> tuple[StepTold, ...]:
        (tour,) = self.report.tours
        return tour.steps


@pytest.fixture
def review() -> Review:
    return Review()


def test_of_each_step_it_tells_who_came_how_far_and_how_long_it_took(review: Review) -> None:
    review.end()
    one, two, three = review.steps
    assert (one.came, one.reached, one.median, one.longest) == (2, 2, 6, 8)
    assert (two.came, two.skipped, two.gave_up, two.median, two.longest) == (2, 1, 1, 31, 32)
    assert (three.came, three.reached, three.gave_up, three.median) == (1, 0, 0, 2)
    assert [step.slowest for step in review.steps] == [False, True, False]
    (tour,) = review.report.tours
    assert tour.summary == "2 people, 1 to the end"


def test_who_is_still_at_a_step_has_not_given_up_before_the_session_is_over(
    review: Review,
) -> None:
    assert review.steps[1].gave_up == 0
    assert review.steps[1].median is None
    review.talk.sessions.close(CODE, by="Ann", role="presenter")
    assert review.steps[1].gave_up == 2


def test_who_was_led_on_before_it_was_done_is_told_apart(review: Review) -> None:
    review.talk.led_tours.lead("demo", person="ann", by="Ann", role="presenter")
    review.talk.led_tours.take_along("ada", "Ada")
    review.talk.assets.add(entered(name="Mine"), by="Bob")
    review.talk.tours.look("bob", PageObservation())
    review.talk.tours.go("ann", 1, at="two")
    review.talk.led_tours.take_along("ada", "Ada")
    two = review.steps[1]
    assert (two.carried, two.reached, two.skipped, two.gave_up) == (1, 1, 0, 0)


def test_every_format_holds_numbers_and_answers_under_their_step(review: Review) -> None:
    review.end()
    answer = review.answer("The charts")
    written = html.html(review.report)
    assert written.index("Asked:") < written.index("The charts") < written.index("What was said")
    assert written.count(f'id="{answer.identifier}"') == 1
    assert "median 31 s, longest 32 s, the slowest step" in written
    text = markdown.markdown(review.report)
    assert text.index("Asked: What first?") < text.index("The charts") < text.index("What was said")
    assert "median 31 s, longest 32 s, the slowest step" in text
    (tour,) = json.loads(data.as_json(review.report))["tours"]
    assert tour["steps"][0]["answers"] == [answer.identifier]
    assert (tour["steps"][1]["gaveUp"], tour["steps"][1]["slowest"]) == (1, True)
    said, *steps = csv.DictReader(io.StringIO(data.csv(review.report).decode("utf-8-sig")))
    assert (said["text"], said["question"], said["step"]) == ("The charts", "What first?", "one")
    assert [row["step"] for row in steps] == ["one", "two", "three"]
    assert {row["kind"] for row in steps} == {"tour step"}
    assert (steps[1]["medianSeconds"], steps[1]["skipped"], steps[2]["reached"]) == ("31", "1", "0")


def test_a_hostile_answer_is_text_in_every_format(review: Review) -> None:
    review.answer(HOSTILE)
    assert "<img" not in html.html(review.report)
    assert "<img" not in markdown.markdown(review.report).replace("\\<", "")
    assert json.loads(data.as_json(review.report))["feedback"][0]["text"] == HOSTILE


def test_an_answer_to_a_step_that_the_script_has_lost_is_still_told(review: Review) -> None:
    review.answer("Old", step="gone")
    lost = review.steps[-1]
    assert (lost.name, lost.ask, lost.came) == ("gone", "What first?", 0)
    assert "Old" in html.html(review.report)


def test_a_session_without_a_tour_says_nothing_of_one(review: Review) -> None:
    review.talk.sessions.start("Other", "", by="Ann", code="BBB-BBB", role="presenter")
    assert "Tour" not in html.html(review.reports.of("BBB-BBB", BASE))
