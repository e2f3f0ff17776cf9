"""What is in a session's report, whatever it is written as."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.feedback.board import Entry
from services.model.feedback import BEST, Feedback
from services.model.history import Event
from services.model.session import OPEN, Attendee, Session
from services.polls.tally import Tally
from services.report.tour import TourTold


@dataclass(frozen=True)
class Moment:
    """Something that happened during the session."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Report:
    """A session and everything that came of it."""

    session: Session
    people: tuple[Attendee, ...]
    entries: tuple[Entry, ...]
    """What was said, oldest first; duplicates stand with the one whose duplicate they are."""
    changes: tuple[Event, ...]
    """What changed in the basket meanwhile, oldest first."""
    made_at: datetime
    base: str
    """Where the app was: http://127.0.0.1:8000/"""
    questions: tuple[Tally, ...] = ()
    """What the presenter asked, oldest first, and what came of it."""
    tours: tuple[TourTold, ...] = ()
    """What became of each tour that people were on; answers to what it asks stand there."""

    @property
    def said(self) -> tuple[Feedback, ...]:
        """Everything that was said, duplicates as well."""
        return tuple(one for entry in self.entries for one in (entry.said, *entry.duplicates))

    @property
    def by_kind(self) -> Sequence[tuple[str, int]]:
        """How often each kind was said, most first."""
        return Counter(one.kind for one in self.said).most_common()

    @property
    def by_page(self) -> Sequence[tuple[str, int]]:
        """How much was said on each page, most first."""
        return Counter(one.place.page for one in self.said).most_common()

    @property
    def by_tag(self) -> Sequence[tuple[str, int]]:
        """How much has each tag, most first."""
        return Counter(tag for one in self.said for tag in one.tags).most_common()

    @property
    def reactions(self) -> Sequence[tuple[str, int]]:
        """How often each reaction was given, most first."""
        return Counter(one.reaction for one in self.said if one.reaction).most_common()

    @property
    def rating(self) -> str:
        """The mean rating in words; empty if nobody has rated."""
        rated = [one.rating for one in self.said if one.rating is not None]
        if not rated:
            return ""
        noun = "rating" if len(rated) == 1 else "ratings"
        return f"{sum(rated) / len(rated):.1f} of {BEST}, from {len(rated)} {noun}"

    def link(self, one: Feedback) -> str:
        """The address that reopens what was seen."""
        return self.base + one.place.address

    @property
    def timeline(self) -> list[Moment]:
        """What happened, in its order."""
        session = self.session
        moments = []
        if session.code != OPEN:
            moments.append(Moment(session.created_at, session.created_by, "began the session"))
        moments += [Moment(one.joined_at, one.name, "joined") for one in self.people]
        moments += [Moment(one.created_at, one.created_by, _in_words(one)) for one in self.said]
        moments += [moment for tally in self.questions for moment in _asked(tally)]
        moments += [Moment(event.change.at, "", done(event)) for event in self.changes]
        if session.closed_at:
            moments.append(Moment(session.closed_at, session.closed_by, "closed the session"))
        return sorted(moments, key=lambda moment: moment.at)


def _asked(tally: Tally) -> Iterator[Moment]:
    question = tally.question
    yield Moment(question.created_at, question.created_by, f"asked: {question.text}")
    if question.closed_at:
        yield Moment(question.closed_at, question.closed_by, f"closed: {question.text}")


def _in_words(one: Feedback) -> str:
    if one.kind == "reaction":
        return f"reacted with {one.reaction} on {one.place.page}"
    kind = "answered" if one.kind == "answer" else one.kind
    return f"{kind} on {one.place.page}: {one.words}"


def done(event: Event) -> str:
    """What somebody did to an asset, in a sentence."""
    change = event.change
    done = {"added": "added", "edited": "changed", "binned": "binned", "restored": "restored"}
    fields = "; ".join(
        f"{name}: {_shown(how.before)} → {_shown(how.after)}" for name, how in change.fields.items()
    )
    told = f"{change.by} {done[change.what]} {called(event)}"
    return f"{told} ({fields})" if fields else told


def _shown(value: object) -> str:
    return "empty" if value in (None, "", []) else str(value)[:200]


def called(event: Event) -> str:
    """What the asset is called: its first field."""
    plain = event.asset.plain()
    own = (value for name, value in plain.items() if name not in _SYSTEM and value)
    return str(next(own, event.asset.identifier))


_SYSTEM = {
    "identifier",
    "version",
    "createdAt",
    "createdBy",
    "updatedAt",
    "updatedBy",
    "deletedAt",
}
