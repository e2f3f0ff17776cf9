"""Sandboxes: one basket per visitor, made on request, removed when unused."""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from services.errors import BasketError, CopiesRefused, StoreUnavailable
from services.sandbox.sandbox import SandboxFolder, left_behind, take

log = logging.getLogger(__name__)
MOST = 40
"""Copies at a time: each takes a table, and some 2 MB in the app and its store together."""
IDLE_SECONDS = 3600.0
"""After so long without being looked at, a copy is removed."""

_AT_ONCE = 2
"""Copies being made at the same time: the store does one thing after the other, and of twenty at
once the last would think that it does not answer."""


class Closing(Protocol):
    """What people look at: the services over one table."""

    def close(self) -> None:
        """End what was started."""
        ...


Thing = TypeVar("Thing", bound=Closing)
Made = TypeVar("Made", bound=Closing, covariant=True)


@dataclass(frozen=True)
class Wanted:
    """What a copy is to begin with, and since when it is wanted: begun anew, it is another one."""

    scenario: str
    since: datetime | None = None


@dataclass
class Sandbox(Generic[Thing]):
    """Somebody's copy."""

    folder: SandboxFolder
    person: str
    wanted: Wanted
    thing: Thing
    looked_at: float = field(default_factory=time.monotonic)


class Maker(Protocol[Made]):
    """Makes copies, and removes them with all that is in them."""

    def make(self, folder: SandboxFolder, scenario: str) -> Made:
        """The services over a table of their own with a scenario in it. Raises BasketError."""
        ...

    def remove(self, name: str) -> None:
        """Remove the table of the copy of this name, there or not. Raises StoreUnavailable."""
        ...


class SandboxService(Generic[Thing]):
    """The copies of this process, one a person at the most."""

    def __init__(
        self,
        folder: Path,
        maker: Maker[Thing] | None,
        *,
        most: int = MOST,
        idle: float = IDLE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._maker = maker
        self._most = most
        self._idle = idle
        self._clock = clock
        self._lock = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._copies: dict[str, Sandbox[Thing]] = {}
        self._named: dict[str, Sandbox[Thing]] = {}
        self._being_made = 0
        self._making = threading.Semaphore(_AT_ONCE)
        self._closed = False

    def __len__(self) -> int:
        return len(self._copies)

    def of(self, person: str) -> Thing | None:
        """What this person looks at instead of what everybody shares, if anything."""
        found = self._copies.get(person)
        if found is None:
            return None
        found.looked_at = self._clock()
        return found.thing

    def wanted_by(self, person: str) -> Wanted | None:
        """What this person's copy began with, if there is one."""
        found = self._copies.get(person)
        return found.wanted if found else None

    def named(self, name: str) -> Thing | None:
        """The copy of that name."""
        found = self._named.get(name)
        return found.thing if found else None

    def see_to(self, person: str, wanted: Wanted | None) -> bool:
        """Have the copy that is wanted, and no other one; whether one was made.

        Raises CopiesRefused if there are too many or can be none, StoreUnavailable.
        """
        if wanted is None and person not in self._copies:
            return False
        with self._turn_of(person):
            there = self._copies.get(person)
            if there is not None and there.wanted == wanted:
                return False
            if there is not None:
                self._end(there)
            if wanted is None:
                return False
            self._begin(person, wanted)
            return True

    def end(self, person: str) -> None:
        """Remove this person's copy, if there is one."""
        self.see_to(person, None)

    def sweep(self) -> list[str]:
        """Remove the copies that nobody has looked at for long; whose they were.

        What could not be removed before is tried again.
        """
        since = self._clock() - self._idle
        idle = [person for person, one in list(self._copies.items()) if one.looked_at < since]
        for person in idle:
            self.end(person)
        with suppress(StoreUnavailable):
            self.clear_away()
        return idle

    def clear_away(self) -> None:
        """Remove what processes that have ended left behind. Raises StoreUnavailable."""
        for folder in left_behind(self._folder):
            if self._maker is not None:
                try:
                    self._maker.remove(folder.name)
                except StoreUnavailable:
                    folder.leave_behind()
                    raise
            folder.give_up()

    def close(self) -> None:
        """Remove all copies, and make no more."""
        with self._lock:
            self._closed = True
        for person in list(self._copies):
            self.end(person)

    @contextmanager
    def _turn_of(self, person: str) -> Iterator[None]:
        """One at a time for each person: two tabs get one copy."""
        with self._lock:
            turn = self._turns.setdefault(person, threading.Lock())
        with turn:
            yield

    def _begin(self, person: str, wanted: Wanted) -> None:
        if self._maker is None:
            raise CopiesRefused(
                "This tour is on a copy of one’s own, and on AWS there are none: each would be a "
                "table with its costs."
            )
        with self._place(), self._making:
            folder = take(self._folder / secrets.token_hex(12))
            try:
                thing = self._maker.make(folder, wanted.scenario)
            except BasketError:
                self._forget(folder)
                raise
            copy = Sandbox(folder, person, wanted, thing, self._clock())
            with self._lock:
                self._copies[person] = self._named[folder.name] = copy

    @contextmanager
    def _place(self) -> Iterator[None]:
        with self._lock:
            if self._closed:
                raise StoreUnavailable("The app is closing.")
            if len(self._copies) + self._being_made >= self._most:
                raise CopiesRefused(
                    f"{self._most} people have a copy of their own already, and there is room for "
                    "no more. Try again when somebody has finished."
                )
            self._being_made += 1
        try:
            yield
        finally:
            with self._lock:
                self._being_made -= 1

    def _end(self, copy: Sandbox[Thing]) -> None:
        with self._lock:
            self._copies.pop(copy.person, None)
            self._named.pop(copy.folder.name, None)
        copy.thing.close()
        self._forget(copy.folder)

    def _forget(self, folder: SandboxFolder) -> None:
        try:
            if self._maker is not None:
                self._maker.remove(folder.name)
        except StoreUnavailable as error:
            log.warning("a copy is left behind for now: %s", error)
            folder.leave_behind()
        else:
            folder.give_up()
