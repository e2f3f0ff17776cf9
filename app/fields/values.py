"""A field's value in words for people."""

from collections.abc import Callable
from typing import Any

from services.model.current import fields
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import as_stored
from services.model.record import Asset

NOTHING = "–"
"""Stands where there is no value."""


def display(spec: FieldSpec, value: Any) -> str:
    """A value, as JSON has it, for people: 1,250.50 GBP, Yes, 21 Nov 2026.

    What does not fit the field's kind is shown as it is stored.
    """
    return _shown(spec.kind.display, spec, value)


def brief(spec: FieldSpec, value: Any) -> str:
    """The same in a table, whose header has the unit."""
    return _shown(spec.kind.brief, spec, value)


def in_full(spec: FieldSpec, value: Any) -> str:
    """The same with all that is known of it: GBP – Pound Sterling."""
    return _shown(spec.kind.in_full, spec, value)


def _shown(show: Callable[[FieldSpec, Any], str], spec: FieldSpec, value: Any) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(_shown(show, spec, entry) for entry in value)
    try:
        return show(spec, value)
    except (ValueError, TypeError, ArithmeticError):
        return as_stored(value)


def name_of(asset: Asset) -> str:
    """What people call the asset: its first field, or its identifier while that has no value."""
    first = fields()[0]
    value = first.value_in(asset.plain())
    return asset.identifier if value in (None, "", []) else display(first, value)


def shorten(text: str, most: int = 200) -> str:
    """The text, or as much of it as a line has room for."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
