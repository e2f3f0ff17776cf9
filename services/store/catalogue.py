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
from services.store.items import Item
from services.store.rows import is_asset
from services.store.table import key_of

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

    Whoever asks while somebody else is asking waits for that one's answer instead; who asks within
    `same_moment` seconds after it has that answer too. This process's own writes are known at once.
    """

    def __init__(
        self, source: Source, checkpoint: Checkpoint | None = None, *, same_moment: float = 0.0
    ) -> None:
        self._source = source
        self._same_moment = same_moment
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
                self._not_before = time.monotonic() + self._same_moment
            except StoreUnavailable as error:
                self._stay_away(error)

    def took(self, item: Item) -> None:
        """Show what this process has just written, without asking for it."""
        with self._asking:
            self._apply([ItemChange(key_of(item), item)])

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
        if self._columns is None:
            return
        latest = {change.key: change.item for change in changes if is_asset(change.key)}
        news = self._columns.news_in(latest)
        if news:
            self._show(self._columns.with_changes(news))
            if self._checkpoint is not None:
                self._checkpoint.changed(self._columns)

    def _show(self, columns: Columns) -> None:
        self._columns = columns
        self._revision += 1

    def _stay_away(self, error: StoreUnavailable) -> None:
        log.warning("the store does not answer: %s", error)
        self._away_since = self._away_since or time.time()
        self._not_before = time.monotonic() + _PAUSE_SECONDS
