"""A table as a file of the format that is wanted."""

from collections.abc import Callable, Iterable, Sequence
from typing import IO

from services.files.csv_files import write_csv
from services.files.excel import write_excel
from services.files.json_files import write_json, write_json_lines
from services.files.sheet import Format, Value

_WRITERS: dict[Format, Callable[[Sequence[str], Iterable[Sequence[Value]], IO[bytes]], None]] = {
    "csv": write_csv,
    "xlsx": write_excel,
    "json": write_json,
    "jsonl": write_json_lines,
}


def write(
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    format: Format,  # noqa: A002 - the field's name
    out: IO[bytes],
) -> None:
    """Write the table; `read` gives back every cell as it was.

    A text format holds texts, so numbers come back as their digits from CSV; None and the empty
    text are told apart everywhere. DynamoDB JSON holds whole items, which the store itself
    writes. Raises Unwritable.
    """
    _WRITERS[format](columns, rows, out)
