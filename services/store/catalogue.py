"""The read model: everything in the basket, in memory, as new as the last question."""

import gc
import logging
import threading
import time
from dataclasses import dataclass

from services.errors import StoreUnavailable
from services.store.changes import ItemChange, LostTrack, Source
from services.store.checkpoint import Checkpoint
from services.store.columns import Columns
from services.store.rows import is_asset

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 1.0
"""How long to leave a store in peace that did not answer: a click must not wait for it."""


@dataclass(frozen=True)
class Freshness:
    """How new a picture is."""

    revision: int
    """Rises with each change that was seen."""
    away_since: float | None
    """time.time() when the store stopped answering; None while it answers."""

    @property
    def mark(self) -> str:
        """The same for as long as a page drawn from the picture would look the same."""
        return f"{self.revision}{'' if self.away_since is None else ' away'}"


class Catalogue:
    """One per process, shared by everybody who reads.

    Whoever asks while somebody else is asking waits for that one's answer instead.
    """

    def __init__(self, source: Source, checkpoint: Checkpoint | None = None) -> None:
        self._source = source
        self._checkpoint = checkpoint
        self._asking = threading.Lock()
        self._asked = 0
        self._columns: Columns | None = None
        self._revision = 0
        self._away_since: float | None = None
        self._not_before = 0.0

    def read(self) -> Columns:
        """The basket as it is now; as it last was, if the store does not answer.

        Raises StoreUnavailable if it has never answered.
        """
        self.refresh()
        if self._columns is None:
            raise StoreUnavailable
        return self._columns

    @property
    def freshness(self) -> Freshness:
        """How new the last picture is."""
        return Freshness(self._revision, self._away_since)

    def refresh(self) -> None:
        """Ask the store for news, unless somebody has just begun to."""
        ticket = self._asked
        with self._asking:
            if self._asked > ticket or time.monotonic() < self._not_before:
                return
            self._asked += 1
            try:
                self._ask()
                self._away_since = None
            except StoreUnavailable as error:
                self._stay_away(error)

    def rebuild(self) -> None:
        """Load everything again at the next question."""
        with self._asking:
            self._columns = None

    def _ask(self) -> None:
        if self._columns is None:
            self._load()
            return
        try:
            self._apply(self._source.news())
        except LostTrack:
            self._load()

    def _load(self) -> None:
        loaded = Columns.of(self._source.load())
        if self._checkpoint is not None:
            self._checkpoint.loaded(loaded)
        self._show(loaded)
        # What was just loaded stays: spare the garbage collector from walking it at each click.
        gc.collect()
        gc.freeze()

    def _apply(self, changes: list[ItemChange]) -> None:
        latest = {change.key: change.item for change in changes if is_asset(change.key)}
        if latest and self._columns is not None:
            self._show(self._columns.with_changes(latest))
            if self._checkpoint is not None:
                self._checkpoint.changed(self._columns)

    def _show(self, columns: Columns) -> None:
        self._columns = columns
        self._revision += 1

    def _stay_away(self, error: StoreUnavailable) -> None:
        log.warning("the store does not answer: %s", error)
        self._away_since = self._away_since or time.time()
        self._not_before = time.monotonic() + _PAUSE_SECONDS
