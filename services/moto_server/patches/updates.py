"""UpdateItem, all or nothing, on a copy.

Moto changes the stored item step by step: a refused update (an item grown too large) leaves its
first attributes changed, and whoever reads the item outside the lock, as a snapshot or an export
does, sees half of it. Here the change happens to a fresh copy; the old item stays as it was.
"""

import copy
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from services.moto_server.patches.patching import original, replace

_original = original(DynamoDBBackend, "update_item")
_Key = tuple[DynamoType, DynamoType | None]


def install() -> None:
    """Put this module's update in the place of Moto's."""
    replace(DynamoDBBackend, update_item=_update_item)


def _update_item(
    backend: DynamoDBBackend,
    table_name: str,
    key: dict[str, Any],
    *rest: object,
    **options: object,
) -> Any:
    table = backend.get_table(table_name)
    if not all(name in key for name in table.table_key_attrs):
        return _original(backend, table_name, key, *rest, **options)  # it knows what to say
    place = _place(table, key)
    before, streamed = table.get_item(*place), _streamed(table)
    if before is not None:
        _store(table, place, copy.deepcopy(before))
    try:
        return _original(backend, table_name, key, *rest, **options)
    except Exception:
        _store(table, place, before)
        if table.stream_shard is not None:
            del table.stream_shard.items[streamed:]
        raise


def _place(table: Table, key: dict[str, Any]) -> _Key:
    range_key = DynamoType(key[table.range_key_attr]) if table.range_key_attr else None
    return DynamoType(key[table.hash_key_attr]), range_key


def _store(table: Table, place: _Key, item: Item | None) -> None:
    hash_key, range_key = place
    group: Any = table.items if range_key is None else table.items[hash_key]
    name = hash_key if range_key is None else range_key
    if item is None:
        group.pop(name, None)
    else:
        group[name] = item


def _streamed(table: Table) -> int:
    return len(table.stream_shard.items) if table.stream_shard is not None else 0
