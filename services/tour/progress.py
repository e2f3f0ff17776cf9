"""How far somebody is on a tour, and what became of each step."""

from datetime import datetime
from typing import Self

from pydantic import ConfigDict, Field

from services.model.base import Fields
from services.model.record import When


class Passage(Fields):
    """What became of one step."""

    model_config = ConfigDict(extra="ignore")

    seconds: int = 0
    """How long somebody was at it."""
    took: int | None = None
    """After how many of these its outcome was reached."""
    reached: bool = False
    skipped: bool = False
    carried: bool = False
    """Whether whoever leads went on before it was reached."""


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
    finished: bool = False
    """Whether somebody has come to its end."""
    led: str = ""
    """The identifier of the time when somebody led; empty for who goes alone."""
    passages: dict[str, Passage] = Field(default_factory=dict)
    """By the name of the step."""

    @property
    def is_under_way(self) -> bool:
        """Whether anything has come of it yet."""
        return bool(self.passages)

    def passage(self, step: str) -> Passage:
        """What has become of a step so far."""
        return self.passages.get(step, Passage())

    def to(self, step: str, *, skipped: bool, moment: datetime, carried: bool = False) -> Self:
        """The same at another step; the time at this one is noted."""
        known = self.passage(self.step)
        left = known.model_copy(
            update={
                "seconds": known.seconds + self._spent(moment),
                "skipped": (skipped or known.skipped) and not known.reached,
                "carried": carried and not known.reached and not known.skipped,
            }
        )
        return self._with(left).model_copy(update={"step": step, "since": moment})

    def done(self, moment: datetime) -> Self:
        """The same with its step done."""
        known = self.passage(self.step)
        took = known.seconds + self._spent(moment)
        done = {"reached": True, "skipped": False, "took": took}
        return self._with(known.model_copy(update=done))

    def passed_over(self) -> Self:
        """The same with its step skipped by somebody who waits to be led on."""
        known = self.passage(self.step)
        return self._with(known.model_copy(update={"skipped": not known.reached}))

    def led_to(self, leader: "Progress", led: str, moment: datetime) -> Self:
        """The same where somebody is who leads: from when that one went there, or from now on."""
        here = {"led": led, "active": True}
        if self.step == leader.step and self.active:
            return self.model_copy(update=here)
        if not self.active:
            return self.model_copy(update={**here, "step": leader.step, "since": moment})
        goes_along = self.led == led
        left = self.to(
            leader.step,
            skipped=False,
            carried=goes_along,
            moment=leader.since if goes_along else moment,
        )
        return left.model_copy(update=here)

    def _spent(self, moment: datetime) -> int:
        return max(0, round((moment - self.since).total_seconds()))

    def _with(self, passage: Passage) -> Self:
        return self.model_copy(update={"passages": {**self.passages, self.step: passage}})
