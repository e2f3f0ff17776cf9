"""The basket's contents as columns: an immutable picture that answers queries in milliseconds.

Columns rather than objects, because Streamlit collects garbage after every click, which costs as
much as there are Python objects (measured, Streamlit 1.67).
"""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from services.model.query import AssetQuery, Count
from services.model.schema import FieldSpec, fields
from services.store.items import Item, dumps, plain_values
from services.store.table import ASSET_PREFIX, META, key_of

_SYSTEM = pa.schema(
    [
        ("key", pa.string()),
        ("identifier", pa.string()),
        ("line", pa.string()),
        ("haystack", pa.string()),
        ("binned", pa.bool_()),
        ("version", pa.string()),
        ("createdAt", pa.string()),
        ("createdBy", pa.string()),
        ("updatedAt", pa.string()),
        ("updatedBy", pa.string()),
    ]
)
_MOMENTS = ("createdAt", "createdBy", "updatedAt", "updatedBy")


class Columns:
    """Every asset at one moment; changing it makes another one."""

    def __init__(self, table: "pa.Table | None" = None) -> None:
        self._table = _schema().empty_table() if table is None else table
        self._selection = lru_cache(maxsize=64)(self._select)
        self._order = lru_cache(maxsize=16)(self._sort)
        self._counts = lru_cache(maxsize=64)(self._count)

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Columns":
        """The picture of these items; what is not an asset is left out."""
        return cls(_rows(items))

    def with_changes(self, changes: Mapping[str, Item | None]) -> "Columns":
        """The picture after these changes, by key; None for an item that is gone."""
        touched = pa.array(list(changes), pa.string())
        kept = self._table.filter(pc.invert(pc.is_in(self._table["key"], value_set=touched)))
        new = _rows(item for item in changes.values() if item is not None)
        return Columns(pa.concat_tables([kept, new]).combine_chunks())

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def line(self, identifier: str) -> str | None:
        """The asset's item as a line of DynamoDB JSON; None if there is none."""
        found = pc.index(self._table["identifier"], identifier).as_py()
        return None if found < 0 else str(self._table["line"][found].as_py())

    def lines(self, query: AssetQuery) -> list[str]:
        """The items asked for, in order."""
        chosen = self._chosen(query).slice(query.start, query.limit)
        return [str(line) for line in self._table["line"].take(chosen).to_pylist()]

    def keys(self) -> list[str]:
        """The keys of all items, in no order."""
        return [str(key) for key in self._table["key"].to_pylist()]

    def all_lines(self) -> list[str]:
        """All items as lines of DynamoDB JSON, in no order."""
        return [str(line) for line in self._table["line"].to_pylist()]

    def latest(self, limit: int) -> list[str]:
        """The items that changed last, in the bin or not, newest first."""
        newest = self._order("-updatedAt").slice(0, limit)
        return [str(line) for line in self._table["line"].take(newest).to_pylist()]

    def identifiers(self, query: AssetQuery) -> list[str]:
        """The identifiers of all that matches, in order, whatever part is asked for."""
        return [str(i) for i in self._table["identifier"].take(self._chosen(query)).to_pylist()]

    def total(self, query: AssetQuery) -> int:
        """How many match."""
        return len(self._chosen(query))

    def everything(self, *, binned: bool = False) -> int:
        """How many there are."""
        return int(pc.sum(pc.equal(self._table["binned"], binned)).as_py() or 0)

    def facets(self, query: AssetQuery) -> dict[str, tuple[Count, ...]]:
        """By categorical field: its values among what matches every other filter, most first."""
        narrowing = _frozen(query)
        return {
            spec.name: self._counts(spec.name, query.text, narrowing, query.binned)
            for spec in fields()
            if spec.categorical
        }

    def _chosen(self, query: AssetQuery) -> Any:
        return self._selection(query.text, _frozen(query), query.sort, query.binned)

    def _select(
        self, text: str, filters: tuple[tuple[str, tuple[str, ...]], ...], sort: str, binned: bool
    ) -> Any:
        order = self._order(sort)
        return order.filter(self._mask(text, filters, binned).take(order))

    def _count(
        self,
        name: str,
        text: str,
        filters: tuple[tuple[str, tuple[str, ...]], ...],
        binned: bool,
    ) -> tuple[Count, ...]:
        others = tuple(entry for entry in filters if entry[0] != name)
        found = self._table[name].filter(self._mask(text, others, binned)).drop_null()
        counted = pc.value_counts(found).to_pylist()
        ranked = sorted(counted, key=lambda entry: (-entry["counts"], entry["values"]))
        return tuple(Count(entry["values"], entry["counts"]) for entry in ranked)

    def _mask(
        self, text: str, filters: tuple[tuple[str, tuple[str, ...]], ...], binned: bool
    ) -> Any:
        mask = pc.equal(self._table["binned"], binned)
        for word in fold(text).split():
            mask = pc.and_(mask, pc.match_substring(self._table["haystack"], word))
        for name, values in filters:
            wanted = pa.array(values, pa.string())
            mask = pc.and_(mask, pc.is_in(self._table[name], value_set=wanted))
        return _one_chunk(mask)

    def _sort(self, sort: str) -> Any:
        name = sort.removeprefix("-")
        direction = "descending" if sort.startswith("-") else "ascending"
        keys = pa.table(
            {
                "wanted": self._sort_key(name),
                "newest": self._table["createdAt"],
                "identifier": self._table["identifier"],
            }
        )
        ties = [("newest", "descending"), ("identifier", "ascending")]
        return pc.sort_indices(keys, sort_keys=[("wanted", direction), *ties])

    def _sort_key(self, name: str) -> Any:
        column = self._table[name]
        spec = next((spec for spec in fields() if spec.name == name), None)
        if spec is not None and spec.kind == "choice":
            ranks = pa.array([option.value for option in spec.options], pa.string())
            return pc.index_in(column, value_set=ranks)
        return pc.utf8_lower(column)


def sortable(name: str) -> bool:
    """Whether assets can be put in order by an attribute of this name outside Python."""
    return name in _MOMENTS or name in {spec.name for spec in fields()}


def is_asset(key: str) -> bool:
    """Whether what has this key is an asset."""
    return key.startswith(ASSET_PREFIX) and key.endswith(f"|{META}")


def fold(text: str) -> str:
    """The text as it is compared in a search: case, width and composition do not count."""
    clean = text.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFKC", clean).casefold()


def _frozen(query: AssetQuery) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, values) for name, values in query.filters.items() if values))


def _schema() -> "pa.Schema":
    schema = _SYSTEM
    for spec in fields():
        schema = schema.append(pa.field(spec.name, pa.string()))
    return schema


def _rows(items: Iterable[Item]) -> "pa.Table":
    rows = [row for item in items if (row := _row(item, fields())) is not None]
    return pa.Table.from_pylist(rows, schema=_schema())


def _row(item: Item, specs: tuple[FieldSpec, ...]) -> dict[str, Any] | None:
    key = key_of(item)
    if not is_asset(key):
        return None
    plain = plain_values(item)
    shown = {spec.name: _text(plain.get(spec.name)) for spec in specs}
    return {
        "key": key,
        "identifier": key.removeprefix(ASSET_PREFIX).removesuffix(f"|{META}"),
        "line": dumps(item),
        "haystack": fold("\n".join(value for value in shown.values() if value)),
        "binned": plain.get("deletedAt") is not None,
        "version": _text(plain.get("version")),
        **{name: _text(plain.get(name)) for name in _MOMENTS},
        **shown,
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _one_chunk(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
