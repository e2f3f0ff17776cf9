"""Updates single attributes of an item; all others stay as they are, whoever wrote them.

What is written also says how it was before, so that it can be taken back exactly.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.model.history import Change, FieldChange, What
from services.store.assets.items import MAX_ITEM_BYTES, newest, plain_values, too_large
from services.store.assets.reading import showable
from services.store.attributes import Attribute, Item, dumps, serialized, size, thawed

Path = tuple[str, ...]
"""Names outside Python, from the item to an attribute, one or two."""

Edit = Mapping[Path, Attribute | None]
"""What attributes become; None for those that go."""

BINNED: Path = ("deletedAt",)


@dataclass(frozen=True)
class Stamp:
    """Who changes an item, when, and the id of that change."""

    at: datetime
    by: str
    operation: str


def amended(item: Item, edit: Edit, stamp: Stamp) -> Item:
    """The next state of the item. Raises InvalidAsset if it is larger than DynamoDB allows."""
    after = deepcopy(item)
    for path, attribute in edit.items():
        _put(after, path, attribute)
    version = version_in(item) + 1
    change = Change(
        version=version,
        at=stamp.at,
        by=stamp.by,
        what=_what(edit),
        fields={} if BINNED in edit else _changes(item, after, edit),
        undo=_frozen({path[0]: item.get(path[0]) for path in edit}),
    )
    told = change.model_dump_json(by_alias=True, exclude_none=True)
    after.pop("history", None)
    system = {"version": version, "updatedAt": stamp.at, "updatedBy": stamp.by}
    after |= {name: serialized(name, value) for name, value in system.items()}
    after["operation"] = {"S": stamp.operation}
    kept = newest([*_history(item), {"S": told}], MAX_ITEM_BYTES - size(after))
    if not kept:
        raise too_large()
    after["history"] = {"L": kept}
    return after


def taking_back(item: Item) -> Edit:
    """What makes the item what it was before its last change, if that says how it was."""
    history = _history(item)
    last = Change.model_validate_json(history[-1]["S"]) if history else None
    undo: Mapping[str, Any] = (last.undo if last else None) or {}
    return {(name,): thawed(old) if old else None for name, old in undo.items()}


def plain_at(item: Item, path: Path) -> Any:
    """The value of an attribute as JSON has it; None if there is none."""
    value: Any = plain_values({path[0]: item[path[0]]}) if path[0] in item else None
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return showable(value)


def _put(item: Item, path: Path, attribute: Attribute | None) -> None:
    inside = item
    if len(path) > 1:
        outer = item.setdefault(path[0], {"M": {}}) if attribute else item.get(path[0], {})
        inside = outer.get("M", {})
    if attribute is None:
        inside.pop(path[-1], None)
    else:
        inside[path[-1]] = attribute


def _what(edit: Edit) -> What:
    if BINNED in edit:
        return "binned" if edit[BINNED] else "restored"
    return "edited"


def _changes(before: Item, after: Item, edit: Edit) -> dict[str, FieldChange]:
    return {
        ".".join(path): FieldChange(before=plain_at(before, path), after=plain_at(after, path))
        for path in edit
    }


def _history(item: Item) -> list[Attribute]:
    return list(item.get("history", {}).get("L", ()))


def version_in(item: Item) -> int:
    """Of an item that somebody else wrote without a number: 0, as everywhere in the house."""
    text = str(plain_at(item, ("version",)))
    return int(text) if text.isdecimal() else 0


def _frozen(attributes: Mapping[str, Attribute | None]) -> dict[str, Any]:
    """As JSON; an attribute that is not there as one without a type."""
    frozen: dict[str, Any] = json.loads(dumps({name: a or {} for name, a in attributes.items()}))
    return frozen
