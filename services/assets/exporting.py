"""Assets as files: what a search finds, in every format."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from services.files.sheet import Format, Value
from services.files.writing import write
from services.model.current import current
from services.model.fields.cells import cell_of
from services.model.fields.flat import flat
from services.model.fields.spec import FieldSpec
from services.model.query import AssetQuery
from services.model.record import Asset
from services.store.assets.items import from_item
from services.store.attributes import loads
from services.store.read_model.catalogue import Catalogue


@dataclass(frozen=True)
class FileKind:
    """A format as people know it."""

    label: str
    ending: str
    media_type: str

    def file_name(self, day: date) -> str:
        """What a file made on that day is called."""
        return f"assets-{day.isoformat()}.{self.ending}"


KINDS: Mapping[Format, FileKind] = {
    "csv": FileKind("CSV", "csv", "text/csv; charset=utf-8"),
    "xlsx": FileKind(
        "Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "json": FileKind("JSON", "json", "application/json"),
    "jsonl": FileKind("JSON Lines", "jsonl", "application/jsonl"),
    "dynamodb": FileKind("DynamoDB JSON", "dynamodb.json", "application/jsonl"),
}
_BEFORE = ("identifier",)
_BEHIND = ("version", "createdAt", "createdBy", "updatedAt", "updatedBy")


class ExportService:
    """Writes assets to files."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def matching(self, query: AssetQuery, format: Format, out: IO[bytes]) -> None:  # noqa: A002
        """Write all assets that match, in their order, whatever part the query asks for.

        Raises StoreUnavailable, and Unwritable for a value that the format cannot hold.
        """
        _write(self._catalogue.read().every_line(query), format, out)

    def chosen(self, identifiers: Collection[str], format: Format, out: IO[bytes]) -> None:  # noqa: A002
        """Write these assets; one that is gone by now is left out. Raises as above."""
        _write(self._catalogue.read().lines_of(identifiers), format, out)


def _write(lines: Iterable[str], format: Format, out: IO[bytes]) -> None:  # noqa: A002
    if format == "dynamodb":
        # As they are stored, history and all: AWS imports them from S3 as they are.
        for line in lines:
            out.write(f'{{"Item":{line}}}\n'.encode())
        return
    specs = current().fields
    row = _values if format in ("json", "jsonl") else _cells
    assets = (from_item(loads(line)).asset for line in lines)
    write(_columns(specs), _rows(assets, specs, row), format, out)


def _columns(specs: Sequence[FieldSpec]) -> list[str]:
    return [*_BEFORE, *(spec.name for spec in specs), *_BEHIND]


def _rows(
    assets: Iterable[Asset],
    specs: Sequence[FieldSpec],
    row: Callable[[Sequence[FieldSpec], dict[str, Any]], list[Value]],
) -> Iterator[list[Value]]:
    for asset in assets:
        plain = asset.plain()
        values = flat(specs, plain)
        before, behind = ([plain[name] for name in names] for names in (_BEFORE, _BEHIND))
        yield [*before, *row(specs, values), *behind]


def _values(specs: Sequence[FieldSpec], values: dict[str, Any]) -> list[Value]:
    return [values[spec.name] for spec in specs]


def _cells(specs: Sequence[FieldSpec], values: dict[str, Any]) -> list[Value]:
    return [_one_cell(cell_of(spec, values[spec.name])) for spec in specs]


def _one_cell(cell: Any) -> Value:
    """What does not fit the model may be a map: in a file of cells it is a text."""
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list) else cell
