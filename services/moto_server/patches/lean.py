"""DynamoDB items and stream records that take less time to make and less memory to keep.

An item's size is added up once instead of once for each attribute. Its attribute names, and
values that other items have as well ("GBP"), are shared with those items. A stream record refers
to the items before and after, which stay as they are (see ``updates``), instead of keeping a
second copy of them as JSON; it is spelled out when somebody reads it. And AWS's own policies,
5 MB of text that every first request would load, stay on the disk unless Moto is told to use them.
"""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from moto.dynamodb.exceptions import ItemSizeTooLarge
from moto.dynamodb.models.dynamo_type import DynamoType, Item, LimitedSizeDict
from moto.dynamodb.models.table import StreamRecord
from moto.dynamodb.models.utilities import bytesize
from moto.moto_api._internal import mock_random
from moto.settings import load_iam_aws_managed_policies

from services.moto_server.patches import clock
from services.moto_server.patches.patching import original, replace

# AWS's own, as it documents it; Moto refuses a little earlier.
_LARGEST_ITEM = 400 * 1024
_SHARED_TYPES = frozenset({"S", "N", "BOOL", "NULL"})
_LONGEST_SHARED = 40
# Enough for the values that repeat; values that do not are forgotten with the rest.
_MOST_SHARED = 2_000
_shared: dict[tuple[str, str | bool], DynamoType] = {}
_spell_out = original(StreamRecord, "__init__")


def install() -> None:
    """Put this module's ways in the place of Moto's."""
    replace(Item, __init__=_make_item)
    replace(LimitedSizeDict, __setitem__=_set_attribute)
    replace(StreamRecord, __init__=_make_record, to_json=_record_to_json)
    if not load_iam_aws_managed_policies():
        _leave_out_policies()


def _leave_out_policies() -> None:
    """Have Moto find none where it looks for AWS's own, which it does only if it is told to."""
    none = ModuleType("moto.iam.aws_managed_policies")
    vars(none)["aws_managed_policies_data"] = "{}"
    sys.modules.setdefault(none.__name__, none)


def fill(item: Item, attributes: dict[str, DynamoType]) -> None:
    """Give ``item`` its attributes without adding up their sizes."""
    item.attrs = LimitedSizeDict.__new__(LimitedSizeDict)
    for name, value in attributes.items():
        dict.__setitem__(item.attrs, sys.intern(name), value)


def shared(kind: str, content: object) -> DynamoType | None:
    """A value that other items may have as well, None if it is not of that kind.

    Sharing is safe because stored values are never changed in place (see ``updates``).
    """
    if kind not in _SHARED_TYPES or not isinstance(content, (str, bool)):
        return None
    if isinstance(content, str) and len(content) > _LONGEST_SHARED:
        return None
    found = _shared.get((kind, content))
    if found is None:
        if len(_shared) >= _MOST_SHARED:
            _shared.clear()
        found = _shared[kind, content] = DynamoType({kind: content})
    return found


def _typed(value: dict[str, Any]) -> DynamoType:
    if len(value) == 1:
        ((kind, content),) = value.items()
        return shared(kind, content) or DynamoType(value)
    return DynamoType(value)


def _make_item(
    item: Item, hash_key: DynamoType, range_key: DynamoType | None, attrs: dict[str, Any]
) -> None:
    item.hash_key = shared(hash_key.type, hash_key.value) or hash_key
    item.range_key = range_key and (shared(range_key.type, range_key.value) or range_key)
    typed = {name: _typed(value) for name, value in attrs.items()}
    if sum(bytesize(name) + value.size() for name, value in typed.items()) > _LARGEST_ITEM:
        raise ItemSizeTooLarge
    fill(item, typed)


def _set_attribute(attributes: dict[str, Any], name: str, value: Any) -> None:
    others = (size for key, size in _sizes(attributes) if key != name)
    if sum(others) + bytesize(name) + _size(value) > _LARGEST_ITEM:
        raise ItemSizeTooLarge
    dict.__setitem__(attributes, name, value)


def _sizes(attributes: dict[str, Any]) -> Iterator[tuple[str, int]]:
    return ((name, bytesize(name) + _size(value)) for name, value in attributes.items())


def _size(value: Any) -> int:
    return value.size() if isinstance(value, DynamoType) else bytesize(str(value))


def _make_record(record: Any, *arguments: object) -> None:
    record.arguments = arguments
    record.event_id = mock_random.uuid4().int  # half the size of its text
    record.created = clock.utcnow()


def _record_to_json(record: Any) -> dict[str, Any]:
    spelled: Any = StreamRecord.__new__(StreamRecord)
    _spell_out(spelled, *record.arguments)
    found: dict[str, Any] = spelled.record
    found["eventID"] = f"{record.event_id:032x}"
    found["dynamodb"]["ApproximateCreationDateTime"] = record.created
    return found
