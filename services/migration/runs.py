"""A step done to many assets, one after the other, while everybody goes on working."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from services.errors import InvalidAsset, StoreUnavailable
from services.migration.steps import LeftAlone, Seen, Step
from services.model.current import Model, using
from services.store.amending import Stamp, amended
from services.store.catalogue import Catalogue
from services.store.items import Item
from services.store.repository import AssetRepository, Stale
from services.store.writer import operation_of

State = Literal["running", "done", "cancelled", "stopped"]
"""Stopped: the store did not answer any more. What was changed until then stays changed."""
_Result = Item | LeftAlone | None
"""The item as it was written."""

MAX_LEFT = 50
_SHOWN_AT_ONCE = 100
"""Changes are shown in portions: each makes the read model's columns a little longer."""
_TRIES = 20
_PATIENCE = 10
"""How often to come back to a store that does not answer."""
_PAUSE_SECONDS = 1.0


@dataclass
class Run:
    """A step on its way: how far it is, and what came of it."""

    identifier: str
    """Begins the operation id of every change that belongs to it."""
    step: Step
    by: str
    total: int
    done: int = 0
    changed: int = 0
    left_alone: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)
    """The first of the assets that were left alone: their identifiers and the reasons."""
    state: State = "running"
    cancelled: threading.Event = field(default_factory=threading.Event, repr=False)

    def cancel(self) -> None:
        """Change no more assets; those that are changed stay so until they are taken back."""
        self.cancelled.set()

    def count(self, identifier: str, result: _Result) -> None:
        """Take note of what came of one asset."""
        self.done += 1
        if isinstance(result, LeftAlone):
            self.left_alone += 1
            if len(self.left) < MAX_LEFT:
                self.left.append((identifier, result.reason))
        elif result is not None:
            self.changed += 1


@dataclass(frozen=True)
class Runner:
    """Does a run's step to assets, once each, whoever else changes them meanwhile."""

    repository: AssetRepository
    catalogue: Catalogue
    clock: Callable[[], datetime]
    model: Model

    def work(self, run: Run, identifiers: Sequence[str]) -> State:
        """Go through the assets; returns how it ended."""
        with using(self.model), self.catalogue.many_writes():
            for start in range(0, len(identifiers), _SHOWN_AT_ONCE):
                generation, written = self.catalogue.generation, list[Item]()
                state = self._portion(run, identifiers[start : start + _SHOWN_AT_ONCE], written)
                self.catalogue.took_all(written, generation)
                if state != "done":
                    return state
        return "done"

    def _portion(self, run: Run, identifiers: Sequence[str], written: list[Item]) -> State:
        for identifier in identifiers:
            if run.cancelled.is_set():
                return "cancelled"
            try:
                result = self._patiently(run, identifier)
            except StoreUnavailable:
                return "cancelled" if run.cancelled.is_set() else "stopped"
            run.count(identifier, result)
            if isinstance(result, dict):
                written.append(result)
        return "done"

    def _patiently(self, run: Run, identifier: str) -> _Result:
        """Trying again can do no harm: what is done is not done twice."""
        for _ in range(_PATIENCE):
            try:
                return self._do(run, identifier)
            except StoreUnavailable:
                if run.cancelled.wait(_PAUSE_SECONDS):
                    raise
        return self._do(run, identifier)

    def _do(self, run: Run, identifier: str) -> _Result:
        for _ in range(_TRIES):
            try:
                return self._once(run, identifier)
            except Stale:
                continue
            except InvalidAsset as error:
                return LeftAlone(str(error))
        return LeftAlone("Too many people are changing it at the same time.")

    def _once(self, run: Run, identifier: str) -> _Result:
        item = self.repository.item(identifier)
        if item is None:
            return None
        stamp = Stamp(self.clock(), run.by, f"{run.identifier}/{identifier}")
        if operation_of(item) == stamp.operation:
            return item
        outcome = run.step.edit(Seen.of(self.model, item, stamp.at))
        if outcome is None or isinstance(outcome, LeftAlone):
            return outcome
        return self.repository.replace(item, amended(item, outcome, stamp))
