"""Excel: read by calamine, written by XlsxWriter, typed and exact both ways."""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from xlsxwriter import Workbook

from services.files.escape import digits
from services.files.sheet import (
    MAX_CELLS,
    MAX_ROWS,
    Row,
    Sheet,
    Unwritable,
    Value,
    check_cells,
    check_columns,
    check_rows,
    refuse,
)

_MAX_UNPACKED = 1024**3
_MAX_CELL = 32_767
"""Characters in a cell; source: Excel specifications and limits, Microsoft."""
_FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so days before this are off by one."""
_DIGITS = 15
"""Of a number that a spreadsheet keeps exactly."""
_WIDEST = 50
_CHUNK = 1024**2
_LONGEST_TAG = 300
_FILLED = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]*(?<!/)>\s*<(?!/)""")
"""A cell that holds something; those that are only coloured say nothing."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises for what is no zip file, or for one that it cannot read."""


def read_excel(content: bytes) -> Sheet:
    """The first sheet with anything in it; a formula gives the value that it had when saved.

    Raises Unreadable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _check_size(packed)
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            parts = _parts(packed)
            for name in book.sheet_names:
                _check_extent(packed, parts.get(name))
                sheet = book.get_sheet_by_name(name)
                if sheet.height:
                    return _sheet(sheet)
    except PasswordError as error:
        raise refuse("This spreadsheet is locked by a password. Save it without one.") from error
    except (CalamineError, *_DAMAGED) as error:
        raise refuse("This is not a spreadsheet that can be read. Save it as .xlsx.") from error
    raise refuse("This spreadsheet is empty.")


def _check_size(packed: zipfile.ZipFile) -> None:
    """What a small file unpacks to is known before it is unpacked."""
    if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
        raise refuse(f"Unpacked, this spreadsheet is larger than {_MAX_UNPACKED // 1024**3} GB.")


def _parts(packed: zipfile.ZipFile) -> dict[str, str]:
    """By sheet, the file in an .xlsx that holds its cells; nothing for another format."""
    try:
        book, relations = (
            ElementTree.fromstring(packed.read(name))  # noqa: S314 - as above
            for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        )
    except (KeyError, ElementTree.ParseError):
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    sheets = (element for element in book.iter() if element.tag.endswith("}sheet"))
    return {
        sheet.get("name", ""): posixpath.normpath(posixpath.join("/xl", targets[number]))[1:]
        for sheet in sheets
        for name, number in sheet.items()
        if name.endswith("}id") and number in targets
    }


def _check_extent(packed: zipfile.ZipFile, part: str | None) -> None:
    """Raises Unreadable for cells that lie too far from each other.

    Calamine makes room for the whole rectangle between them before anything can be asked of it, and
    two cells are enough to ask for more than any machine has.
    """
    if part not in packed.namelist():
        return
    rows: set[int] = set()
    columns: set[bytes] = set()
    with packed.open(part) as cells:
        before = b""
        while chunk := cells.read(_CHUNK):
            for column, row in _FILLED.findall(before + chunk):
                columns.add(column)
                rows.add(int(row))
            before = chunk[-_LONGEST_TAG:]
            if len(rows) > 2 * MAX_ROWS:
                # There are too many, wherever the others are.
                break
    if not rows:
        return
    places = [_place(column) for column in columns]
    height, width = max(rows) - min(rows) + 1, max(places) - min(places) + 1
    if len(rows) > MAX_ROWS:
        check_rows(height - 1)
    elif height - 1 > MAX_ROWS or height * width > MAX_CELLS:
        furthest = max(columns, key=_place).decode()
        raise refuse(
            f"The cells of this spreadsheet lie too far from each other: they reach to column "
            f"{furthest} and row {max(rows):,}. Delete what lies far out, or save it as CSV."
        )


def _place(column: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    place = 0
    for letter in column:
        place = place * 26 + letter - 64
    return place


def _sheet(sheet: Any) -> Sheet:
    check_rows(sheet.height - 1)
    first = sheet.start[0] + 1
    records = iter(sheet.iter_rows())
    headings = next(cells for cells in records if any(cell != "" for cell in cells))
    columns = [_heading(cell) for cell in headings]
    while columns and not columns[-1]:
        columns.pop()
    check_columns(columns, first)
    check_cells(sheet.height, len(columns))
    rows: list[Row] = []
    for line, cells in enumerate(records, first + 1):
        if any(cell != "" for cell in cells[len(columns) :]):
            raise refuse(f"Row {line} has a value beside the last heading.", line)
        if any(cell != "" for cell in cells):
            rows.append(Row(line, tuple(_value(cell) for cell in cells[: len(columns)])))
    return Sheet("xlsx", tuple(columns), tuple(rows))


def _heading(cell: Any) -> str:
    value = _value(cell)
    return "" if value is None else str(value)


def _value(cell: Any) -> Value:
    match cell:
        case "":
            return None
        case str():
            return cell[1:] if not cell.strip("'") else cell
        case bool() | datetime() | date():
            return cell
        case float():
            return _number(cell)
        case time() | timedelta():
            return str(cell)
        case _:
            return str(cell)


def _number(cell: float) -> int | Decimal:
    # By its shortest digits: 4.8e23 is meant, not the nearest that a double can be.
    number = Decimal(repr(cell))
    return int(number) if number == number.to_integral_value() else number


def write_excel(columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    """Write the table with a header that stays in sight; what looks like a formula stays text.

    Raises Unwritable.
    """
    book = Workbook(out, {"constant_memory": True})
    try:
        sheet = book.add_worksheet("Assets")
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for place, name in enumerate(columns):
            sheet.set_column(place, place, min(_WIDEST, max(12, len(name) + 4)))
            _write_text(sheet, 0, place, name, bold)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                _write(sheet, last, place, value, day)
        sheet.autofilter(0, 0, last, max(0, len(columns) - 1))
    finally:
        book.close()


def _write(sheet: Any, row: int, place: int, value: Value, day: Any) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, place, value)
        case int() | Decimal() if _is_exact(value):
            sheet.write_number(row, place, float(value))
        case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(row, place, datetime(*value.timetuple()[:3]), day)  # noqa: DTZ001
        case Decimal():
            _write_text(sheet, row, place, digits(value))
        case datetime() | date():
            _write_text(sheet, row, place, value.isoformat())
        case _:
            _write_text(sheet, row, place, str(value))


def _is_exact(number: int | Decimal) -> bool:
    """Whether a spreadsheet, which has floating point numbers of 15 digits, keeps its value."""
    exact = Decimal(number)
    if not exact.is_finite() or len(exact.normalize().as_tuple().digits) > _DIGITS:
        return False
    return abs(exact.adjusted()) < 100 and Decimal(repr(float(exact))) == exact


def _write_text(sheet: Any, row: int, place: int, text: str, style: Any = None) -> None:
    if len(text) > _MAX_CELL:
        raise Unwritable(
            f"Row {row + 1}: a text of {len(text):,} characters; a cell of a spreadsheet holds "
            f"{_MAX_CELL:,}. Choose another format."
        )
    if _unspeakable(text):
        raise Unwritable(f"Row {row + 1}: a character that a spreadsheet cannot hold.")
    sheet.write_string(row, place, text if text.strip("'") else f"'{text}", style)


def _unspeakable(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff" for sign in text)
