"""Between a cell of a file and the value of a field: both ways, exact, nothing guessed.

A value here is what JSON has of a field: a Decimal as text, a day as ISO 8601. Whether it is right
the model alone says; this only tells what a cell means.
"""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic_core import ErrorDetails

from services.model.fields.annotation import unwrap
from services.model.fields.numerals import TwoReadings, numeral
from services.model.fields.sentences import sentence
from services.model.fields.spec import NO, YES, FieldSpec
from services.model.kinds import NotEmpty

Cell = str | bool | int | float | Decimal | date | datetime | list[Any] | dict[str, Any] | None
"""What a file may hold in one place; a CSV file has texts only, JSON also lists."""

_DIGITS = 400
"""Of a whole number, at most: no store holds more, and Python reads long ones slowly."""
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
    if spec.many:
        return _list_reader(_READERS[spec.kind](spec))
    return _READERS[spec.kind](spec)


def cell_of(spec: FieldSpec, value: Any) -> Cell:
    """The cell that holds a field's value: a number, a day, a truth value, else a text.

    For value_of it means the same value again, as it does once a CSV file has made a text of it.
    (JSON can hold the values themselves.) A value that does not fit the field stays as it is.
    """
    if isinstance(value, list):
        return _cell_of_list(spec, value)
    try:
        return _CELLS[spec.kind](value) if isinstance(value, str) else value
    except (ValueError, InvalidOperation):
        return str(value)


def _text_reader(spec: FieldSpec) -> Callable[[Cell], Any]:
    said = unwrap(spec.info) if spec.info else None
    # Where the model takes no empty text, an empty cell says that there is nothing.
    refuses_empty = bool(said and (said.limit("min_length") or said.mark(NotEmpty)))
    strips = bool(said and said.limit("strip_whitespace"))

    def read(cell: Cell) -> Any:
        text = cell if isinstance(cell, str) else _as_text(cell)
        if isinstance(text, str) and refuses_empty and not (text.strip() if strips else text):
            return None
        return text

    return read


def _as_text(cell: Cell) -> Any:
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


def _stripped(read: Callable[[FieldSpec, Cell], Any]) -> Callable[[FieldSpec], Any]:
    """A reader for kinds in which space around a text means nothing, and no text nothing at all."""

    def for_field(spec: FieldSpec) -> Callable[[Cell], Any]:
        def stripped(cell: Cell) -> Any:
            text = cell.strip() if isinstance(cell, str) else cell
            return None if text is None or text == "" else read(spec, text)

        return stripped

    return for_field


def _number(spec: FieldSpec, cell: Cell) -> Any:
    whole = spec.kind == "integer"
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        cell = Decimal(repr(cell))
    if isinstance(cell, str):
        try:
            cell = numeral(cell, whole=whole)
        except TwoReadings as error:
            raise UnclearCell(
                f"“{cell}” means different numbers in different countries. "
                "Write it without a sign between thousands."
            ) from error
    return _whole(str(cell)) if whole else str(cell) if isinstance(cell, int | Decimal) else cell


def _whole(text: str) -> Any:
    digits = text[1:] if text[:1] in ("-", "+") else text
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) < _DIGITS else text


def _truth(_: FieldSpec, cell: Cell) -> Any:
    if not isinstance(cell, str):
        return cell
    return {"yes": True, YES: True, "no": False, NO: False}.get(cell.casefold(), cell)


def _day(spec: FieldSpec, cell: Cell) -> Any:
    if isinstance(cell, datetime):
        midnight = cell.time() == datetime.min.time()
        return (cell.date() if midnight else cell).isoformat()
    return _temporal(spec, cell)


def _moment(spec: FieldSpec, cell: Cell) -> Any:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, datetime.min.time()).isoformat()
    return _temporal(spec, cell)


def _temporal(spec: FieldSpec, cell: Cell) -> Any:
    if isinstance(cell, date):
        return cell.isoformat()
    if not isinstance(cell, str) or _is_number(cell):
        # pydantic would take a number for seconds since 1970, a spreadsheet for days since 1900.
        kind = "date_parsing" if spec.kind == "date" else "datetime_parsing"
        raise UnclearCell(
            sentence(spec, ErrorDetails(type=kind, loc=spec.path, msg="", input=cell))
        )
    return cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _choice_reader(spec: FieldSpec) -> Callable[[Cell], Any]:
    exact = {option.value for option in spec.options}
    known = _by_name(spec)

    def read(cell: Cell) -> Any:
        text = _as_text(cell)
        if not isinstance(text, str) or text in exact:
            return text
        return known.get(text.strip().casefold(), text.strip()) or None

    return read


def _by_name(spec: FieldSpec) -> dict[str, str]:
    """What is meant by the names of the options, whatever their case, where only one has it."""
    known: dict[str, set[str]] = {}
    for option in spec.options:
        for name in {option.value, option.label, option.label.rpartition(" – ")[2]}:
            known.setdefault(name.casefold(), set()).add(option.value)
    return {name: next(iter(values)) for name, values in known.items() if len(values) == 1}


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


def _cell_of_moment(value: str) -> Cell:
    moment = datetime.fromisoformat(value)
    # A spreadsheet knows no time zones.
    return value if moment.tzinfo or moment.isoformat() != value else moment


def _as_it_is(value: str) -> Cell:
    return value


_READERS: dict[str, Callable[[FieldSpec], Callable[[Cell], Any]]] = {
    "text": _text_reader,
    "long text": _text_reader,
    "email": _stripped(lambda _, cell: _as_text(cell)),
    "url": _stripped(lambda _, cell: _as_text(cell)),
    "choice": _choice_reader,
    "currency": _choice_reader,
    "country": _choice_reader,
    "boolean": _stripped(_truth),
    "integer": _stripped(_number),
    "decimal": _stripped(_number),
    "date": _stripped(_day),
    "moment": _stripped(_moment),
}
_CELLS: dict[str, Callable[[str], Cell]] = {
    **dict.fromkeys(_READERS, _as_it_is),
    "decimal": Decimal,
    "date": date.fromisoformat,
    "moment": _cell_of_moment,
}
