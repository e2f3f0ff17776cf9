"""Moto's DynamoDB items to and from DynamoDB JSON, without the checks they have passed before.

A start has to bring back tens of thousands of items in a second or two; Moto's own way in costs
0.2 ms an item, mostly for checking what was checked when the item was first written.
"""

import base64
import sys
from typing import Any

from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from services.moto_server.patches import lean

Attributes = dict[str, dict[str, Any]]


def put(table: Table, attributes: Attributes) -> None:
    """Store an item as ``table.put_item`` would, but without a stream record."""
    item = _item(table, attributes)
    group: Any = table.items if item.range_key is None else table.items[item.hash_key]
    group[item.hash_key if item.range_key is None else item.range_key] = item


def delete(table: Table, key: Attributes) -> None:
    """Remove an item as ``table.delete_item`` would, but without a stream record."""
    hash_key = _typed(key[table.hash_key_attr])
    if table.range_key_attr is None:
        table.items.pop(hash_key, None)
    else:
        table.items[hash_key].pop(_typed(key[table.range_key_attr]), None)


def plain(item: Item) -> Attributes:
    """An item as DynamoDB JSON; the same values that went in."""
    return {name: _plain(value) for name, value in item.attrs.items()}


def references(table: Table) -> list[Item]:
    """The items of a table, cheaply: nothing is copied."""
    groups: Any = table.items.values()
    if table.range_key_attr is None:
        return list(groups)
    return [item for group in groups for item in group.values()]


def _item(table: Table, attributes: Attributes) -> Item:
    item = object.__new__(Item)
    item.hash_key = _typed(attributes[table.hash_key_attr])
    item.range_key = _typed(attributes[table.range_key_attr]) if table.range_key_attr else None
    lean.fill(item, {name: _typed(value) for name, value in attributes.items()})
    return item


def _typed(value: dict[str, Any]) -> DynamoType:
    kind, content = next(iter(value.items()))
    found = lean.shared(kind, content)
    if found is not None:
        return found
    made = DynamoType.__new__(DynamoType)
    made.type = sys.intern(kind)
    if kind == "M":
        content = {sys.intern(name): _typed(inner) for name, inner in content.items()}
    elif kind == "L":
        content = [_typed(inner) for inner in content]
    elif kind == "B":
        content = base64.b64decode(content)
    elif kind == "BS":
        content = [base64.b64decode(one) for one in content]
    made.value = content
    return made


def _plain(value: Any) -> dict[str, Any]:
    if not isinstance(value, DynamoType):
        return dict(value)
    kind, content = value.type, value.value
    if kind == "M":
        content = {name: _plain(inner) for name, inner in content.items()}
    elif kind == "L":
        content = [_plain(inner) for inner in content]
    elif kind == "B":
        content = _text(content)
    elif kind == "BS":
        content = [_text(one) for one in content]
    return {kind: content}


def _text(content: bytes | str) -> str:
    # Moto keeps base64 as it came in some places and decodes it in others.
    return base64.b64encode(content).decode() if isinstance(content, bytes) else content
