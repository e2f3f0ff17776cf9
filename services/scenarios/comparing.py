"""What two states of the basket do not have in common."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.model.current import fields
from services.model.fields.flat import flat
from services.model.record import Asset
from services.model.words import name_of
from services.scenarios.lines import Lines
from services.store.assets.items import from_item
from services.store.attributes import loads

IN_THE_BIN = "deletedAt"


@dataclass(frozen=True)
class FieldDifference:
    """A field that is not the same."""

    field: str
    """Its name outside Python; `IN_THE_BIN` for whether the asset is in the bin."""
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """An asset that is not the same."""

    name: str
    fields: tuple[FieldDifference, ...]


@dataclass(frozen=True)
class Comparison:
    """What becomes of one state when it turns into another."""

    before: Lines
    after: Lines

    @property
    def added(self) -> list[str]:
        """The keys of what only the second has."""
        return [key for key in self.after if key not in self.before]

    @property
    def removed(self) -> list[str]:
        """The keys of what only the first has."""
        return [key for key in self.before if key not in self.after]

    @property
    def changed(self) -> list[str]:
        """The keys of what both have, not alike."""
        both = (key for key in self.after if key in self.before)
        return [key for key in both if self.before[key] != self.after[key]]

    @property
    def is_empty(self) -> bool:
        """Whether both are alike."""
        return dict(self.before) == dict(self.after)

    def name(self, key: str) -> str:
        """What the asset of that key is called; as it is afterwards, if it is there."""
        return name_of(_asset(self.after.get(key) or self.before[key]))

    def difference(self, key: str) -> Difference:
        """Of a changed asset, its fields that are not the same; none if only its history is."""
        before, after = _asset(self.before[key]), _asset(self.after[key])
        old, new = _values(before), _values(after)
        found = (
            FieldDifference(name, old.get(name), new.get(name))
            for name in {**old, **new}
            if old.get(name) != new.get(name)
        )
        return Difference(name_of(after), tuple(found))

    def differences(self) -> Iterator[Difference]:
        """Of each changed asset."""
        return map(self.difference, self.changed)


def gone_with(since: Comparison | None) -> str:
    """What goes when a replacement is undone, in words; empty for nothing.

    `since`: what has become of its assets; None if nobody knows any more what they were.
    """
    if since is None:
        return "Whatever was added or changed since goes."
    parts = ((len(since.added), "added"), (len(since.changed), "changed"))
    counted = [f"{count:,} {word}" for count, word in parts if count]
    return f"Since then: {' and '.join(counted)}. That goes." if counted else ""


def in_the_bin(lines: Lines) -> int:
    """How many of the assets are in the bin."""
    return sum(IN_THE_BIN in loads(line) for line in lines.values())


def _asset(line: str) -> Asset:
    return from_item(loads(line)).asset


def _values(asset: Asset) -> Mapping[str, Any]:
    known = flat(fields(), asset.plain())
    return {**known, **asset.fit.gone, IN_THE_BIN: asset.deleted_at is not None}
