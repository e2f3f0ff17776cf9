"""Snapshot of the table: assets as columns, and all other items."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from services.model.current import Model
from services.store.attributes import Item
from services.store.read_model.changes import MARK, ItemChange
from services.store.read_model.columns import Columns
from services.store.read_model.rows import is_asset
from services.store.table import key_of


@dataclass(frozen=True)
class Snapshot:
    """It never changes; what changes makes another one that shares what is the same."""

    columns: Columns
    """The assets."""
    others: Mapping[str, Item]
    """What is no asset, by key."""

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Snapshot":
        """The picture of these items under the model in force."""
        others: dict[str, Item] = {}
        return cls(Columns.of(_assets(items, others)), others)

    def under(self, model: Model) -> "Snapshot":
        """The same under another model."""
        return replace(self, columns=self.columns.under(model))

    def with_changes(self, changes: list[ItemChange]) -> "Snapshot":
        """The picture after these changes; this one, if they are no news."""
        assets = self.columns.news_in(_last_of_each(changes))
        others = _news_of_others(self.others, changes)
        if not (assets or others):
            return self
        columns = self.columns.with_changes(assets) if assets else self.columns
        there = {**self.others, **others} if others else self.others
        return Snapshot(columns, {key: item for key, item in there.items() if item is not None})

    def others_from(self, prefix: str) -> list[Item]:
        """What is no asset and has a key that begins so, in the order of the keys."""
        return [self.others[key] for key in sorted(self.others) if key.startswith(prefix)]


def _assets(items: Iterable[Item], others: dict[str, Item]) -> Iterator[Item]:
    """The assets among the items; what else there is goes into `others`."""
    for item in items:
        key = key_of(item)
        if is_asset(key):
            yield item
        elif key != MARK:
            others[key] = item


def _news_of_others(known: Mapping[str, Item], changes: list[ItemChange]) -> dict[str, Item | None]:
    last = {
        change.key: change.item
        for change in changes
        if not is_asset(change.key) and change.key != MARK
    }
    return {key: item for key, item in last.items() if known.get(key) != item}


def _last_of_each(changes: list[ItemChange]) -> dict[str, ItemChange]:
    """By asset, what it became in the end; having been away in between, it replaces nothing."""
    latest: dict[str, ItemChange] = {}
    for change in changes:
        if is_asset(change.key):
            before = latest.get(change.key)
            was_gone = before is not None and (before.item is None or before.reborn)
            latest[change.key] = replace(change, reborn=was_gone)
    return latest
