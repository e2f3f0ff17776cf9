"""Between an asset and its item: names, types, sizes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from services.errors import InvalidAsset
from services.model.current import Model, current, using
from services.model.fields.flat import emptied, flat
from services.model.history import Change, Story, added
from services.model.problem import Problem
from services.model.record import Asset
from services.store.assets.reading import gone_from, known_to, read_under, showable
from services.store.attributes import (
    _CONTAINER,
    Attribute,
    Item,
    _size,
    deserialized,
    loads,
    serialized,
    size,
)
from services.store.parsing import tell_once
from services.store.table import asset_key, key_of

MAX_ITEM_BYTES = 400 * 1024
"""DynamoDB's own limit on an item; source: its Service Quotas page."""

MAX_CHANGES = 200
"""How many changes an asset's history holds at the most; older ones make room, as they do where
the asset would be too large, so that editing never ends."""


_KEYS = ("PK", "SK")
_OURS = ("operation", "history")


@dataclass(frozen=True)
class Stored:
    """An asset with what the store keeps beside it."""

    asset: Asset
    operation: str
    """The id of the change that made the item what it is."""
    history: tuple[Change, ...] = ()
    """What has happened to it since it was added, oldest first."""
    extra: Item = field(default_factory=dict)
    """Attributes that the model does not know, kept as they are."""
    inside: Mapping[tuple[str, str], Attribute] = field(default_factory=dict)
    """The same inside of its nested models."""
    misfits: "Item | None" = None
    """Attributes that do not fit the model, as they are stored."""
    found: Item = field(default_factory=dict, compare=False, repr=False)
    """The item that it was read from, whoever wrote it."""
    read: Asset | None = field(default=None, compare=False, repr=False)
    """What that item was understood as."""

    @property
    def found_version(self) -> dict[str, Any] | None:
        """The version as it stands in the item, whoever wrote it; None if there is none."""
        return self.found.get("version")

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
    asset = stored.asset
    plain = asset.model_dump(by_alias=True, exclude_none=True, warnings=False)
    specs = current().fields
    for name in emptied(specs, flat(specs, plain)):
        # What is empty on purpose says so, lest it be taken for missing and read as the default.
        _holder(plain, name)[name.rpartition(".")[2]] = None
    for name in asset.fit.defaults:
        _holder(plain, name).pop(name.rpartition(".")[2], None)
    plain["operation"] = stored.operation
    item = {name: serialized(name, value) for name, value in plain.items()}
    if asset.fit.needs_attention:
        item |= stored.misfits or {}
    item = {**stored.extra, **asset_key(asset.identifier), **item, **_as_found(stored)}
    for (name, inner), attribute in stored.inside.items():
        item.setdefault(name, {"M": {}}).get("M", {}).setdefault(inner, attribute)
    room = MAX_ITEM_BYTES - size(item)
    if room < 0:
        raise too_large()
    if history := _history_attribute(stored.history, room):
        item["history"] = history
    return item


def _as_found(stored: Stored) -> Item:
    """What has not changed, as it stands there: other programs may write a value in another way."""
    if stored.read is None:
        return {}
    before, after = stored.read.plain(), stored.asset.plain()
    same = (name for name, value in after.items() if before.get(name) == value)
    return {name: stored.found[name] for name in same if name in stored.found}


def too_large() -> InvalidAsset:
    """What to raise for an item that DynamoDB would not take."""
    return InvalidAsset([Problem("", "This is more than one asset can hold (400 KB).")])


def _history_attribute(history: tuple[Change, ...], room: int) -> Attribute | None:
    """The history as it is kept beside the asset; None for one that there is no room for.

    As text: nested maps made a stream record of an often edited asset slow to read. Where the last
    change alone is too much, only that it was made is kept.
    """
    kept = newest([_entry(change) for change in history], room)
    if not kept and history:
        brief = history[-1].model_copy(update={"fields": {}, "undo": None, "cut": True})
        kept = newest([_entry(brief)], room)
    return {"L": kept} if kept else None


def _entry(change: Change) -> Attribute:
    return {"S": change.model_dump_json(by_alias=True, exclude_none=True)}


def newest(entries: Sequence[Attribute], room: int) -> list[Attribute]:
    """The entries of a history for which there is room in an item, the oldest left out."""
    room -= len("history") + _CONTAINER
    kept: list[Attribute] = []
    for entry in reversed(entries[-MAX_CHANGES:]):
        room -= 1 + _size(entry)
        if room < 0:
            break
        kept.append(entry)
    return kept[::-1]


def _holder(plain: dict[str, Any], name: str) -> dict[str, Any]:
    """Where the field's value stands: the asset itself or its nested model, a void without one."""
    above = name.rpartition(".")[0]
    holder = plain.get(above, {}) if above else plain
    return holder if isinstance(holder, dict) else {}


def from_item(item: Item) -> Stored:
    """The asset that an item keeps, whoever wrote it.

    Values that do not fit today's model are kept as they are; what is missing is None.
    """
    plain = plain_values(item)
    model = current()
    found = read_under(model, key_of(item), known_to(model, plain))
    gone = {path: old for path, old in gone_from(model, plain).items() if path[0] not in _OURS}
    if gone:
        shown = {".".join(path): showable(old) for path, old in gone.items()}
        found.fit = replace(found.fit, gone=shown)
    return Stored(
        asset=found,
        operation=operation_of(item),
        history=_history(plain.get("history", ())),
        extra={path[0]: item[path[0]] for path in gone if len(path) == 1},
        inside={path: item[path[0]]["M"][path[1]] for path in gone if len(path) == 2},
        misfits=_misfits(found, item),
        found=item,
        read=found,
    )


def _misfits(asset: Asset, item: Item) -> Item | None:
    names = {problem.field.partition(".")[0] for problem in asset.fit.problems}
    return {name: item[name] for name in names if name in item} or None


def _history(entries: Any) -> tuple[Change, ...]:
    try:
        return tuple(_change(entry) for entry in entries)
    except (ValidationError, TypeError):
        return ()


def _change(entry: Any) -> Change:
    if isinstance(entry, str):
        return Change.model_validate_json(entry)
    return Change.model_validate(entry)


def operation_of(item: Item) -> str:
    """The id of the operation that made the item what it is; empty for somebody else's item."""
    return str(item.get("operation", {}).get("S", ""))


def asset_on(line: str) -> Asset:
    """The asset that a line of DynamoDB JSON keeps, to be shown and not to be changed.

    What was read last is kept: one click after another shows nearly the same assets.
    """
    return _asset_on(line, current())


@lru_cache(maxsize=256)
def _asset_on(line: str, model: Model) -> Asset:
    item = loads(line)
    with using(model):
        try:
            return from_item(item).asset
        except Exception as error:  # noqa: BLE001 - one item must not take away the others
            tell_once(f"asset {key_of(item)} cannot be read: {type(error).__name__}: {error}")
            return from_item({name: item[name] for name in _KEYS}).asset


def plain_values(item: Item) -> dict[str, Any]:
    """The item's attributes as Python values, without its keys."""
    return {name: deserialized(value) for name, value in item.items() if name not in _KEYS}


def values_of(item: Item) -> dict[str, Any]:
    """What anybody may have stored of an asset: its attributes without the store's own."""
    return plain_values({name: value for name, value in item.items() if name not in _OURS})
