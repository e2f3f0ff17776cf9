"""What people say while they click, and where they were when they said it."""

from typing import Literal, get_args

from pydantic import ConfigDict, Field

from services.model.base import Fields
from services.model.record import Record, When

Kind = Literal["idea", "problem", "question", "praise", "reaction", "answer"]
Status = Literal["new", "planned", "done", "declined"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
REACTIONS = {"👍": "Good", "🎉": "Great", "😕": "Confusing", "👎": "Not good"}
"""What can be said in one click, and how it is read aloud."""
LONGEST_TEXT, LONGEST_REPLY, LONGEST_TAG, MOST_TAGS = 2000, 1000, 30, 8
BEST = 5
"""The highest rating; the lowest is 1."""


class PageContext(Fields):
    """Where somebody was who said something."""

    model_config = ConfigDict(extra="ignore")

    page: str
    """The page's title."""
    address: str
    """Relative to the app's own: what was filtered and sorted is in it."""
    asset: str = ""
    asset_name: str = ""
    asset_version: int | None = None
    field: str = ""
    """The label of the field that it is about; empty for the whole page."""
    tour: str = ""
    """The name of the tour that went along; empty for none."""
    step: str = ""
    """The name of its step."""
    question: str = ""
    """What the step asks, if this answers it."""
    model: str = ""
    """The digest of the model in force."""
    copy_of: str = ""
    """The scenario with which the copy began that was looked at; empty for the shared basket."""
    theme: str = ""
    viewport: str = ""
    """Width × height in CSS pixels."""


class FeedbackInput(Fields):
    """Feedback as a person gives it."""

    identifier: str = Field(pattern=r"^[0-9a-z]{12,40}$")
    """Made when it was begun, so that what is sent twice is kept once."""
    kind: Kind
    text: str = ""
    reaction: str = ""
    rating: int | None = Field(default=None, ge=1, le=BEST)
    place: PageContext


class Feedback(Record):
    """Feedback as it is stored; `created_by` is its author's name, `deleted_at` its withdrawal."""

    model_config = ConfigDict(extra="ignore")

    session: str
    person: str
    """Its author, as an Attendee is told."""
    kind: Kind
    text: str = ""
    reaction: str = ""
    rating: int | None = None
    place: PageContext
    edited_at: When | None = None
    agreed: dict[str, str] = Field(default_factory=dict)
    """The names of those who agree, by person."""
    status: Status = "new"
    reply: str = ""
    replied_by: str = ""
    tags: tuple[str, ...] = ()
    merged_into: str = ""
    """The identifier of the one that says the same."""

    @property
    def words(self) -> str:
        """What was said, in one line for lists."""
        return " ".join(self.text.split()) or self.reaction or f"{self.rating} of {BEST}"
