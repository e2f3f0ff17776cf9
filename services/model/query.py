"""What can be asked of the basket, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.model.record import Asset

DEFAULT_SORT = "-createdAt"
PAGE_SIZE = 25


@dataclass(frozen=True)
class AssetQuery:
    """Which assets, in which order, and which part of them."""

    text: str = ""
    """Words that all have to occur in some field; case does not matter."""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By field: the values that are wanted."""
    sort: str = DEFAULT_SORT
    """A field's name outside Python; a minus before it turns the order around."""
    start: int = 0
    """How many assets to pass over."""
    limit: int = PAGE_SIZE
    binned: bool = False
    """Whether the bin is asked, instead of the basket."""

    def within(self, total: int) -> "AssetQuery":
        """The same for the last part, if this one starts behind the end."""
        if self.start < total or not self.limit:
            return self
        return replace(self, start=max(0, total - 1) // self.limit * self.limit)

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than everything."""
        return bool(self.text.strip() or any(self.filters.values()))


EVERYTHING = AssetQuery(limit=0)
"""Asks for no asset, but for what can be said of all of them."""

BIN = AssetQuery(sort="-updatedAt", limit=100, binned=True)
"""Asks for what went into the bin last."""


@dataclass(frozen=True)
class Count:
    """How many assets have one value."""

    value: str
    count: int


@dataclass(frozen=True)
class AssetPage:
    """Some of the assets that were asked for, and what can be said of all of them."""

    items: tuple[Asset, ...]
    total: int
    """How many match."""
    everything: int
    """How many there are, whether they match or not."""
    facets: Mapping[str, tuple[Count, ...]]
    """By categorical field: its values among what matches every other filter, most first."""
    start: int = 0

    @property
    def is_empty_basket(self) -> bool:
        """Whether there is nothing to find at all."""
        return self.everything == 0
