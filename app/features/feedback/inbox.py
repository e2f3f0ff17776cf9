"""Feedback inbox: stores what a browser sends once, however often it comes, and acknowledges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from app.features.feedback.page_context import place_of
from services.access import Role
from services.assets.service import AssetService
from services.errors import BasketError, StoreUnavailable
from services.feedback.service import FeedbackService
from services.model.feedback import FeedbackInput
from services.sessions.service import SessionService

_REMEMBERED = 60
_AT_ONCE = 50


@dataclass
class Acknowledgement:
    """What came of what one tab has sent, by the number that its browser gave it."""

    kept: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """The reason, in words for people."""
    waiting: bool = False
    """Whether something is not kept yet, since the store was away."""


@dataclass(frozen=True)
class Author:
    """Who says it."""

    person: str
    name: str
    role: Role


class FeedbackInbox:
    """Takes in what browsers send, each once."""

    def __init__(
        self, sessions: SessionService, feedback: FeedbackService, assets: AssetService
    ) -> None:
        self._sessions = sessions
        self._feedback = feedback
        self._assets = assets

    def take(self, told: Any, author: Author, received: Acknowledgement) -> None:
        """Keep what was sent, and note in `received` what came of it."""
        received.waiting = False
        for one in told[:_AT_ONCE] if isinstance(told, list) else []:
            if isinstance(one, Mapping):
                self._take(one, author, received)
        del received.kept[:-_REMEMBERED]
        for number in list(received.refused)[:-_REMEMBERED]:
            del received.refused[number]

    def _take(self, told: Mapping[str, Any], author: Author, received: Acknowledgement) -> None:
        number = str(told.get("id", ""))
        try:
            given = self._given(number, told)
            code = self._sessions.receiving(str(told.get("session", "")))
            self._feedback.give(code, given, person=author.person, by=author.name)
            if author.role == "guest":
                self._sessions.take_part(code, person=author.person, name=author.name)
            received.kept.append(number)
        except StoreUnavailable:
            received.waiting = True
        except ValidationError:
            received.refused[number] = "This cannot be kept as it is."
        except BasketError as error:
            received.refused[number] = str(error)

    def _given(self, number: str, told: Mapping[str, Any]) -> FeedbackInput:
        place = place_of(told, self._assets)
        kind = told.get("kind", "idea")
        return FeedbackInput(
            identifier=number,
            # What the step asked may have been taken out meanwhile: nothing that was said is lost.
            kind="idea" if kind == "answer" and not place.question else kind,
            text=str(told.get("text") or "").encode("utf-8", "replace").decode(),
            reaction=str(told.get("reaction") or ""),
            rating=told.get("rating"),
            place=place,
        )
