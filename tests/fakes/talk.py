"""Sessions and feedback to test with, over a store in memory."""

from datetime import datetime, timedelta
from typing import Any

from services.assets.service import AssetService
from services.feedback.service import FeedbackService
from services.leading.service import LeadService
from services.model.feedback import Feedback, FeedbackInput, PageContext
from services.model.question import Asked, Question, Voter
from services.polls.answers import AnswerService
from services.polls.notices import Notices
from services.polls.service import QuestionService
from services.sessions.service import SessionService
from services.store.read_model.catalogue import Catalogue
from services.tour.led import LedTourService
from services.tour.script import Script
from services.tour.service import TourService
from tests.fakes.assets import NOON
from tests.fakes.store import MemoryDocuments, MemoryRepository, MemorySource, MemoryStore

_STEP = {"say": "Look", "shot": "It"}
TOURS = {
    "demo": Script.model_validate(
        {
            "title": "A demo",
            "scenario": "starter",
            "steps": [
                {"name": "one", "ask": "What first?", "done_when": {"page": "browse"}, **_STEP},
                {"name": "two", "done_when": {"asset": {"name": "Mine"}}, **_STEP},
                {"name": "three", "ask": "What is missing?", **_STEP},
            ],
        }
    )
}


class Clock:
    """A clock that goes on by a minute each time somebody looks at it."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at


class Talk:
    """The services of one process over a store that several may share."""

    def __init__(self, store: MemoryStore | None = None, clock: Clock | None = None) -> None:
        self.store = store or MemoryStore()
        self.clock = clock or Clock()
        self.documents = MemoryDocuments(self.store)
        self.catalogue = Catalogue(MemorySource(self.store))
        self.sessions = SessionService(self.documents, self.catalogue, self.clock)
        self.feedback = FeedbackService(self.documents, self.catalogue, self.clock)
        self.questions = QuestionService(self.documents, self.catalogue, self.sessions, self.clock)
        self.answers = AnswerService(
            self.documents, self.catalogue, self.sessions, self.questions, self.clock
        )
        self.notices = Notices(self.sessions, self.feedback, self.questions, self.answers)
        self.assets = AssetService(MemoryRepository(self.store), self.catalogue)
        self.tours = TourService(
            self.documents, self.catalogue, self.sessions, self.assets, lambda: TOURS, self.clock
        )
        self.led_tours = LedTourService(
            self.documents, self.catalogue, self.sessions, self.tours, self.clock
        )
        self.leads = LeadService(self.documents, self.catalogue, self.sessions, self.clock)

    def another(self) -> "Talk":
        """The services of another process."""
        return Talk(self.store, self.clock)

    def say(self, text: str = "Nice", *, code: str = "AAA-AAA", **other: Any) -> Feedback:
        """Say something; `person` and `by` name its author."""
        person, by = other.pop("person", "ada"), other.pop("by", "Ada")
        self.feedback.give(code, given(text, **other), person=person, by=by)
        return self.feedback.all()[0]

    def ask(self, text: str = "Which?", *, code: str = "AAA-AAA", **other: Any) -> Question:
        """Ask everybody; what is not said is a choice between Yes and No."""
        asked = question(text, **other)
        self.questions.ask(code, asked, person="pat", by="Pat", role="presenter")
        return self.questions.get(code, asked.identifier)

    def answer(self, asked: Question, value: str, who: str = "Ada", **other: Any) -> None:
        """Answer to a question."""
        self.answers.answer(asked.session, asked.identifier, value, voter=voter(who), **other)


def voter(name: str = "Ada") -> Voter:
    """Somebody of that name."""
    return Voter(person=name.lower(), number=f"number of {name}", name=name)


def question(text: str = "Which?", **other: Any) -> Asked:
    """A question as a presenter enters it."""
    usual: dict[str, Any] = {"kind": "choice", "options": ("Yes", "No")}
    identifier = other.pop("identifier", f"{next(_count):017}")
    return Asked(**({"text": text, "identifier": identifier} | (usual | other)))


_count = iter(range(10**6))


def given(text: str = "Nice", **other: Any) -> FeedbackInput:
    """Feedback as a person gives it."""
    place = PageContext(**{"page": "Browse", "address": "?tag=ISA", **other.pop("place", {})})
    identifier = other.pop("identifier", f"{next(_count):017}")
    usual: dict[str, Any] = {"identifier": identifier, "kind": "idea", "text": text}
    return FeedbackInput(**(usual | other), place=place)
