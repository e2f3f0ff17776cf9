"""A field's value in words for people."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from services.model.current import fields
from services.model.fields.spec import FieldSpec, Kind
from services.model.record import Asset

NOTHING = "–"
"""Stands where there is no value."""
_LONGEST = 40
"""Digits before or behind the point; a number of more is shown as it is stored."""


def display(spec: FieldSpec, value: Any) -> str:
    """A value, as JSON has it, for people: 1,250.50 GBP, Yes, 21 Nov 2026.

    What does not fit the field's kind is shown as it is stored.
    """
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(display(spec, entry) for entry in value)
    show = _BY_KIND.get(spec.kind)
    try:
        return show(spec, value) if show else as_stored(value)
    except (ValueError, TypeError, InvalidOperation, OverflowError):
        return as_stored(value)


def name_of(asset: Asset) -> str:
    """What people call the asset: its first field, or its identifier while that has no value."""
    first = fields()[0]
    value = first.value_in(asset.plain())
    return asset.identifier if value in (None, "", []) else display(first, value)


def as_stored(value: Any) -> str:
    """A value as it stands in JSON, a text without its quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def shorten(text: str, most: int = 200) -> str:
    """The text, or as much of it as a line has room for."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _option(spec: FieldSpec, value: Any) -> str:
    return spec.label_of(as_stored(value))


def _number(spec: FieldSpec, value: Any) -> str:
    number = Decimal(as_stored(value))
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST:
        return as_stored(value)
    return f"{number:,f} {spec.unit}".rstrip()


def _day(_: FieldSpec, value: Any) -> str:
    return _in_words(date.fromisoformat(value))


def _moment(_: FieldSpec, value: Any) -> str:
    moment = datetime.fromisoformat(value)
    # Without a zone it is taken for UTC, as everywhere in the house.
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return f"{_in_words(moment)}, {_clock(moment)} UTC"


def _clock(moment: datetime) -> str:
    """Seconds only where there are any, so that two moments that differ look different."""
    if moment.microsecond:
        return f"{moment:%H:%M:%S.%f}".rstrip("0")
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _in_words(day: date) -> str:
    return f"{day:%-d %b} {day.year:04}"


_Show = Callable[[FieldSpec, Any], str]
_BY_KIND: dict[Kind, _Show] = {
    "choice": _option,
    "boolean": _option,
    "integer": _number,
    "decimal": _number,
    "date": _day,
    "moment": _moment,
}
