"""Assets in the table: read by key, written whole, exactly once."""

from dataclasses import replace

from services.store.assets.items import Stored, from_item, to_item
from services.store.assets.writer import ConditionFailed, ItemWriter, if_as_found, if_new
from services.store.attributes import Item
from services.store.gateway import Gateway
from services.store.table import asset_key


class OptimisticLockError(Exception):
    """The asset is no longer what the writer thought."""

    def __init__(self, current: Stored | None) -> None:
        super().__init__("The asset has another version.")
        self.current = current


class AssetRepository:
    """The assets of one table."""

    def __init__(self, gateway: Gateway, table: str) -> None:
        self._writer = ItemWriter(gateway, table)

    def get(self, identifier: str) -> Stored | None:
        """The asset with this identifier; None if there is none. Raises StoreUnavailable."""
        item = self.item(identifier)
        return from_item(item) if item else None

    def put(self, stored: Stored, expected: int | None) -> Stored:
        """Write the whole item, if it still is what was read, in the expected version.

        With None as the version: if it is new.

        Returns what is there now: after a repeated try, what the first one wrote.

        Written exactly once however often it is tried with the same operation id. Raises Stale
        with what is there instead, StoreUnavailable if it is not certain that the change was
        written, InvalidAsset if it is too large.
        """
        item = to_item(stored)
        condition = if_new() if expected is None else if_as_found(stored.found, expected)
        try:
            there = self._writer.put(item, condition)
        except ConditionFailed as error:
            raise _stale(error) from error
        if there is not item:
            return from_item(there)
        return replace(stored, found=item, read=stored.asset)

    def item(self, identifier: str) -> Item | None:
        """The asset's item as it stands; None if there is none. Raises StoreUnavailable."""
        return self._writer.get(asset_key(identifier))

    def replace(self, before: Item, after: Item) -> Item:
        """Write an item in the place of the one that was read, unless it is another now.

        Returns what is there now: after a repeated try, what the first one wrote. Raises Stale,
        StoreUnavailable if it is not certain that the change was written.
        """
        try:
            return self._writer.put(after, if_as_found(before))
        except ConditionFailed as error:
            raise _stale(error) from error

    def put_back(self, item: Item) -> None:
        """Write an item as it once was, unless there is one with its key.

        Raises StoreUnavailable.
        """
        self._writer.put_if_new(item)

    def remove(self, identifier: str, expected: int) -> None:
        """Delete the item for good, if its version is still the expected one.

        Raises Stale and StoreUnavailable.
        """
        current = self.get(identifier)
        if current is None:
            return
        if current.asset.version != expected:
            raise OptimisticLockError(current)
        condition = if_as_found(current.found, expected)
        try:
            self._writer.remove(asset_key(identifier), condition)
        except ConditionFailed as error:
            raise _stale(error) from error


def _stale(error: ConditionFailed) -> OptimisticLockError:
    return OptimisticLockError(from_item(error.current) if error.current else None)
