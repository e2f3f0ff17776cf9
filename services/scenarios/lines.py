"""Assets as lines of DynamoDB JSON, as AWS exports a table and imports one: {"Item": {…}}."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from services.disk import make_private, written_whole
from services.errors import BasketError
from services.store.attributes import dumps, loads
from services.store.read_model.rows import is_asset
from services.store.table import key_of

Lines = Mapping[str, str]
"""Items by key, each as one line of DynamoDB JSON: the same line for the same item."""

_BEFORE, _BEHIND = '{"Item":', "}"


class UnreadableFile(BasketError):  # noqa: N818 - says what the file is
    """A file that does not hold assets as DynamoDB JSON."""


def by_key(lines: Iterable[str]) -> Lines:
    """The assets among items that are a line each, in the order of their keys."""
    found = {key_of(loads(line)): line for line in lines}
    return {key: found[key] for key in sorted(found) if is_asset(key)}


def read_lines(path: Path) -> Lines:
    """The assets in a file. Raises UnreadableFile with the line that is none."""
    found: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                item = json.loads(line)["Item"]
                found[key_of(item)] = dumps(item)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UnreadableFile(
                    f"Line {number} of {path.name} is no item of DynamoDB JSON, such as "
                    '{"Item": {"PK": {"S": "ASSET#1"}, "SK": {"S": "META"}, …}}.'
                ) from error
    return {key: found[key] for key in sorted(found) if is_asset(key)}


def write_lines(path: Path, lines: Lines) -> None:
    """Write the assets to a file: whole, on the disk before this returns, or not at all."""
    make_private(path.parent)
    with written_whole(path) as draft, draft.open("w", encoding="utf-8") as out:
        out.writelines(f"{_BEFORE}{lines[key]}{_BEHIND}\n" for key in sorted(lines))
