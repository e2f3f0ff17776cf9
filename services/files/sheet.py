"""What a file says, whatever its format: columns, and rows of cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from services.errors import BasketError

Format = Literal["csv", "xlsx", "json", "jsonl", "dynamodb"]

Value = str | bool | int | Decimal | date | datetime | list[Any] | dict[str, Any] | None
"""A cell. None: nothing is there. A CSV file has texts only."""

MAX_BYTES = 200 * 1024 * 1024
"""The largest file that is read, unpacked."""
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 25_000_000
_TOLD = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the file."""

    line: int
    """Where it begins: the line of a text, the row of a spreadsheet, the place in a JSON list."""
    cells: tuple[Value, ...]
    """One for each column."""


@dataclass(frozen=True)
class Sheet:
    """Everything in the file."""

    format: Format
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str = ""
    """Of a text file: how its characters are written."""
    delimiter: str = ""
    """Of a CSV file: what stands between two cells."""


@dataclass(frozen=True)
class FileProblem:
    """What is wrong with a file, and where."""

    line: int | None
    """None if it is the file as a whole."""
    message: str


class Unreadable(BasketError):  # noqa: N818 - reads as a noun of the domain
    """A file that cannot be read without guessing; nothing of it is used."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        self.problems = tuple(problems[:_TOLD])
        super().__init__(" ".join(problem.message for problem in self.problems[:3]))


class Unwritable(BasketError):  # noqa: N818
    """A value that a format cannot hold; the text names both."""


def refuse(message: str, line: int | None = None) -> Unreadable:
    """The error for one thing that is wrong."""
    return Unreadable([FileProblem(line, message)])


def check_columns(columns: Sequence[str], line: int | None = 1) -> None:
    """Raises Unreadable for headings that are empty, double or too many."""
    if not columns:
        raise refuse("There are no columns in this file.", line)
    if len(columns) > MAX_COLUMNS:
        raise refuse(f"This file has {len(columns):,} columns; at most {MAX_COLUMNS} are read.")
    problems = [
        FileProblem(line, f"Column {place} has no heading.")
        for place, name in enumerate(columns, 1)
        if not name.strip()
    ]
    seen: set[str] = set()
    for name in columns:
        if name.strip() and name in seen:
            problems.append(FileProblem(line, f"The heading “{name[:60]}” stands there twice."))
        seen.add(name)
    if problems:
        raise Unreadable(problems)


def check_rows(count: int) -> None:
    """Raises Unreadable for more rows than are read at once."""
    if count > MAX_ROWS:
        raise refuse(f"This file has more than {MAX_ROWS:,} rows. Split it into smaller ones.")


def check_cells(rows: int, columns: int) -> None:
    """Raises Unreadable for more cells, empty ones included, than are read at once."""
    if rows * columns > MAX_CELLS:
        raise refuse(f"This file has more than {MAX_CELLS:,} cells. Split it into smaller ones.")
