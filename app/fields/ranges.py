"""A range of numbers or days in words: from 10 to 20 GBP, since 1 Nov 2026."""

from datetime import date, timedelta
from decimal import Decimal

from app.fields.values import display
from services.model.fields.spec import FieldSpec
from services.model.query import Filter

_DAY = FieldSpec((), "", "date", many=False, required=True)
_MOMENT = FieldSpec((), "", "moment", many=False, required=True)
_DAY_LENGTH = len("2026-11-21")


def has_range(wanted: Filter) -> bool:
    """Whether a filter has bounds."""
    return bool(wanted.least or wanted.most or wanted.below)


def in_words(spec: FieldSpec, wanted: Filter) -> str:
    """The bounds of a filter, as they continue the field's label."""
    return _numbers(spec, wanted) if spec.numeric else _days(wanted)


def number(text: str) -> str:
    """A bound without superfluous zeros."""
    return f"{Decimal(text).normalize():,f}"


def day(text: str) -> str:
    """A day, or a day and a time, in words."""
    return display(_DAY if len(text) <= _DAY_LENGTH else _MOMENT, text)


def day_before(text: str) -> str:
    """The last day that is earlier than this one."""
    found = date.fromisoformat(text)
    return (found - timedelta(days=1) if found > date.min else found).isoformat()


def _numbers(spec: FieldSpec, wanted: Filter) -> str:
    if wanted.least == wanted.most and not wanted.below:
        said = f"is {number(wanted.least)}"
    else:
        to = "to" if wanted.least else "up to"
        parts = (("from", wanted.least), (to, wanted.most), ("below", wanted.below))
        said = " ".join(f"{word} {number(text)}" for word, text in parts if text)
    return f"{said} {spec.unit}".rstrip()


def _days(wanted: Filter) -> str:
    most, before = wanted.most, wanted.below
    if before and not most and len(before) == _DAY_LENGTH:
        most, before = day_before(before), ""
    if most == wanted.least and not before:
        return f"on {day(most)}"
    since, until = ("from", "to") if wanted.least and most else ("since", "until")
    parts = ((since, wanted.least), (until, most), ("before", before))
    return " ".join(f"{word} {day(text)}" for word, text in parts if text)
