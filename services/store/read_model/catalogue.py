"""Read model of the table: in memory, brought up to date by its stream before each query."""

import gc
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from services.errors import StoreUnavailable
from services.model.current import current
from services.store.attributes import Item
from services.store.read_model.changes import ItemChange, LostTrack, Source
from services.store.read_model.checkpoint import Checkpoint
from services.store.read_model.columns import Columns
from services.store.read_model.freshness import FreshnessCache
from services.store.read_model.screen import Freshness, PublishedSnapshot
from services.store.read_model.snapshot import Snapshot
from services.store.table import key_of

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 1.0
"""How long to leave a store in peace that did not answer: a click must not wait for it."""
_PAUSE_WRITING_MANY = 2.0
_PATIENCE_SECONDS = 2.0
"""How long a reader with a picture waits for a newer one."""


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
        self._screen = PublishedSnapshot(checkpoint)
        self._asking = threading.Lock()
        self._asked = 0
        self._loads = 0
        self._lost = False
        self._loading: threading.Thread | None = None
        self._closed = False
        self._replacing = False
        self._away_since: float | None = None
        self._not_before = 0.0
        self._silence = FreshnessCache(source.pulse)
        self._writing_many = 0

    def read(self) -> Columns:
        """The basket as it is now; as it last was, if the store does not answer.

        Raises StoreUnavailable if it has never answered.
        """
        return self._read().columns

    def others(self, prefix: str) -> list[Item]:
        """The items that are no assets and whose key begins so, in the order of their keys.

        Raises StoreUnavailable if the store has never answered.
        """
        return self._read().others_from(prefix)

    @property
    def shown(self) -> Columns | None:
        """The basket as it was read last, without asking the store; None before the first time."""
        picture = self._screen.picture
        return picture.columns if picture and picture.columns.model is current() else None

    def _read(self) -> Snapshot:
        self.refresh()
        model, shown = current(), self._screen.picture
        if shown is not None and shown.columns.model is not model:
            with self._asking:
                self._screen.follow(model)
        if self._screen.picture is None:
            raise StoreUnavailable
        return self._screen.picture

    @property
    def freshness(self) -> Freshness:
        """How new the last picture is."""
        return self._screen.freshness(self._away_since)

    @property
    def last_read(self) -> Columns | None:
        """The basket as it was read last, without asking for it; None before it was ever read."""
        picture = self._screen.picture
        return picture.columns if picture else None

    @property
    def generation(self) -> int:
        """How often everything was loaded; a write notes it before it is sent."""
        return self._loads

    def refresh(self) -> None:
        """Ask the store for news, unless somebody has just begun to.

        With a picture to fall back on nobody waits much longer than a second. Where the store's
        pulse tells that there are none, it is not asked.
        """
        if self._silence.lasts and not self._lost:
            return
        ticket = self._asked
        patience = -1.0 if self._screen.picture is None else _PATIENCE_SECONDS
        if not self._asking.acquire(timeout=patience):
            return
        try:
            if self._asked == ticket and self._may_ask():
                self._asked += 1
                self._ask()
        finally:
            self._asking.release()

    def _may_ask(self) -> bool:
        return not self._replacing and time.monotonic() >= self._not_before

    def took(self, item: Item, generation: int) -> None:
        """Show what this process has just written, without asking for it.

        Not if everything was loaded since `generation`: the store may have lost it meanwhile, and
        if it has not, the load or the stream tells.
        """
        self.took_all([item], generation)

    def took_all(self, items: Sequence[Item], generation: int) -> None:
        """The same for many."""
        self._take([ItemChange(key_of(item), item) for item in items], generation)

    def dropped(self, key: str, generation: int) -> None:
        """Show no more what this process has just deleted; see `took`."""
        self.dropped_all([key], generation)

    def dropped_all(self, keys: Sequence[str], generation: int) -> None:
        """The same for many."""
        self._take([ItemChange(key, None) for key in keys], generation)

    def _take(self, changes: list[ItemChange], generation: int) -> None:
        if not self._asking.acquire(timeout=_PATIENCE_SECONDS):
            return
        try:
            if generation == self._loads:
                self._screen.apply(changes)
        finally:
            self._asking.release()

    @contextmanager
    def many_writes(self) -> Iterator[None]:
        """While this process writes very much, what it wrote is shown as it says so.

        The stream, which tells the same much later, is asked only now and then, so that others'
        changes appear as well.
        """
        with self._asking:
            self._writing_many += 1
            self._not_before = max(self._not_before, time.monotonic() + _PAUSE_WRITING_MANY)
        try:
            yield
        finally:
            with self._asking:
                self._writing_many -= 1
                self._not_before = 0.0

    @contextmanager
    def replaced(self) -> Iterator[Columns]:
        """While this process replaces all assets: the old ones are shown, then the new ones.

        Yields what is there; nobody else in this process may write meanwhile. Raises
        StoreUnavailable.
        """
        with self._asking:
            self._closed = True
            self._not_before = 0.0
        try:
            yield self._last_look()
        finally:
            with self._asking:
                self._closed = self._replacing = False
                self._lost = True
                self._not_before = 0.0
            self.refresh()

    def _last_look(self) -> Columns:
        self.refresh()
        with self._asking:
            newest = self._screen.newest
            if newest is None or self._away_since is not None:
                raise StoreUnavailable
            self._replacing = True
            return newest.columns

    def check_writable(self) -> None:
        """Raises StoreUnavailable while this process replaces all assets, or another one that was
        seen to.
        """
        if self._closed or self._screen.keeps_back:
            raise StoreUnavailable("All assets are being replaced by others just now.")

    def _ask(self) -> None:
        pulse = self._silence.broken()
        try:
            if self._screen.picture is None:
                self._take_over(self._load())
            elif self._lost:
                self._load_aside()
                return
            else:
                self._screen.apply(self._source.news())
            self._back()
            self._silence.begins(pulse)
        except LostTrack:
            self._lost = True
            self._load_aside()
        except StoreUnavailable as error:
            self._stay_away(error)
        except Exception as error:
            log.exception("what the store tells is not understood")
            self._lost = True
            self._stay_away(error)

    def _load_aside(self) -> None:
        """Load everything again while the old picture is shown; wait for it, but not for long."""
        if self._loading is None or not self._loading.is_alive():
            self._loading = threading.Thread(target=self._load_and_take_over, daemon=True)
            self._loading.start()
        self._asking.release()
        try:
            self._loading.join(_PATIENCE_SECONDS)
        finally:
            self._asking.acquire()

    def _load_and_take_over(self) -> None:
        try:
            loaded = self._load()
            with self._asking:
                self._take_over(loaded)
                self._back()
        except Exception as error:
            if not isinstance(error, StoreUnavailable | LostTrack):
                log.exception("what the store holds is not understood")
            with self._asking:
                self._lost = True
                self._stay_away(error)

    def _load(self) -> Snapshot:
        return Snapshot.of(self._source.load())

    def _take_over(self, loaded: Snapshot) -> None:
        self._lost = False
        self._loads += 1
        self._screen.load(loaded)
        # What was just loaded stays: spare the garbage collector from walking it at each click.
        gc.collect()
        gc.freeze()

    def _back(self) -> None:
        self._away_since = None
        pause = _PAUSE_WRITING_MANY if self._writing_many else self._same_moment
        if self._screen.keeps_back:
            pause = _PAUSE_SECONDS
        self._not_before = time.monotonic() + pause

    def _stay_away(self, error: Exception) -> None:
        if self._away_since is None:
            log.warning("the store does not answer: %s", error)
        self._away_since = self._away_since or time.time()
        self._not_before = time.monotonic() + _PAUSE_SECONDS
