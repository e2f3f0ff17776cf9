"""Numbers, exact to the last digit."""

from collections.abc import Callable, Mapping
from decimal import Decimal as Exact
from math import isfinite
from typing import Any

from pydantic_core import ErrorDetails

from services.model.annotation import Unwrapped
from services.model.fields.cells import UnclearCell, stripped
from services.model.fields.numerals import TwoReadings, numeral, tidy_number
from services.model.fields.range import Range
from services.model.fields.spec import Cell, FieldSpec, Kind
from services.model.fields.texts import as_stored
from services.model.fields.widget import Widget

_LONGEST = 40
"""Digits before or behind the point that anybody reads."""
_DIGITS = 400
"""Of a whole number, at most: no store holds more, and Python reads long ones slowly."""
_BOUNDS = frozenset({"gt", "ge", "lt", "le", "multiple_of"})
_BOUND_SENTENCES = {
    "greater_than": "has to be more than {gt}{unit}",
    "greater_than_equal": "has to be at least {ge}{unit}",
    "less_than": "has to be less than {lt}{unit}",
    "less_than_equal": "has to be at most {le}{unit}",
    "multiple_of": "has to be a multiple of {multiple_of}{unit}",
}
_PLACES = {
    "decimal_max_digits": ("max_digits", ""),
    "decimal_max_places": ("decimal_places", " after the point"),
    "decimal_whole_digits": ("whole_digits", " before the point"),
}


class Numbers(Range):
    """Numbers, whole or not."""

    of = "numbers"
    no_bound = "is no number"

    def __init__(self, *, whole: bool) -> None:
        self.whole = whole

    def is_bound(self, text: str) -> bool:
        try:
            return isfinite(float(text))
        except ValueError:
            return False

    def in_words(self, least: str, most: str, below: str, unit: str) -> str:
        """From 10 to 20 GBP."""
        if least == most and not below:
            said = f"is {self.bound(least)}"
        else:
            to = "to" if least else "up to"
            parts = (("from", least), (to, most), ("below", below))
            said = " ".join(f"{word} {self.bound(text)}" for word, text in parts if text)
        return f"{said} {unit}".rstrip()

    def bound(self, text: str) -> str:
        return f"{Exact(text).normalize():,f}"

    def most_below(self, text: str) -> str:
        """There is no last number below another one."""
        return text

    def place(self, text: str) -> float:
        return float(text)


class _Number(Kind):
    in_lists = False
    textual = False
    by_part = False
    range: Numbers
    layout = "short end"
    widget = Widget.LINE
    usual: str
    """An example that also tells that commas between thousands are understood."""

    def display(self, spec: FieldSpec, value: Any) -> str:
        return f"{self.brief(spec, value)} {spec.unit}".rstrip()

    def brief(self, spec: FieldSpec, value: Any) -> str:
        number = Exact(as_stored(value))
        if not number.is_finite() or abs(number.adjusted()) > _LONGEST:
            raise ValueError(f"{value} is no number that anybody reads")
        return f"{number:,f}"

    def directions(self, spec: FieldSpec) -> tuple[str, str]:
        return ("lowest first", "highest first")

    def example(self, spec: FieldSpec) -> str:
        try:
            return self.brief(spec, spec.example) if spec.example else self.usual
        except (ArithmeticError, ValueError):
            return spec.example

    def typed(self, spec: FieldSpec, text: str) -> Any:
        """Without the unit, and signs between thousands."""
        return tidy_number(text, spec.unit) if text.strip() else None

    def reader(self, spec: FieldSpec) -> Callable[[Cell], Any]:
        """Understands both 1,234.50 and 1.234,50."""
        return stripped(self._read)

    def _read(self, cell: Cell) -> Any:
        if isinstance(cell, bool):
            return str(cell).upper()
        if isinstance(cell, float):
            cell = Exact(repr(cell))
        if isinstance(cell, str):
            try:
                cell = numeral(cell, whole=self.range.whole)
            except TwoReadings as error:
                raise UnclearCell(
                    f"“{cell}” means different numbers in different countries. "
                    "Write it without a sign between thousands."
                ) from error
        return self._value(cell)

    def _value(self, cell: Cell) -> Any:
        return str(cell) if isinstance(cell, int | Exact) else cell


class Integer(_Number):
    """A whole number."""

    name = "integer"
    title, plural = "Whole number", "whole numbers"
    spelling = "int"
    limits = _BOUNDS
    sample = 1
    range = Numbers(whole=True)
    usual = "1,250"
    mistakes: Mapping[str, str] = {
        **_BOUND_SENTENCES,
        "int": "has to be a whole number",
        "int_parsing_size": "has to be a smaller number",
    }

    def takes(self, said: Unwrapped) -> bool:
        return said.base is int

    def _value(self, cell: Cell) -> Any:
        text = str(cell)
        digits = text[1:] if text[:1] in ("-", "+") else text
        is_whole = digits.isascii() and digits.isdecimal() and len(digits) < _DIGITS
        return int(text) if is_whole else text


class Decimal(_Number):
    """A number with digits behind the point."""

    name = "decimal"
    title, plural = "Number", "numbers"
    spelling = "Decimal"
    limits = _BOUNDS | {"max_digits", "decimal_places"}
    sample = "1.5"
    range = Numbers(whole=False)
    usual = "1,250.50"
    mistakes: Mapping[str, str] = {
        **_BOUND_SENTENCES,
        "decimal": "has to be a number such as 1250.50",
        "finite_number": "has to be a number that is not infinite",
    }

    def takes(self, said: Unwrapped) -> bool:
        return said.base is Exact

    def cell(self, value: str) -> Cell:
        return Exact(value)

    def explain(self, spec: FieldSpec, detail: ErrorDetails, subject: str) -> str | None:
        name, where = _PLACES.get(detail["type"], ("", ""))
        if not name:
            return super().explain(spec, detail, subject)
        most = detail["ctx"][name]
        return f"{subject} can have at most {most} digit{'' if most == 1 else 's'}{where}."
