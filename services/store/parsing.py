"""Parsers for the store's answers: what one item holds never makes the others unreadable."""

import base64
import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from botocore.parsers import JSONParser, ResponseParserError, ResponseParserFactory

log = logging.getLogger(__name__)
_ITEMS = frozenset({"Attributes", "Item", "Key", "Keys", "NewImage", "OldImage"})
"""Under which names an answer holds an item, or a part of one."""
_UNKNOWN = "SDK_UNKNOWN_MEMBER"
"""What botocore makes of a member that its description of a union does not have."""
_DEEPEST = 100
"""How deep values are read into each other; DynamoDB itself allows 32 levels."""
_MOST_TOLD = 1000
_told: set[str] = set()


class TolerantParsers(ResponseParserFactory):
    """Makes parsers that leave out what cannot be read, and log it once."""

    def create_parser(self, protocol_name: str) -> Any:
        """A parser for this protocol; only DynamoDB's answers hold what others wrote."""
        if protocol_name == "json":
            return _TolerantParser()
        return super().create_parser(protocol_name)


class _TolerantParser(JSONParser):
    def parse(self, response: Mapping[str, Any], shape: Any) -> Any:
        """The answer; if it cannot be parsed, without the attributes that are to blame.

        Moto writes an empty name inside a map as if its value stood in the place of the map, which
        botocore reads with an AttributeError or as a value without a type (measured, Moto 5.2.5).
        """
        try:
            parsed = super().parse(response, shape)
        except (AttributeError, LookupError, TypeError, ValueError, ResponseParserError):
            return self._parse_without(response, shape)
        return self._parse_without(response, shape) if _holds_untyped(parsed) else parsed

    def _parse_without(self, response: Mapping[str, Any], shape: Any) -> Any:
        body = json.dumps(_sound(json.loads(response["body"]))).encode()
        return super().parse({**response, "body": body}, shape)


def _holds_untyped(found: Any, name: str = "") -> bool:
    """Whether a parsed answer has a value without a type anywhere in its items."""
    if isinstance(found, list):
        return any(_holds_untyped(entry, name) for entry in found)
    if not isinstance(found, dict):
        return False
    if name in _ITEMS or name == "Items":
        return any(map(_is_untyped, found.values()))
    inside = dict.fromkeys(found, "Items") if name == "Responses" else {n: n for n in found}
    return any(_holds_untyped(value, inside[inner]) for inner, value in found.items())


def _is_untyped(attribute: dict[str, Any]) -> bool:
    inside = attribute.get("L") or attribute.get("M", {}).values()
    return len(attribute) != 1 or _UNKNOWN in attribute or any(map(_is_untyped, inside))


def _sound(found: Any) -> Any:
    """A part of an answer without the attributes that are no attribute values."""
    if isinstance(found, list):
        return [_sound(entry) for entry in found]
    if not isinstance(found, dict):
        return found
    return {name: _sound_part(name, value) for name, value in found.items()}


def _sound_part(name: str, value: Any) -> Any:
    if name in _ITEMS and isinstance(value, dict):
        return _item(value)
    if name == "Items":
        return [_item(entry) for entry in value]
    if name == "Responses":
        return {table: [_item(entry) for entry in items] for table, items in value.items()}
    return _sound(value)


def _item(found: Mapping[str, Any]) -> dict[str, Any]:
    bad = [name for name, attribute in found.items() if not _is_sound(attribute)]
    if bad:
        key = "|".join(str(found.get(name, {}).get("S")) for name in ("PK", "SK"))
        tell_once(f"item {key[:200]} holds what cannot be read, left out: {', '.join(bad)[:200]}")
    return {name: attribute for name, attribute in found.items() if name not in bad}


def tell_once(message: str) -> None:
    """Log a warning, unless the same was logged before."""
    if message not in _told and len(_told) < _MOST_TOLD:
        _told.add(message)
        log.warning(message)


def _is_sound(attribute: Any, depth: int = 0) -> bool:
    if not (isinstance(attribute, dict) and len(attribute) == 1) or depth > _DEEPEST:
        return False
    ((kind, value),) = attribute.items()
    match kind:
        case "M":
            inside = list(value.values()) if isinstance(value, dict) else None
        case "L":
            inside = value if isinstance(value, list) else None
        case _:
            return kind in _SIMPLE and _SIMPLE[kind](value)
    return inside is not None and all(_is_sound(inner, depth + 1) for inner in inside)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_base64(value: Any) -> bool:
    try:
        base64.b64decode(value)
    except (TypeError, ValueError):
        return False
    return True


def _each(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(map(check, value))


_SIMPLE: dict[str, Callable[[Any], bool]] = {
    "S": _is_text,
    "N": _is_text,
    "B": _is_base64,
    "BOOL": _is_flag,
    "NULL": _is_flag,
    "SS": _each(_is_text),
    "NS": _each(_is_text),
    "BS": _each(_is_base64),
}
