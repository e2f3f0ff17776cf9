"""The basket's contents as columns: an immutable picture that answers queries in milliseconds.

Columns rather than objects, because Streamlit collects garbage after every click, which costs as
much as there are Python objects (measured, Streamlit 1.67).
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from services.model.query import AssetQuery, Count
from services.model.schema import fields
from services.store.changes import ItemChange
from services.store.items import Item, dumps
from services.store.rows import MOMENTS, fold, rows, schema, version_of

_TAIL_SHARE = 16
"""The part of the rows that may be new or dead before all are copied together: one in so many."""
_MAX_WORDS = 50
"""Words of a search that count; a pasted book would keep everybody waiting."""
_SMALL_TAIL = 256
"""Rows that are never worth that."""


class Columns:
    """Every asset at one moment; changing it makes another one that shares what is the same.

    A change appends rows to a short tail and marks the ones that they replace as dead, which costs
    as much as has changed; once the tail has grown long, the living rows are copied together.
    """

    def __init__(
        self, table: "pa.Table | None" = None, alive: Any = None, tail: int | None = None
    ) -> None:
        self._table = schema().empty_table() if table is None else table
        self._tail = len(self._table) if tail is None else tail
        self._alive = _all_true(len(self._table)) if alive is None else alive
        self._selection = lru_cache(maxsize=64)(self._select)
        self._order = lru_cache(maxsize=16)(self._sort)
        self._counts = lru_cache(maxsize=64)(self._count)

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Columns":
        """The picture of these items; what is not an asset is left out."""
        return cls(rows(items))

    def with_changes(self, changes: Mapping[str, Item | None]) -> "Columns":
        """The picture after these changes, by key; None for an item that is gone."""
        touched = pa.array(list(changes), pa.string())
        replaced = _one_chunk(pc.is_in(self._table["key"], value_set=touched))
        kept = pc.and_(self._alive, pc.invert(replaced))
        new = rows(item for item in changes.values() if item is not None)
        tail = pa.concat_tables([self._table.slice(self._tail), new]).combine_chunks()
        table = pa.concat_tables([self._table.slice(0, self._tail), tail])
        alive = pa.concat_arrays([kept, _all_true(len(new))])
        if len(tail) > max(_SMALL_TAIL, self._tail // _TAIL_SHARE):
            return Columns(table.filter(alive).combine_chunks())
        return Columns(table, alive, self._tail)

    def news_in(self, changes: Mapping[str, ItemChange]) -> dict[str, Item | None]:
        """The changes without those that are known already, or older than what is known."""
        touched = pa.array(list(changes), pa.string())
        same = _one_chunk(pc.is_in(self._table["key"], value_set=touched))
        here = self._table.select(["key", "version", "line"])
        known = {row["key"]: row for row in here.filter(pc.and_(self._alive, same)).to_pylist()}
        return {
            key: change.item for key, change in changes.items() if _is_news(change, known.get(key))
        }

    def __len__(self) -> int:
        return int(pc.sum(self._alive).as_py() or 0)

    def line(self, identifier: str) -> str | None:
        """The asset's item as a line of DynamoDB JSON; None if there is none."""
        same = _one_chunk(pc.equal(self._table["identifier"], identifier))
        found = pc.indices_nonzero(pc.and_(self._alive, same))
        return str(self._table["line"].take(found)[0].as_py()) if len(found) else None

    def lines(self, query: AssetQuery) -> list[str]:
        """The items asked for, in order."""
        chosen = self._chosen(query).slice(query.start, query.limit)
        return [str(line) for line in self._table["line"].take(chosen).to_pylist()]

    def keys(self) -> list[str]:
        """The keys of all items, in no order."""
        return [str(key) for key in self._table["key"].filter(self._alive).to_pylist()]

    def all_lines(self) -> list[str]:
        """All items as lines of DynamoDB JSON, in no order."""
        return [str(line) for line in self._table["line"].filter(self._alive).to_pylist()]

    def latest(self, limit: int) -> list[str]:
        """The items that changed last, in the bin or not, newest first."""
        order = self._order("-updatedAt")
        newest = order.filter(self._alive.take(order)).slice(0, limit)
        return [str(line) for line in self._table["line"].take(newest).to_pylist()]

    def identifiers(self, query: AssetQuery) -> list[str]:
        """The identifiers of all that matches, in order, whatever part is asked for."""
        return [str(i) for i in self._table["identifier"].take(self._chosen(query)).to_pylist()]

    def total(self, query: AssetQuery) -> int:
        """How many match."""
        return len(self._chosen(query))

    def everything(self, *, binned: bool = False) -> int:
        """How many there are."""
        return int(pc.sum(self._mask("", (), binned)).as_py() or 0)

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
        mask = pc.and_(self._alive, _one_chunk(pc.equal(self._table["binned"], binned)))
        for word in fold(text).split()[:_MAX_WORDS]:
            found = pc.match_substring(self._table["haystack"], word)
            mask = pc.and_(mask, _one_chunk(found))
        for name, values in filters:
            wanted = pa.array(values, pa.string())
            mask = pc.and_(mask, _one_chunk(pc.is_in(self._table[name], value_set=wanted)))
        return mask

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
    return name in MOMENTS or name in {spec.name for spec in fields()}


def _is_news(change: ItemChange, known: Mapping[str, str] | None) -> bool:
    if change.item is None or known is None:
        return not (change.item is None and known is None)
    if _is_older(change, change.item, known["version"] or ""):
        return False
    return dumps(change.item) != known["line"]


def _is_older(change: ItemChange, item: Item, ours: str) -> bool:
    """Whether the change tells of a past that is known already; other programs may go back."""
    theirs = version_of(item)
    if change.reborn or not (theirs.isdecimal() and ours.isdecimal()):
        return False
    went_back = change.replaced is not None and version_of(change.replaced) == ours
    return int(theirs) < int(ours) and not went_back


def _frozen(query: AssetQuery) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(sorted((name, values) for name, values in query.filters.items() if values))


def _all_true(length: int) -> Any:
    return pa.repeat(pa.scalar(True), length)


def _one_chunk(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
