"""Job: one change to many assets, with what is done, what is left, and why."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal

from services.errors import AssetNotFound, Conflict, InvalidAsset, StoreUnavailable
from services.model.current import Model, current, fields, using
from services.model.fields.texts import texts_of
from services.model.record import Asset

Versions = Mapping[str, int]
"""Assets by identifier, each with the version that is known of it."""

Done = Literal["edited", "binned", "restored", "taken back", "migrated", "erased"]

Step = Callable[..., Asset]
"""Changes one asset: takes its identifier, and by name its version, who does it and a draft."""

_UNWATCHED_SECONDS = 5.0
"""After so long without being looked at, a job's page must have been closed."""


@dataclass(frozen=True)
class Left:
    """An asset that was left as it is."""

    identifier: str
    name: str
    reason: str
    """A sentence for people."""


@dataclass(eq=False)
class Job:
    """Goes from asset to asset in a thread of its own; anybody may look at it meanwhile."""

    name: str
    """Tells it from every other one; the name of its drafts, so that no asset changes twice."""
    what: Done
    by: str
    chosen: Versions
    step: Step = field(repr=False)
    get: Callable[[str], Asset] = field(repr=False)
    around: Callable[[], AbstractContextManager[None]] = field(repr=False)
    """What it keeps entered while it is on its way."""
    pauses: Sequence[float] = field(repr=False)
    """Seconds to wait for a store that does not answer, before each further try."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Of an edit: what the fields become, by their names, as JSON has it."""
    model: Model = field(default_factory=current, repr=False)
    """The model that it keeps to, whatever is saved meanwhile."""

    changed: dict[str, int] = field(default_factory=dict, init=False)
    """What it has changed, with the version that each has become."""
    same: int = field(default=0, init=False)
    """How many were already as wanted."""
    overtaken: list[Left] = field(default_factory=list, init=False)
    """What somebody else has changed in the meantime."""
    refused: list[Left] = field(default_factory=list, init=False)
    """What would not be right any more."""
    problem: str = field(default="", init=False)
    """Why it stopped, if nobody has stopped it."""
    told: bool = field(default=False, init=False)
    """Whether somebody has seen how it ended."""

    def __post_init__(self) -> None:
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.watch()

    @property
    def total(self) -> int:
        """How many assets it is about."""
        return len(self.chosen)

    @property
    def done(self) -> int:
        """How many it is through with."""
        return len(self.changed) + self.same + len(self.overtaken) + len(self.refused)

    @property
    def is_running(self) -> bool:
        """Whether it still changes anything."""
        return self._thread.is_alive()

    @property
    def is_abandoned(self) -> bool:
        """Whether nobody looks at it any more, and nobody has seen how it ended."""
        return not self.told and time.monotonic() - self._watched > _UNWATCHED_SECONDS

    def watch(self) -> None:
        """Note that somebody is looking at it."""
        self._watched = time.monotonic()

    def leave(self) -> None:
        """Note that nobody looks at it: who did is gone."""
        self._watched = float("-inf")

    @property
    def was_cancelled(self) -> bool:
        """Whether somebody has stopped it."""
        return self._cancelled.is_set()

    def begin(self) -> None:
        """Set out, or go on after having stopped."""
        if not self._thread.is_alive():
            self._cancelled.clear()
            self.problem, self.told = "", False
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Stop after the asset that it is at; what is done is done."""
        self._cancelled.set()

    def join(self, seconds: float | None = None) -> None:
        """Wait until it has ended."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            with using(self.model), self.around():
                for identifier, version in self._rest():
                    if self._cancelled.is_set() or not self._settle(identifier, version):
                        return
        except StoreUnavailable as error:
            self.problem = str(error)

    def _rest(self) -> Iterator[tuple[str, int]]:
        return islice(self.chosen.items(), self.done, None)

    def _settle(self, identifier: str, version: int) -> bool:
        """Be through with one asset, unless the store does not answer; whether that worked."""
        for pause in (*self.pauses, None):
            try:
                self._change(identifier, version)
            except StoreUnavailable as error:
                if pause is None:
                    self.problem = str(error)
                elif self._cancelled.wait(pause):
                    break
            else:
                return True
        return False

    def _change(self, identifier: str, version: int) -> None:
        try:
            after = self.step(identifier, version=version, by=self.by, draft=self.name)
        except Conflict as error:
            there = error.current
            self.overtaken.append(Left(identifier, name_of(there), _by_whom(error)))
        except AssetNotFound:
            if self.what == "erased":
                self.same += 1
                return
            self.overtaken.append(Left(identifier, identifier, "It is no longer there."))
        except InvalidAsset as error:
            self.refused.append(Left(identifier, name_of(self.get(identifier)), str(error)))
        else:
            if after.version == version and self.what != "erased":
                self.same += 1
            else:
                self.changed[identifier] = after.version


def _by_whom(conflict: Conflict) -> str:
    is_there = conflict.current.deleted_at is None
    return f"{conflict.by} {'has changed it' if is_there else 'has moved it to the bin'}."


def name_of(asset: Asset) -> str:
    """What the asset is called: its first field."""
    first = fields()[0]
    return ", ".join(texts_of(first.value_in(asset.plain()))) or asset.identifier
