"""Excel: read by calamine, written by XlsxWriter, typed and exact both ways."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError
from xlsxwriter import Workbook

from services.files.escape import digits
from services.files.sheet import Row, Sheet, Unwritable, Value, check_columns, check_rows, refuse

_MAX_UNPACKED = 1024**3
_MAX_CELL = 32_767
"""Characters in a cell; source: Excel specifications and limits, Microsoft."""
_FIRST_DAY = date(1900, 3, 1)
"""Excel takes 1900 for a leap year, so days before this are off by one."""
_DIGITS = 15
"""Of a number that a spreadsheet keeps exactly."""
_WIDEST = 50


def read_excel(content: bytes) -> Sheet:
    """The first sheet with anything in it; a formula gives the value that it had when saved.

    Raises Unreadable.
    """
    _check_size(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                return _sheet(sheet)
    except PasswordError as error:
        raise refuse("This spreadsheet is locked by a password. Save it without one.") from error
    except CalamineError as error:
        raise refuse("This is not a spreadsheet that can be read. Save it as .xlsx.") from error
    raise refuse("This spreadsheet is empty.")


def _check_size(content: bytes) -> None:
    """What a small file unpacks to is known before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refuse("This is not a spreadsheet that can be read. Save it as .xlsx.") from error
    if size > _MAX_UNPACKED:
        raise refuse(f"Unpacked, this spreadsheet is larger than {_MAX_UNPACKED // 1024**3} GB.")


def _sheet(sheet: Any) -> Sheet:
    check_rows(sheet.height - 1)
    first = sheet.start[0] + 1
    records = iter(sheet.iter_rows())
    headings = next(cells for cells in records if any(cell != "" for cell in cells))
    columns = [_heading(cell) for cell in headings]
    while columns and not columns[-1]:
        columns.pop()
    check_columns(columns, first)
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
