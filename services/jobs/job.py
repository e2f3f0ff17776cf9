"""Job: long work in a thread of its own, step by step; anybody may look at it meanwhile."""

import logging
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Generic, Literal

from services.errors import BasketError, StoreUnavailable
from services.jobs.record import Record
from services.model.current import Model, current, using

log = logging.getLogger(__name__)
_UNWATCHED_SECONDS = 5.0
"""After so long without being looked at, a job's page must have been closed."""

Step = Callable[[], int | None]
"""Does something that may be repeated without harm, since the store may not answer.

Returns how many assets the job is through with, None in the middle of something: only after a
number the job can be cancelled.
"""


@dataclass(frozen=True)
class Left:
    """An asset that was left as it is."""

    identifier: str
    name: str
    reason: str
    """A sentence for people."""


@dataclass
class Progress:
    """How far a job is, and what has come of it."""

    total: int = 0
    done: int = 0
    """How many assets it is through with."""
    changed: dict[str, int] = field(default_factory=dict)
    """What it has changed, with the version that each has become, where it goes one by one."""
    same: int = 0
    """How many were already as wanted."""
    overtaken: list[Left] = field(default_factory=list)
    """What somebody else has changed in the meantime."""
    refused: list[Left] = field(default_factory=list)
    """What would not be right any more."""


class Job(Generic[Record]):
    """Takes the steps of its work; waits, a while, for a store that does not answer."""

    def __init__(
        self,
        record: Record,
        work: "Work[Record]",
        progress: Progress | None = None,
        *,
        pauses: Sequence[float],
        end: Callable[[Record], object],
    ) -> None:
        """`pauses`: seconds to wait, before each further try; `end` keeps how it has ended."""
        self.record = record
        self.work = work
        self.progress = progress or Progress(record.total)
        self.model: Model = current()
        """It keeps to this model, whatever is saved meanwhile."""
        self.error: Exception | None = None
        """Why it stopped, if nobody has stopped it."""
        self.problem = ""
        """The same as a sentence."""
        self.told = False
        """Whether somebody has seen how it ended."""
        self._pauses = pauses
        self._end = end
        self._waits = self._closing = False
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.watch()

    @property
    def state(self) -> Literal["running", "waiting", "failed", "cancelled", "done"]:
        """What it does; `waiting`: for the store to answer."""
        if self.is_running:
            return "waiting" if self._waits else "running"
        if self.problem:
            return "failed"
        return "cancelled" if self.was_cancelled else "done"

    @property
    def is_running(self) -> bool:
        """Whether it still changes anything."""
        return self._thread.is_alive()

    @property
    def was_cancelled(self) -> bool:
        """Whether somebody has stopped it."""
        return self._cancelled.is_set()

    @property
    def is_abandoned(self) -> bool:
        """Whether nobody looks at it any more, and nobody has seen how it ended."""
        return not self.told and time.monotonic() - self._watched > _UNWATCHED_SECONDS

    def watch(self) -> None:
        """Note that somebody is looking at it."""
        self._watched = time.monotonic()

    def cut_off(self, problem: str) -> None:
        """Note that another process began it, which has ended: nobody looks at it."""
        self.problem, self._watched = problem, float("-inf")

    def begin(self) -> None:
        """Set out, or go on after having stopped."""
        with self._lock:
            if not self._thread.is_alive():
                self._cancelled.clear()
                self.error, self.problem, self.told = None, "", False
                if self.record.state == "cancelled":
                    self.record = self.record.but(state="running")
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def cancel(self) -> None:
        """Stop after what it is at; what is done is done."""
        self._cancelled.set()

    def close(self, seconds: float) -> None:
        """Cancel it as the end of the app does: the next start finds it."""
        self._closing = True
        self.cancel()
        self.join(seconds)

    def join(self, seconds: float | None = None) -> None:
        """Wait until it has ended."""
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            with using(self.model):
                is_through = self._take_steps()
                if is_through or not self._closing:
                    self._settle(is_through=is_through)
        except BasketError as error:
            self.error, self.problem = error, str(error)
        except Exception as error:
            log.exception("%s %s failed", self.record.kind, self.record.name)
            self.error, self.problem = error, f"{type(error).__name__}: {error}"

    def _take_steps(self) -> bool:
        """Take all steps that there are, unless it is cancelled; whether there are no more."""
        between = True
        with closing(self.work(self)) as steps:
            for step in steps:
                if between and self.was_cancelled:
                    return False
                try:
                    done = self._persist(step)
                except StoreUnavailable:
                    if self.was_cancelled:
                        return False
                    raise
                between = done is not None
                self.progress.done += done or 0
        self._cancelled.clear()
        return True

    def _persist(self, step: Step) -> int | None:
        """Take a step, again and again while the store does not answer. Raises StoreUnavailable."""
        for pause in self._pauses:
            try:
                return step()
            except StoreUnavailable:
                self._waits = True
                if self._cancelled.wait(pause):
                    raise
            finally:
                self._waits = False
        return step()

    def _settle(self, *, is_through: bool) -> None:
        """Tell how it has ended, unless its work has."""
        state = self.record.state
        ended = self.record.ends.get(state, (state, state))[0 if is_through else 1]
        if ended != state:
            self.record = self.record.but(state=ended)
            self._persist(self._keep_end)

    def _keep_end(self) -> None:
        self._end(self.record)


Work = Callable[[Job[Record]], Generator[Step]]
"""Makes the steps of a job, one when it is asked for; asked anew, it makes what is left to do."""
