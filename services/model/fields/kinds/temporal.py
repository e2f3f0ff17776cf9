"""Days and moments; a moment without a time zone is taken for UTC, as everywhere in the house."""

import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from pydantic_core import ErrorDetails

from services.model.annotation import Unwrapped
from services.model.base import DAYS, MOMENTS
from services.model.fields.cells import UnclearCell, stripped
from services.model.fields.range import Range
from services.model.fields.spec import Cell, FieldSpec, Kind
from services.model.fields.widget import Widget

_DAY_LENGTH = len("2026-11-21")
_BOUND = re.compile(r"\d{4}-\d\d-\d\d(T|$)")
"""Written so that days can be compared as texts."""
_BOUNDS = {
    "greater_than": "has to be after {gt}{unit}",
    "greater_than_equal": "has to be on or after {ge}{unit}",
    "less_than": "has to be before {lt}{unit}",
    "less_than_equal": "has to be on or before {le}{unit}",
}


class Days(Range):
    """Days, and moments, of which a day is a part of a line."""

    of = "days"
    no_bound = "is no day such as 2026-11-21"

    def is_bound(self, text: str) -> bool:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            return False
        return bool(_BOUND.match(text))

    def in_words(self, least: str, most: str, below: str, unit: str) -> str:
        """Since 1 Nov 2026."""
        if below and not most and len(below) == _DAY_LENGTH:
            most, below = self.most_below(below), ""
        if most == least and not below:
            return f"on {self.bound(most)}"
        since, until = ("from", "to") if least and most else ("since", "until")
        parts = ((since, least), (until, most), ("before", below))
        return " ".join(f"{word} {self.bound(text)}" for word, text in parts if text)

    def bound(self, text: str) -> str:
        moment = datetime.fromisoformat(text)
        try:
            return _day_in_words(moment) if len(text) <= _DAY_LENGTH else _moment_in_words(moment)
        except OverflowError:  # in another zone than UTC it may lie outside of the calendar
            return text

    def most_below(self, text: str) -> str:
        """The day before a day."""
        if "T" in text:
            return text
        found = date.fromisoformat(text)
        return (found - timedelta(days=1) if found > date.min else found).isoformat()

    def place(self, text: str) -> float:
        return date.fromisoformat(text[:_DAY_LENGTH]).toordinal()


class _Temporal(Kind):
    in_lists = False
    textual = True
    by_part = False
    limits = frozenset({"gt", "ge", "lt", "le"})
    range = Days()
    layout = "short"
    wanted: str
    """What a value has to be."""

    def directions(self, spec: FieldSpec) -> tuple[str, str]:
        return ("oldest first", "newest first")

    def reader(self, spec: FieldSpec) -> Callable[[Cell], Any]:
        """Understands ISO 8601 and a spreadsheet's days, but no numbers."""

        def read(cell: Cell) -> Any:
            if isinstance(cell, date):
                return self.of_spreadsheet(cell)
            if not isinstance(cell, str) or _is_number(cell):
                # pydantic would take it for seconds since 1970, a spreadsheet for days since 1900.
                raise UnclearCell(f"{spec.label} {self.wanted}.")
            return cell

        return stripped(read)

    @abstractmethod
    def of_spreadsheet(self, cell: date) -> str:
        """What a day or a moment in a spreadsheet means."""


class Day(_Temporal):
    """A day."""

    name = "date"
    title, plural = "Day", "days"
    spelling = "date"
    sample = "2026-01-02"
    widget = Widget.DAY
    missing = "Choose a day."
    wanted = "has to be a day such as 2026-11-21"
    mistakes: Mapping[str, str] = {
        **_BOUNDS,
        "date": wanted,
        "date_past": "has to be a day in the past",
        "date_future": "has to be a day in the future",
    }

    def takes(self, said: Unwrapped) -> bool:
        return said.base in DAYS

    def display(self, spec: FieldSpec, value: Any) -> str:
        return _day_in_words(date.fromisoformat(value))

    def cell(self, value: str) -> Cell:
        return date.fromisoformat(value)

    def of_spreadsheet(self, cell: date) -> str:
        """Midnight is no time."""
        if isinstance(cell, datetime) and cell.time() == datetime.min.time():
            cell = cell.date()
        return cell.isoformat()

    def explain(self, spec: FieldSpec, detail: ErrorDetails, subject: str) -> str | None:
        """A day with a time is one too precise."""
        if detail["type"] == "date_from_datetime_inexact" and ":" in str(detail["input"]):
            return f"{subject} has to be a day without a time, such as 2026-11-21."
        return super().explain(spec, detail, subject)


class Moment(_Temporal):
    """A day and a time."""

    name = "moment"
    title, plural = "Date and time", "moments"
    spelling = "datetime"
    sample = "2026-01-02T03:04:05+00:00"
    widget = Widget.MOMENT
    remark = "UTC"
    missing = "Choose a day and a time."
    wanted = "has to be a date and time such as 2026-11-21 14:05"
    mistakes: Mapping[str, str] = {
        **_BOUNDS,
        "datetime": wanted,
        "datetime_past": "has to be a moment in the past",
        "datetime_future": "has to be a moment in the future",
        "timezone_aware": "has to be a moment with its time zone, such as 2026-11-21T14:05Z",
    }

    def takes(self, said: Unwrapped) -> bool:
        return said.base in MOMENTS

    def display(self, spec: FieldSpec, value: Any) -> str:
        return _moment_in_words(datetime.fromisoformat(value))

    def start(self, default: Any) -> Any:
        """A default such as the present moment in a form that a calendar can show."""
        if not isinstance(default, str):
            return default
        return datetime.fromisoformat(default).replace(second=0, microsecond=0).isoformat()

    def comparable(self, text: str) -> str:
        return utc(text)

    def cell(self, value: str) -> Cell:
        """A moment; a spreadsheet knows no time zones."""
        moment = datetime.fromisoformat(value)
        return value if moment.tzinfo or moment.isoformat() != value else moment

    def of_spreadsheet(self, cell: date) -> str:
        """A day is its midnight."""
        if not isinstance(cell, datetime):
            cell = datetime.combine(cell, datetime.min.time())
        return cell.isoformat()


def utc(text: str) -> str:
    """A moment written so that texts are in the order of their moments, whatever their zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError:
        return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _day_in_words(day: date) -> str:
    return f"{day:%-d %b} {day.year:04}"


def _moment_in_words(moment: datetime) -> str:
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    return f"{_day_in_words(moment)}, {_clock(moment)} UTC"


def _clock(moment: datetime) -> str:
    """Seconds only where there are any, so that two moments that differ look different."""
    if moment.microsecond:
        return f"{moment:%H:%M:%S.%f}".rstrip("0")
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
