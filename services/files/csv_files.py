"""CSV, by the csv module: pandas turns "NA" into nothing, 007 into 7, and shifts ragged rows."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from services.files.escape import digits, escape, unescape
from services.files.sheet import (
    FileProblem,
    Row,
    Sheet,
    Unreadable,
    Unwritable,
    Value,
    check_cells,
    check_columns,
    check_rows,
    refuse,
)

DELIMITERS = (",", ";", "\t", "|")
_NEVER_BETWEEN = ("\r", "\n", '"')
"""Python 3.13 raises ValueError for these, and the versions before read nonsense."""
_MAX_CELL = 10 * 1024 * 1024
_TOLD = 100


def read_csv(text: str, encoding: str, delimiter: str | None) -> Sheet:
    """The table in a CSV text; empty lines are passed over.

    Raises Unreadable for what would have to be guessed, by line.
    """
    chosen = delimiter or _found(text)
    if chosen in _NEVER_BETWEEN:
        raise refuse("A line break or a quotation mark cannot stand between columns.")
    records = _records(text, chosen)
    first = next(records, None)
    if first is None:
        raise refuse("This file is empty.")
    columns = tuple(unescape(name) or "" for name in first[1])
    check_columns(columns, first[0])
    rows, problems = _rows(records, len(columns))
    if problems:
        raise Unreadable(problems)
    return Sheet("csv", columns, tuple(rows), encoding, chosen)


def _rows(
    records: Iterable[tuple[int, list[str]]], width: int
) -> tuple[list[Row], list[FileProblem]]:
    rows: list[Row] = []
    problems: list[FileProblem] = []
    for line, cells in records:
        if len(cells) != width:
            problems.append(FileProblem(line, _ragged(line, len(cells), width)))
            if len(problems) >= _TOLD:
                break
        rows.append(Row(line, tuple(unescape(cell) for cell in cells)))
        check_rows(len(rows))
        check_cells(len(rows), width)
    return rows, problems


def _ragged(line: int, has: int, width: int) -> str:
    noun = "value" if has == 1 else "values"
    return f"Line {line} has {has} {noun}, but there are {width} columns."


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not empty, with the line that it begins on."""
    csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise refuse(f"Line {line}: {_plain(str(error))}", line) from error


def _plain(error: str) -> str:
    if "unexpected end" in error:
        return "a quotation mark is opened and never closed."
    if "expected after" in error:
        return "after a closing quotation mark comes neither a delimiter nor the end of the line."
    if "field larger" in error:
        return f"a cell is larger than {_MAX_CELL // 1024**2} MB."
    return f"{error}."


def _found(text: str) -> str:
    """The delimiter that gives the first records the same number of cells, and most of them."""
    return max(DELIMITERS, key=lambda delimiter: _worth(text, delimiter))


def _worth(text: str, delimiter: str) -> tuple[bool, int]:
    try:
        widths = [len(cells) for _, cells in islice(_records(text[:200_000], delimiter), 20)]
    except Unreadable:
        return (False, 0)
    first = widths[0] if widths else 0
    return (first > 1 and widths.count(first) >= len(widths) - 1, first)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    """Write the table so that no spreadsheet runs anything in it, and read_csv gives it back.

    Raises Unwritable.
    """
    # With the mark, Excel takes it for UTF-8.
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    try:
        writer.writerow([escape(name) for name in columns])
        for row in rows:
            writer.writerow([_cell(value) for value in row])
    except UnicodeEncodeError as error:
        raise Unwritable("A text holds half a character, which no file can hold.") from error
    finally:
        text.detach()


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return escape(value)
        case Decimal():
            return digits(value)
        case int():
            return value
        case _:
            return escape(str(value))
