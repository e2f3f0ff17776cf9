"""Between a cell of a file and the value of a field: both ways, exact, nothing guessed.

A value here is what JSON has of a field: a Decimal as text, a day as ISO 8601. Whether it is right
the model alone says; this only tells what a cell means.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.model.fields.spec import Cell, FieldSpec

_SEPARATOR = ";"


class UnclearCell(ValueError):  # noqa: N818 - says what the cell is
    """A cell that could mean two things; the text is a sentence for people."""


def value_of(spec: FieldSpec, cell: Cell) -> Any:
    """The value that a cell means; None if it is empty.

    What cannot be a value of the field is returned as it is, for the model to refuse. Raises
    UnclearCell.
    """
    return reader_of(spec)(cell)


def reader_of(spec: FieldSpec) -> Callable[[Cell], Any]:
    """value_of for one field: to be made once for many rows."""
    read = spec.kind.reader(spec)
    return _list_reader(read) if spec.many else read


def cell_of(spec: FieldSpec, value: Any) -> Cell:
    """The cell that holds a field's value: a number, a day, a truth value, else a text.

    For value_of it means the same value again, as it does once a CSV file has made a text of it.
    (JSON can hold the values themselves.) A value that does not fit the field stays as it is.
    """
    if isinstance(value, list):
        return _cell_of_list(spec, value)
    try:
        return spec.kind.cell(value) if isinstance(value, str) else value
    except (ValueError, ArithmeticError):
        return str(value)


def as_text(cell: Cell) -> Any:
    """A number or a day that stands where a text belongs, as a spreadsheet shows it."""
    match cell:
        case bool():
            return str(cell).upper()
        case datetime() if cell.time() == datetime.min.time():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() | int() | Decimal():
            return str(cell)
        case _:
            return cell


def stripped(read: Callable[[Cell], Any]) -> Callable[[Cell], Any]:
    """A reader for kinds in which space around a text means nothing, and no text nothing at all."""

    def read_stripped(cell: Cell) -> Any:
        text = cell.strip() if isinstance(cell, str) else cell
        return None if text is None or text == "" else read(text)

    return read_stripped


def _list_reader(read: Callable[[Cell], Any]) -> Callable[[Cell], Any]:
    def read_list(cell: Cell) -> Any:
        entries = _entries(cell) if isinstance(cell, str) else cell
        return [read(entry) for entry in entries] if isinstance(entries, list) else entries

    return read_list


def _entries(text: str) -> list[Any] | None:
    """The entries of ["a", "b"] or a; b. None: there are none."""
    if text.lstrip().startswith("["):
        try:
            found: list[Any] = json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            return found
    return [part.strip() for part in text.split(_SEPARATOR) if part.strip()] or None


def _cell_of_list(spec: FieldSpec, value: list[Any]) -> Cell:
    if not value and spec.default == []:
        return None
    text = f"{_SEPARATOR} ".join(map(str, value))
    return text if _entries(text) == value else json.dumps(value, ensure_ascii=False)
