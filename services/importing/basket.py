"""What the basket holds already, by the key that an import knows assets by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.importing.matching import IDENTIFIER
from services.model.current import fields
from services.model.fields.flat import flat
from services.model.fields.texts import texts_of
from services.model.query import AssetQuery
from services.store.assets.items import from_item
from services.store.attributes import loads
from services.store.read_model.columns import Columns


@dataclass(frozen=True)
class There:
    """An asset in the basket."""

    identifier: str
    version: int
    values: Mapping[str, Any]
    """By field name, as JSON has it."""


@dataclass
class Known:
    """The assets of the basket by one key; those that nobody asks for are never read."""

    by_key: dict[str, str] = field(default_factory=dict)
    """The items, as lines of DynamoDB JSON."""
    double: set[str] = field(default_factory=set)
    binned: set[str] = field(default_factory=set)

    @staticmethod
    def text(value: Any) -> str:
        """A value as a key."""
        return "\n".join(texts_of(value))

    def of(self, key: str) -> There | None:
        """The asset with this key; None if there is none."""
        line = self.by_key.get(key)
        if line is None:
            return None
        asset = from_item(loads(line)).asset
        return There(asset.identifier, asset.version, flat(fields(), asset.plain()))

    def problem(self, key: str) -> str:
        """Why no asset can be told by this key; empty if one can, or if there is none."""
        if key in self.double:
            return f"Several assets in the basket have “{key[:60]}”."
        return f"The asset “{key[:60]}” is in the bin." if key in self.binned else ""


def known_by(columns: Columns, key: str) -> Known:
    """The basket's assets by identifier or by a field."""
    known = Known()
    if not key:
        return known
    for line in columns.every_line(AssetQuery()):
        text = _key_of(line, key)
        if text in known.by_key:
            known.double.add(text)
        known.by_key[text] = line
    if key == IDENTIFIER:
        known.binned = set(columns.identifiers(AssetQuery(binned=True)))
    return known


def _key_of(line: str, key: str) -> str:
    item = loads(line)
    if key == IDENTIFIER:
        return str(item["PK"]["S"]).partition("#")[2]
    asset = from_item(item).asset
    spec = next(spec for spec in fields() if spec.name == key)
    return Known.text(spec.value_in(asset.plain()))
