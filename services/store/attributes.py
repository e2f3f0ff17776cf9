"""DynamoDB JSON: values as attributes and back, items as lines, and how large they are."""

import base64
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer
from pydantic.networks import _BaseUrl

from services.errors import InvalidAsset
from services.model.problem import Problem

Attribute = dict[str, Any]
"""A value as DynamoDB JSON: {"S": "S&P500"}."""


Item = dict[str, Attribute]
"""An item as DynamoDB JSON: {"name": {"S": "S&P500"}}."""


_CONTAINER = 3
"""Bytes that a list or a map takes by itself."""


class _Deserializer(TypeDeserializer):  # type: ignore[misc]  # boto3 ships no types
    """Takes binary values as they stand in JSON, too."""

    def _deserialize_n(self, value: str) -> Decimal:
        # Moto keeps more than the 38 digits that boto3's own reading allows.
        return Decimal(value)

    def _deserialize_b(self, value: str | bytes) -> Any:
        raw = base64.b64decode(value) if isinstance(value, str) else value
        return super()._deserialize_b(raw)

    def read(self, attribute: Attribute) -> Any:
        """The attribute's value; what is none, as Moto lets others write it, as a text."""
        try:
            return self.deserialize(attribute)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return json.dumps(attribute, default=str)


_serializer = TypeSerializer()


_deserializer = _Deserializer()


def dumps(item: Item) -> str:
    """The item as a line of DynamoDB JSON: the same line for the same item."""
    return json.dumps(
        item, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_binary
    )


def loads(line: str) -> Item:
    """The item on a line of DynamoDB JSON, as a client takes it: with bytes where that has text."""
    item: Item = json.loads(line)
    if '"B":"' in line or '"BS":[' in line:
        return {name: thawed(attribute) for name, attribute in item.items()}
    return item


def thawed(attribute: Attribute) -> Attribute:
    """An attribute with bytes again where JSON has them as text."""
    ((kind, value),) = attribute.items()
    match kind:
        case "B":
            return {"B": base64.b64decode(value)}
        case "BS":
            return {"BS": [base64.b64decode(entry) for entry in value]}
        case "L":
            return {"L": [thawed(entry) for entry in value]}
        case "M":
            return {"M": {name: thawed(entry) for name, entry in value.items()}}
        case _:
            return attribute


def size(item: Item) -> int:
    """As many bytes as DynamoDB counts for the item; a number counts some more.

    Source: DynamoDB Developer Guide, item sizes and formats.
    """
    return sum(_bytes(name) + _size(attribute) for name, attribute in item.items())


def _size(attribute: Attribute) -> int:
    ((kind, value),) = attribute.items()
    match kind:
        case "M":
            return _CONTAINER + sum(1 + _bytes(name) + _size(one) for name, one in value.items())
        case "L":
            return _CONTAINER + sum(1 + _size(one) for one in value)
        case "SS" | "NS" | "BS":
            return sum(map(_bytes, value))
        case "S" | "N" | "B":
            return _bytes(value)
        case _:
            return 1


def _bytes(value: str | bytes) -> int:
    return len(value) if isinstance(value, bytes | bytearray) else len(value.encode())


def deserialized(attribute: Attribute) -> Any:
    """The attribute's value in Python; what is none, as Moto lets others write it, as a text."""
    return _deserializer.read(attribute)


def serialized(name: str, value: Any) -> Attribute:
    """A value as DynamoDB JSON.

    Raises InvalidAsset for what DynamoDB does not hold, such as a number of 39 digits."""
    try:
        serialized: dict[str, Any] = _serializer.serialize(_storable(value))
    except (ArithmeticError, TypeError) as error:
        problem = Problem(name, "A number can have at most 38 digits and lie below 10^126.")
        raise InvalidAsset([problem]) from error
    return serialized


def _storable(value: Any) -> Any:
    """The value as boto3's serializer takes it: it refuses float, date and Enum."""
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case float():
            return Decimal(repr(value))
        case _BaseUrl():
            return str(value)
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
