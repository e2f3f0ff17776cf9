"""JSON and JSON Lines: numbers exact, nothing twice, nested objects as dotted columns."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from services.files.sheet import (
    FileProblem,
    Format,
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

_TOLD = 100
_DEEPEST = 30
"""As deep as DynamoDB stores values, within an asset; source: its Service Quotas page."""


def read_json(text: str, encoding: str) -> Sheet:
    """A list of objects, or the "items" of an object, as the API answers it. Raises Unreadable."""
    found = _parsed(text, 1)
    if isinstance(found, dict):
        found = found.get("items", found)
    records = [found] if isinstance(found, dict) else found
    if not isinstance(records, list):
        raise refuse("This JSON holds neither a list nor an object.")
    return _sheet("json", enumerate(records, 1), encoding, "Entry")


def read_json_lines(text: str, encoding: str) -> Sheet:
    """An object a line. Raises Unreadable, by line."""
    return _sheet("jsonl", parsed_lines(text), encoding, "Line")


def parsed_lines(text: str) -> Iterator[tuple[int, Any]]:
    """What each line that is not empty says, with its number. Raises Unreadable."""
    for line, raw in enumerate(text.split("\n"), 1):
        if raw.strip():
            yield line, _parsed(raw, line)


def table_of(
    format: Format,  # noqa: A002 - the field's name
    records: Iterable[tuple[int, dict[str, Any]]],
    encoding: str,
) -> Sheet:
    """Flat records as a table; the columns are in order of appearance. Raises Unreadable."""
    kept = []
    columns: dict[str, None] = {}
    for line, record in records:
        for value in record.values():
            _check_depth(value, line)
        kept.append((line, record))
        columns.update(dict.fromkeys(record))
        check_rows(len(kept))
    check_columns(tuple(columns), None)
    check_cells(len(kept), len(columns))
    rows = tuple(Row(line, tuple(map(record.get, columns))) for line, record in kept)
    return Sheet(format, tuple(columns), rows, encoding)


def _sheet(
    format: Format,  # noqa: A002
    records: Iterable[tuple[int, Any]],
    encoding: str,
    noun: str,
) -> Sheet:
    problems: list[FileProblem] = []
    flat: list[tuple[int, dict[str, Any]]] = []
    for line, record in records:
        if isinstance(record, dict):
            flat.append((line, dict(_flattened(record))))
            check_rows(len(flat))
        elif len(problems) < _TOLD:
            problems.append(FileProblem(line, f"{noun} {line} is no object like {{…}}."))
    if problems:
        raise Unreadable(problems)
    if not flat:
        raise refuse("There is nothing in this file.")
    return table_of(format, flat, encoding)


def _flattened(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """A nested object's values by dotted name, one level deep; what is deeper stays whole."""
    for name, value in record.items():
        if isinstance(value, dict) and value:
            yield from ((f"{name}.{inner}", below) for inner, below in value.items())
        else:
            yield name, value


def _check_depth(value: Any, line: int, depth: int = 0) -> None:
    """Refuse what is nested deeper than everybody reads who handles it later."""
    if depth > _DEEPEST:
        raise refuse(f"Line {line}: a value is nested too deep.", line)
    if isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            _check_depth(inner, line, depth + 1)


def _parsed(text: str, line: int) -> Any:
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_unique,
        )
    except json.JSONDecodeError as error:
        where = line + error.lineno - 1
        message = f"Line {where}, column {error.colno}: this is not valid JSON: {error.msg}."
        raise refuse(message, where) from error
    except RecursionError as error:
        raise refuse(f"Line {line}: this JSON is nested too deep.", line) from error
    except ValueError as error:
        raise refuse(f"Line {line}: {error}", line) from error


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number that can be stored.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen = Counter(name for name, _ in pairs)
        twice = next(name for name, count in seen.items() if count > 1)
        raise ValueError(f"“{twice[:60]}” stands in one object twice.")
    return made


def write_json(columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]) -> None:
    """A list of objects, one a line. Raises Unwritable."""
    separator = b"[\n"
    for record in _lines(columns, rows):
        out.write(separator + record)
        separator = b",\n"
    out.write(b"\n]\n" if separator == b",\n" else b"[]\n")


def write_json_lines(
    columns: Sequence[str], rows: Iterable[Sequence[Value]], out: IO[bytes]
) -> None:
    """An object a line. Raises Unwritable."""
    for record in _lines(columns, rows):
        out.write(record + b"\n")


def _lines(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    for row in rows:
        record = _nested(zip(columns, row, strict=True))
        text = json.dumps(record, ensure_ascii=False, default=_plain)
        try:
            # Else a reader that splits lines as Unicode does would find one in the middle.
            yield text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode()
        except UnicodeEncodeError as error:
            raise Unwritable("A text holds half a character, which no file can hold.") from error


def _nested(cells: Iterable[tuple[str, Value]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in cells:
        outer, dot, inner = name.partition(".")
        if dot:
            made.setdefault(outer, {})[inner] = value
        else:
            made[name] = value
    return made


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
