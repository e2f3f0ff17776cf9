"""The read model: everything in the basket, in memory, as new as the last question."""

import gc
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from services.errors import StoreUnavailable
from services.model.current import Model, current
from services.store.changes import ItemChange, LostTrack, Source
from services.store.checkpoint import Checkpoint
from services.store.columns import Columns
from services.store.items import Item
from services.store.picture import Picture
from services.store.replacing import KEY, Curtain
from services.store.table import SESSION_PREFIX, key_of

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 1.0
"""How long to leave a store in peace that did not answer: a click must not wait for it."""
_PAUSE_WRITING_MANY = 2.0
_PATIENCE_SECONDS = 2.0
"""How long a reader with a picture waits for a newer one."""


@dataclass(frozen=True)
class Freshness:
    """How new a picture is."""

    revision: int
    """Rises with each change that was seen."""
    away_since: float | None
    """time.time() when the store stopped answering; None while it answers."""
    basket: int = 0
    """Of these changes, how many were not to sessions."""
    talk: int = 0
    """How many were to sessions, and to what was said there."""

    @property
    def mark(self) -> str:
        """The same for as long as a page drawn from the basket would look the same."""
        away = "" if self.away_since is None else " away"
        return f"{self.basket}{away}"


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
        self._loads = 0
        self._lost = False
        self._loading: threading.Thread | None = None
        self._picture: Picture | None = None
        self._behind: Picture | None = None
        self._curtain = Curtain()
        self._closed = False
        self._replacing = False
        self._revision = 0
        self._basket = 0
        self._talk = 0
        self._away_since: float | None = None
        self._not_before = 0.0
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

    def _read(self) -> Picture:
        self.refresh()
        model = current()
        if self._picture is not None and self._picture.columns.model is not model:
            self._follow(model)
        if self._picture is None:
            raise StoreUnavailable
        return self._picture

    def _follow(self, model: Model) -> None:
        """Turn the picture into one of another model; who keeps to an older one does without."""
        with self._asking:
            there = self._picture
            if there is not None and there.columns.model.generation < model.generation:
                self._picture = there.under(model)
                self._revision += 1

    @property
    def freshness(self) -> Freshness:
        """How new the last picture is."""
        return Freshness(self._revision, self._away_since, self._basket, self._talk)

    @property
    def generation(self) -> int:
        """How often everything was loaded; a write notes it before it is sent."""
        return self._loads

    def refresh(self) -> None:
        """Ask the store for news, unless somebody has just begun to.

        With a picture to fall back on nobody waits much longer than a second.
        """
        ticket = self._asked
        patience = -1.0 if self._picture is None else _PATIENCE_SECONDS
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
        self._take([ItemChange(key, None)], generation)

    def _take(self, changes: list[ItemChange], generation: int) -> None:
        if not self._asking.acquire(timeout=_PATIENCE_SECONDS):
            return
        try:
            if generation == self._loads:
                self._apply(changes)
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
            newest = self._behind or self._picture
            if newest is None or self._away_since is not None:
                raise StoreUnavailable
            self._replacing = True
            return newest.columns

    def check_writable(self) -> None:
        """Raises StoreUnavailable while this process replaces all assets."""
        if self._closed:
            raise StoreUnavailable("All assets are being replaced by others just now.")

    def _ask(self) -> None:
        try:
            if self._picture is None:
                self._take_over(self._load())
            elif self._lost:
                self._load_aside()
                return
            else:
                self._apply(self._source.news())
            self._back()
        except LostTrack:
            self._lost = True
            self._load_aside()
        except StoreUnavailable as error:
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
        except (StoreUnavailable, LostTrack) as error:
            with self._asking:
                self._stay_away(error)
            return
        with self._asking:
            self._take_over(loaded)
            self._back()

    def _load(self) -> Picture:
        return Picture.of(self._source.load())

    def _take_over(self, loaded: Picture) -> None:
        self._lost = False
        self._loads += 1
        if self._checkpoint is not None and not self._is_meant(loaded):
            self._checkpoint.loaded(loaded.columns)
        self._show(loaded)
        # What was just loaded stays: spare the garbage collector from walking it at each click.
        gc.collect()
        gc.freeze()

    def _is_meant(self, loaded: Picture) -> bool:
        """Whether what is gone was replaced on purpose, and is not lost."""
        before = self._picture
        return before is not None and before.others.get(KEY) != loaded.others.get(KEY)

    def _apply(self, changes: list[ItemChange]) -> None:
        newest = self._behind or self._picture
        if newest is None:
            return
        after = newest.with_changes(changes)
        if self._behind is not None:
            self._show(after)
        elif after is not newest:
            about = {change.key.startswith(SESSION_PREFIX) for change in changes}
            self._show(after, basket=False in about, talk=True in about)

    def _show(self, picture: Picture, *, basket: bool = True, talk: bool = True) -> None:
        is_news = picture is not self._behind
        if self._picture is not None and self._curtain.hides(picture.others, is_news=is_news):
            self._behind = picture
            return
        self._behind = None
        self._picture = picture
        self._revision += 1
        self._basket += basket
        self._talk += talk
        if self._checkpoint is not None:
            self._checkpoint.changed(picture.columns)

    def _back(self) -> None:
        self._away_since = None
        pause = _PAUSE_WRITING_MANY if self._writing_many else self._same_moment
        if self._behind is not None:
            pause = _PAUSE_SECONDS
        self._not_before = time.monotonic() + pause

    def _stay_away(self, error: Exception) -> None:
        if self._away_since is None:
            log.warning("the store does not answer: %s", error)
        self._away_since = self._away_since or time.time()
        self._not_before = time.monotonic() + _PAUSE_SECONDS
