"""Any file or pasted text as a table: its format found by content first, by name second."""

import json
from pathlib import PurePath
from typing import get_args

from services.files.csv_files import read_csv
from services.files.decoding import GZIP, decoded, unpacked
from services.files.dynamodb import is_item, read_dynamodb
from services.files.excel import read_excel
from services.files.json_files import read_json, read_json_lines
from services.files.sheet import Format, Sheet, refuse

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENDINGS: dict[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
}


def read(
    content: bytes,
    name: str = "",
    *,
    format: Format | None = None,  # noqa: A002 - the field's name
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Sheet:
    """The table in a file; what is not given is found.

    Raises Unreadable with the lines that are wrong: nothing is guessed, shifted or left out.
    """
    content = unpacked(content)
    if content.startswith(_OLD_OFFICE):
        raise refuse("This is an old or locked Office file. Save it as .xlsx without a password.")
    if _is_spreadsheet(content, format):
        return read_excel(content)
    text, found_encoding = decoded(content, encoding)
    text = text.removeprefix("\ufeff")
    match format or _found(text, name):
        case "json":
            return read_json(text, found_encoding)
        case "jsonl":
            return read_json_lines(text, found_encoding)
        case "dynamodb":
            return read_dynamodb(text, found_encoding)
        case _:
            return read_csv(text, found_encoding, delimiter)


def is_packed(content: bytes, format: Format | None) -> bool:  # noqa: A002
    """Whether what is in the file may be much larger than the file."""
    return content.startswith(GZIP) or _is_spreadsheet(content, format)


def _is_spreadsheet(content: bytes, format: Format | None) -> bool:  # noqa: A002
    return format == "xlsx" or (format is None and content.startswith(b"PK\x03\x04"))


def _found(text: str, name: str) -> Format:
    start = text.lstrip()[:1]
    if start == "[":
        return "json" if _says(name) != "jsonl" else "jsonl"
    if start == "{":
        return _of_objects(text)
    said = _says(name)
    return said if said in ("json", "jsonl") else "csv"


def _says(name: str) -> Format | None:
    """What the name promises: "assets.csv.gz" is CSV."""
    endings = [ending.lower() for ending in PurePath(name).suffixes if ending.lower() != ".gz"]
    return _ENDINGS.get(endings[-1]) if endings else None


def _of_objects(text: str) -> Format:
    """Text that begins with an object: one for all, or one a line, perhaps of DynamoDB's."""
    first = text.lstrip().split("\n", 1)[0]
    try:
        found = json.loads(first)
    except (ValueError, RecursionError):
        return "json"
    if is_item(found):
        return "dynamodb"
    return "jsonl" if text.lstrip()[len(first) :].strip() else "json"


FORMATS: tuple[Format, ...] = get_args(Format)
"""Every format that is read."""
