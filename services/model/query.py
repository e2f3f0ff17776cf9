"""What can be asked of the basket, and what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.model.record import Asset

DEFAULT_SORT = "-createdAt"
PAGE_SIZE = 25


def sort_keys(sort: str) -> tuple[tuple[str, bool], ...]:
    """The names to put assets in order by, each with whether its order is turned around."""
    names = (name.strip() for name in sort.split(","))
    return tuple((name.removeprefix("-"), name.startswith("-")) for name in names if name)


@dataclass(frozen=True)
class Filter:
    """What is wanted of one field; what is said of it has to hold together."""

    any_of: tuple[str, ...] = ()
    """The values that are wanted, as texts: true is "true", 3 is "3"."""
    contains: str = ""
    """A part of its text; case does not matter."""
    least: str = ""
    """The smallest number or the earliest day (ISO 8601) that is wanted."""
    most: str = ""
    """The largest number or the latest day that is wanted, that whole day included."""
    below: str = ""
    """What the number or the day has to be smaller than."""
    empty: bool | None = None
    """Whether it has to be empty, or not to be; None if either will do."""

    @property
    def narrows(self) -> bool:
        """Whether it asks for less than everything."""
        return self != Filter()

    @property
    def has_range(self) -> bool:
        """Whether it has bounds."""
        return bool(self.least or self.most or self.below)


Narrowing = tuple[tuple[str, Filter], ...]
"""The filters that narrow, by field name, in order of the names."""


@dataclass(frozen=True)
class AssetQuery:
    """Which assets, in which order, and which part of them."""

    text: str = ""
    """Words that all have to occur in some field; case does not matter."""
    filters: Mapping[str, Filter] = field(default_factory=dict)
    """By field: what is wanted of it."""
    sort: str = DEFAULT_SORT
    """Names outside Python with commas between, the most important first; a minus before a name
    turns its order around."""
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
        return bool(self.text.strip() or self.narrowing)

    @property
    def narrowing(self) -> Narrowing:
        """The filters that narrow."""
        return tuple(
            sorted(
                ((name, wanted) for name, wanted in self.filters.items() if wanted.narrows),
                key=lambda entry: entry[0],
            )
        )


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
class Bucket:
    """How many assets have a number or a day between two bounds, as a Filter says them."""

    least: str
    below: str
    """Empty for the last bar of days: nothing is beyond it."""
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
    spreads: Mapping[str, tuple[Bucket, ...]] = field(default_factory=dict)
    """By field of numbers or days: how many of what matches every other filter lie where."""

    @property
    def is_empty_basket(self) -> bool:
        """Whether there is nothing to find at all."""
        return self.everything == 0
