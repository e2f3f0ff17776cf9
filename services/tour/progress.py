"""How far somebody is on a tour, and what became of each step."""

from datetime import datetime
from typing import Self

from pydantic import ConfigDict, Field

from services.model.kinds import Fields
from services.model.record import When


class Passage(Fields):
    """What became of one step."""

    model_config = ConfigDict(extra="ignore")

    seconds: int = 0
    """How long somebody was at it."""
    reached: bool = False
    skipped: bool = False


class Progress(Fields):
    """How far somebody is on a tour."""

    model_config = ConfigDict(extra="ignore")

    session: str
    person: str
    """Tells people of the same name apart; says nothing about them."""
    name: str
    script: str
    step: str
    """The step that somebody is at."""
    since: When
    """Since when."""
    begun: When | None = None
    """When it was begun, the last time from its first step."""
    active: bool = True
    """Whether the tour goes along on the pages."""
    passages: dict[str, Passage] = Field(default_factory=dict)
    """By the name of the step."""

    @property
    def is_under_way(self) -> bool:
        """Whether anything has come of it yet."""
        return bool(self.passages)

    def passage(self, step: str) -> Passage:
        """What has become of a step so far."""
        return self.passages.get(step, Passage())

    def to(self, step: str, *, skipped: bool, moment: datetime) -> Self:
        """The same at another step; the time at this one is noted."""
        known = self.passage(self.step)
        spent = max(0, round((moment - self.since).total_seconds()))
        left = known.model_copy(
            update={
                "seconds": known.seconds + spent,
                "skipped": (skipped or known.skipped) and not known.reached,
            }
        )
        passages = {**self.passages, self.step: left}
        return self.model_copy(update={"step": step, "since": moment, "passages": passages})

    def done(self) -> Self:
        """The same with its step done."""
        passage = self.passage(self.step).model_copy(update={"reached": True, "skipped": False})
        return self.model_copy(update={"passages": {**self.passages, self.step: passage}})
