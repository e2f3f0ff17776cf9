"""What the presenter asks everybody in a session, and what people answer."""

import hashlib
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import ConfigDict, Field

from services.model.base import Fields
from services.model.record import Record, When

QuestionKind = Literal["choice", "scale", "text"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
GRADES = ("1", "2", "3", "4", "5")
"""What can be answered on a scale, the lowest first."""
FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
LONGEST_QUESTION, LONGEST_OPTION, LONGEST_END, LONGEST_ANSWER = 300, 80, 40, 1000


class Asked(Fields):
    """A question as its presenter enters it."""

    identifier: str = Field(pattern=r"^[0-9a-z]{12,40}$")
    """Made when it was begun: what is sent twice is asked once, and later ones sort behind it."""
    kind: QuestionKind
    text: str = ""
    options: tuple[str, ...] = ()
    """What there is to choose."""
    lowest: str = ""
    highest: str = ""
    """What the ends of a scale are called, if anything."""


class Question(Record):
    """A question as it is stored; `created_by` is the name of who asks it."""

    model_config = ConfigDict(extra="ignore")

    session: str
    person: str
    """Who asks it, as an Attendee is told."""
    kind: QuestionKind
    text: str
    options: tuple[str, ...] = ()
    lowest: str = ""
    highest: str = ""
    closed_at: When | None = None
    closed_by: str = ""
    shown_at: When | None = None
    """Since when everybody sees the results; nobody but a presenter does without."""

    @property
    def is_open(self) -> bool:
        """Whether it still takes answers, as long as its session is open."""
        return self.closed_at is None

    @property
    def is_shown(self) -> bool:
        """Whether everybody sees the results."""
        return self.shown_at is not None

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be answered; nothing where people write."""
        return GRADES if self.kind == "scale" else self.options


class Answer(Record):
    """An answer as it is stored; without a name `person` and `created_by` are empty."""

    model_config = ConfigDict(extra="ignore")

    session: str
    question: str
    value: str
    """The option, the grade or the words."""
    person: str = ""

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is to know who has said it."""
        return not self.person


@dataclass(frozen=True)
class Voter:
    """Who answers."""

    person: str
    """As others are told: see Attendee."""
    number: str
    """What only this person's browser knows."""
    name: str

    def voter_key(self, question: str) -> str:
        """What the same person has for each answer to a question, and what leads nobody to it."""
        return hashlib.sha256(f"{question} {self.number}".encode()).hexdigest()[:24]
