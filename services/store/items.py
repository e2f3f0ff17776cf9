"""Between an asset and its item: names, types, sizes."""

import base64
import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from pydantic import ValidationError

from services.errors import InvalidAsset
from services.model.asset import AssetInput
from services.model.history import Change, Story, added
from services.model.record import NEVER, Asset, Record
from services.model.words import Problem
from services.store.table import ASSET_PREFIX, META, asset_key, key_of

Item = dict[str, dict[str, Any]]
"""An item as DynamoDB JSON: {"name": {"S": "S&P500"}}."""

MAX_ITEM_BYTES = 400 * 1024
"""DynamoDB's own limit on an item; source: its Service Quotas page."""

MAX_CHANGES = 200
"""How many changes an asset's history holds; older ones make room, so that editing never ends."""

_KEYS = ("PK", "SK")
_OURS = ("operation", "history")


class _Deserializer(TypeDeserializer):  # type: ignore[misc]  # boto3 ships no types
    """Takes binary values as they stand in JSON, too."""

    def _deserialize_n(self, value: str) -> Decimal:
        # Moto keeps more than the 38 digits that boto3's own reading allows.
        return Decimal(value)

    def _deserialize_b(self, value: str | bytes) -> Any:
        raw = base64.b64decode(value) if isinstance(value, str) else value
        return super()._deserialize_b(raw)


_serializer = TypeSerializer()
_deserializer = _Deserializer()


@dataclass(frozen=True)
class Stored:
    """An asset with what the store keeps beside it."""

    asset: Asset
    operation: str
    """The id of the change that made the item what it is."""
    history: tuple[Change, ...] = ()
    """What has happened to it since it was added, oldest first."""
    extra: "Item | None" = None
    """Attributes that no model knows, kept as they are."""
    found_version: dict[str, Any] | None = field(default=None, compare=False)
    """The version as it stands in the item, whoever wrote it; None if there is none."""

    @property
    def story(self) -> Story:
        """The asset with all that happened to it, newest first."""
        return Story(self.asset, tuple(reversed((added(self.asset), *self.history))))

    def but(self, asset: Asset, operation: str, change: Change) -> "Stored":
        """The next state of the same item."""
        return replace(self, asset=asset, operation=operation, history=(*self.history, change))


def to_item(stored: Stored) -> Item:
    """The item that keeps the asset.

    Raises InvalidAsset if it is larger than DynamoDB allows.
    """
    plain = stored.asset.model_dump(by_alias=True, exclude_none=True, warnings=False)
    plain["operation"] = stored.operation
    if stored.history:
        # As text: nested maps made a stream record of an often edited asset slow to read.
        plain["history"] = [
            change.model_dump_json(by_alias=True, exclude_none=True)
            for change in stored.history[-MAX_CHANGES:]
        ]
    item = {name: _serializer.serialize(_storable(value)) for name, value in plain.items()}
    item = {**(stored.extra or {}), **asset_key(stored.asset.identifier), **item}
    if size(item) > MAX_ITEM_BYTES:
        raise InvalidAsset([Problem("", "This is more than one asset can hold (400 KB).")])
    return item


def from_item(item: Item) -> Stored:
    """The asset that an item keeps, whoever wrote it.

    Values that do not fit today's model are kept as they are; what is missing is None.
    """
    plain = plain_values(item)
    return Stored(
        asset=_asset(item, {name: plain[name] for name in _asset_names() & plain.keys()}),
        operation=str(plain.get("operation", "")),
        history=_history(plain.get("history", ())),
        extra={name: item[name] for name in plain if name not in {*_asset_names(), *_OURS}},
        found_version=item.get("version"),
    )


def _asset(item: Item, known: dict[str, Any]) -> Asset:
    try:
        return Asset.model_validate({"version": 0, **known})
    except ValidationError:
        return _as_stored(key_of(item).removeprefix(ASSET_PREFIX).removesuffix(f"|{META}"), known)


def _as_stored(identifier: str, known: dict[str, Any]) -> Asset:
    """An asset that somebody else wrote, or an older model: unchecked, so that it can be seen."""
    system = _valid(known)
    added = {"createdAt": NEVER, "createdBy": "somebody", "version": 0, **system}
    changed = {"updatedAt": added["createdAt"], "updatedBy": added["createdBy"]}
    record = Record.model_validate({"identifier": identifier, **changed, **added})
    values: Any = {
        name: known.get(info.alias or name) for name, info in AssetInput.model_fields.items()
    }
    return Asset.model_construct(**dict(record), **values)


def _valid(known: dict[str, Any]) -> dict[str, Any]:
    """The system's attributes, as far as they are what they should be."""
    names = {info.alias or name for name, info in Record.model_fields.items()}
    system = {name: value for name, value in known.items() if name in names}
    try:
        Record.model_validate(system)
    except ValidationError as error:
        for detail in error.errors():
            system.pop(str(detail["loc"][0]), None)
    return system


def _history(entries: Any) -> tuple[Change, ...]:
    try:
        return tuple(_change(entry) for entry in entries)
    except (ValidationError, TypeError):
        return ()


def _change(entry: Any) -> Change:
    if isinstance(entry, str):
        return Change.model_validate_json(entry)
    return Change.model_validate(entry)


def plain_values(item: Item) -> dict[str, Any]:
    """The item's attributes as Python values, without its keys."""
    return {
        name: _deserializer.deserialize(value) for name, value in item.items() if name not in _KEYS
    }


def dumps(item: Item) -> str:
    """The item as a line of DynamoDB JSON: the same line for the same item."""
    return json.dumps(
        item, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_binary
    )


def loads(line: str) -> Item:
    """The item on a line of DynamoDB JSON."""
    item: Item = json.loads(line)
    return item


def size(item: Item) -> int:
    """About as many bytes as DynamoDB counts for the item, never fewer."""
    return len(dumps(item).encode())


@cache
def _asset_names() -> frozenset[str]:
    return frozenset(info.alias or name for name, info in Asset.model_fields.items())


def _storable(value: Any) -> Any:
    """The value as boto3's serializer takes it: it refuses float, date and Enum."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case float():
            return Decimal(repr(value))
        case dict():
            return {name: _storable(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_storable(inner) for inner in value]
        case _:
            return value


def _binary(value: object) -> str:
    if isinstance(value, bytes | bytearray):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} is not DynamoDB JSON")
