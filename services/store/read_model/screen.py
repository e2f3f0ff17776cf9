"""Published snapshot: what readers see, and how fresh it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.model.current import Model
from services.store.read_model.changes import ItemChange
from services.store.read_model.checkpoint import Checkpoint
from services.store.read_model.snapshot import Snapshot
from services.store.read_model.visibility import KEY, VisibilityGate
from services.store.table import SESSION_PREFIX


@dataclass(frozen=True)
class Freshness:
    """How fresh a snapshot is."""

    revision: int
    """Rises with each change that was seen."""
    away_since: float | None
    """time.time() when the store stopped answering; None while it answers."""
    basket: int = 0
    """How many of these changes were to assets."""
    talk: int = 0
    """How many were to sessions and feedback."""

    @property
    def mark(self) -> str:
        """The same for as long as a page drawn from the basket would look the same."""
        away = "" if self.away_since is None else " away"
        return f"{self.basket}{away}"


class PublishedSnapshot:
    """Shows one picture after another; while all assets are being replaced, the one before.

    Its owner sees to it that nobody else changes it at the same moment.
    """

    def __init__(self, checkpoint: Checkpoint | None = None) -> None:
        self.picture: Snapshot | None = None
        """What is shown."""
        self._behind: Snapshot | None = None
        self._curtain = VisibilityGate()
        self._checkpoint = checkpoint
        self._revision = 0
        self._basket = 0
        self._talk = 0

    def freshness(self, away_since: float | None) -> Freshness:
        """How new what is shown is."""
        return Freshness(self._revision, away_since, self._basket, self._talk)

    @property
    def newest(self) -> Snapshot | None:
        """What is known, shown or not yet."""
        return self._behind or self.picture

    @property
    def keeps_back(self) -> bool:
        """Whether what is known is not shown yet."""
        return self._behind is not None

    def load(self, loaded: Snapshot) -> None:
        """Show what was loaded as a whole."""
        if self._checkpoint is not None and not self._is_meant(loaded):
            self._checkpoint.loaded(loaded)
        self._show(loaded)

    def apply(self, changes: Sequence[ItemChange]) -> None:
        """Show what has changed."""
        newest = self.newest
        if newest is None:
            return
        after = newest.with_changes(list(changes))
        if self._behind is not None:
            self._show(after)
        elif after is not newest:
            about = {change.key.startswith(SESSION_PREFIX) for change in changes}
            self._show(after, basket=False in about, talk=True in about)

    def follow(self, model: Model) -> None:
        """Turn the picture into one of another model; who keeps to an older one does without."""
        there = self.picture
        if there is not None and there.columns.model.generation < model.generation:
            self.picture = there.under(model)
            self._revision += 1

    def _is_meant(self, loaded: Snapshot) -> bool:
        """Whether what is gone was replaced on purpose, and is not lost."""
        before = self.picture
        return before is not None and before.others.get(KEY) != loaded.others.get(KEY)

    def _show(self, picture: Snapshot, *, basket: bool = True, talk: bool = True) -> None:
        is_news = picture is not self._behind
        if self.picture is not None and self._curtain.hides(picture.others, is_news=is_news):
            self._behind = picture
            return
        self._behind = None
        self.picture = picture
        self._revision += 1
        self._basket += basket
        self._talk += talk
        if self._checkpoint is not None:
            self._checkpoint.changed(picture)
