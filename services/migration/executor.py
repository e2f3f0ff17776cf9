"""Doing a step to one asset, once, whoever else changes it meanwhile."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from services.errors import AssetNotFound, Conflict, InvalidAsset
from services.migration.steps import LeftAlone, Seen, Step
from services.model.current import Model
from services.model.problem import Problem
from services.model.record import Asset
from services.store.assets.amending import Stamp, amended
from services.store.assets.items import from_item, operation_of
from services.store.assets.repository import AssetRepository, OptimisticLockError
from services.store.attributes import Item
from services.store.read_model.catalogue import Catalogue

_TRIES = 20


@dataclass(frozen=True)
class Executor:
    """Does one step under one model, as a job wants it done."""

    step: Step
    model: Model
    repository: AssetRepository
    catalogue: Catalogue
    clock: Callable[[], datetime]

    def do(self, identifier: str, *, version: int, by: str, draft: str) -> Asset:
        """Do the step to the asset as it is now; repeating it with the same draft does it once.

        Raises AssetNotFound, Conflict if somebody has changed the asset so that nothing is left to
        do, InvalidAsset if it would do the asset no good, StoreUnavailable.
        """
        for _ in range(_TRIES):
            item = self._read(identifier)
            stamp = Stamp(self.clock(), by, f"{draft}/{identifier}")
            if operation_of(item) == stamp.operation:
                return from_item(item).asset
            outcome = self.step.edit(Seen.of(self.model, item, stamp.at))
            if isinstance(outcome, LeftAlone):
                raise InvalidAsset([Problem("", outcome.reason)])
            if outcome is None:
                return _as_it_was(item, version)
            # Who was overtaken looks at what the asset has become: nobody's change is taken away.
            with suppress(OptimisticLockError):
                return self._write(item, amended(item, outcome, stamp))
        raise InvalidAsset([Problem("", "Too many people are changing it at the same time.")])

    def get(self, identifier: str) -> Asset:
        """The asset as it is, for what is to be said of it. Raises as `do` does."""
        return from_item(self._read(identifier)).asset

    def _read(self, identifier: str) -> Item:
        item = self.repository.item(identifier)
        if item is None:
            raise AssetNotFound(identifier)
        return item

    def _write(self, before: Item, after: Item) -> Asset:
        self.catalogue.check_writable()
        generation = self.catalogue.generation
        written = self.repository.replace(before, after)
        self.catalogue.took(written, generation)
        return from_item(written).asset


def _as_it_was(item: Item, version: int) -> Asset:
    asset = from_item(item).asset
    if asset.version != version:
        raise Conflict(asset)
    return asset
