"""DynamoDB JSON, as AWS exports a table and imports one from S3: an item a line."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from services.files.json_files import parsed_lines, table_of
from services.files.sheet import Sheet, refuse


def read_dynamodb(text: str, encoding: str) -> Sheet:
    """The items: {"Item": {"name": {"S": "x"}}} a line, or what stands in it. Raises Unreadable."""
    return table_of("dynamodb", _records(text), encoding)


def is_item(found: Any) -> bool:
    """Whether an object looks like an item."""
    item = found.get("Item", found) if isinstance(found, dict) else None
    return isinstance(item, dict) and bool(item) and all(map(_is_attribute, item.values()))


def _is_attribute(value: Any) -> bool:
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _TYPES


def _records(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, found in parsed_lines(text):
        if not is_item(found):
            raise refuse(f"Line {line} is no item of a DynamoDB export.", line)
        item = found.get("Item", found)
        yield line, dict(_flattened(item, line))


def _flattened(item: dict[str, Any], line: int) -> Iterator[tuple[str, Any]]:
    for name, attribute in item.items():
        value = _value(attribute, line)
        if isinstance(value, dict) and value:
            yield from ((f"{name}.{inner}", below) for inner, below in value.items())
        else:
            yield name, value


def _value(attribute: Any, line: int) -> Any:
    if not _is_attribute(attribute):
        raise refuse(f"Line {line} holds a value without its type.", line)
    [(kind, raw)] = attribute.items()
    try:
        return _READ[kind](raw, line)
    except RecursionError as error:
        raise refuse(f"Line {line}: a value is nested too deep.", line) from error
    except (InvalidOperation, TypeError, AttributeError) as error:
        raise refuse(f"Line {line}: {str(raw)[:40]} is no value of type {kind}.", line) from error


def _text(raw: Any, _: int) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _flag(raw: Any, _: int) -> bool:
    if not isinstance(raw, bool):
        raise TypeError
    return raw


def _number(raw: Any, _: int) -> int | Decimal:
    number = Decimal(raw)
    if not number.is_finite():
        raise TypeError
    exponent = number.as_tuple().exponent
    return int(number) if isinstance(exponent, int) and 0 <= exponent < 40 else number


_READ: dict[str, Any] = {
    "S": _text,
    "B": _text,
    "N": _number,
    "BOOL": _flag,
    "NULL": lambda _, __: None,
    "L": lambda raw, line: [_value(inner, line) for inner in raw],
    "M": lambda raw, line: {name: _value(inner, line) for name, inner in raw.items()},
    "SS": lambda raw, line: [_text(inner, line) for inner in raw],
    "NS": lambda raw, line: [_number(inner, line) for inner in raw],
    "BS": lambda raw, line: [_text(inner, line) for inner in raw],
}
_TYPES = frozenset(_READ)
