"""Assets as columns: immutable, and queried in milliseconds.

Columns rather than objects, because Streamlit collects garbage after every click, which costs as
much as there are Python objects (measured, Streamlit 1.67).
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from services.model.current import Model, current, fields
from services.model.query import AssetQuery, Bucket, Count, Narrowing, sort_keys
from services.store.attributes import Item, loads
from services.store.read_model.changes import ItemChange
from services.store.read_model.facets import Splits, counts, spread_of_days, spread_of_numbers
from services.store.read_model.filtering import one_chunk, passes
from services.store.read_model.news import is_news, whole_number
from services.store.read_model.ordering import order
from services.store.read_model.rows import (
    BINNED,
    HAYSTACK,
    KEY,
    LINE,
    MOMENTS,
    PEOPLE,
    fold,
    measure,
    rows,
    schema,
)

_TAIL_SHARE = 16
"""The part of the rows that may be new or dead before all are copied together: one in so many."""
_MAX_WORDS = 50
"""Words of a search that count; a pasted book would keep everybody waiting."""
_SMALL_TAIL = 256
"""New or dead rows for which all are never copied together."""
_SOME = 1000
"""Lines that are handed out at once."""


class Columns:
    """Every asset at one moment; changing it makes another one that shares what is the same.

    A change appends rows to a short tail and marks the ones that they replace as dead, which costs
    as much as has changed; once the tail has grown long, the living rows are copied together.
    """

    def __init__(
        self,
        model: Model,
        table: "pa.Table | None" = None,
        alive: Any = None,
        tail: int | None = None,
    ) -> None:
        self.model = model
        """The model whose fields are the columns."""
        self._specs = {spec.name: spec for spec in model.fields}
        self._table = schema(model.fields).empty_table() if table is None else table
        self._tail = len(self._table) if tail is None else tail
        self._alive = _all_true(len(self._table)) if alive is None else alive
        self._selection = lru_cache(maxsize=64)(self._select)
        self._order = lru_cache(maxsize=16)(self._put_in_order)
        self._counts = lru_cache(maxsize=64)(self._count)
        self._spreads = lru_cache(maxsize=64)(self._spread)

    @classmethod
    def of(cls, items: Iterable[Item]) -> "Columns":
        """The picture of these items under the model in force; what is no asset is left out."""
        model = current()
        return cls(model, rows(items, model.fields))

    def under(self, model: Model) -> "Columns":
        """The same assets as columns of another model."""
        items = (loads(line) for line in self.all_lines())
        return Columns(model, rows(items, model.fields))

    def with_changes(self, changes: Mapping[str, Item | None]) -> "Columns":
        """The picture after these changes, by key; None for an item that is gone."""
        touched = pa.array(list(changes), pa.string())
        replaced = one_chunk(pc.is_in(self._table[KEY], value_set=touched))
        kept = pc.and_(self._alive, pc.invert(replaced))
        living = (item for item in changes.values() if item is not None)
        new = rows(living, self.model.fields)
        tail = pa.concat_tables([self._table.slice(self._tail), new]).combine_chunks()
        table = pa.concat_tables([self._table.slice(0, self._tail), tail])
        alive = pa.concat_arrays([kept, _all_true(len(new))])
        if len(tail) > max(_SMALL_TAIL, self._tail // _TAIL_SHARE):
            return Columns(self.model, table.filter(alive).combine_chunks())
        return Columns(self.model, table, alive, self._tail)

    def news_in(self, changes: Mapping[str, ItemChange]) -> dict[str, Item | None]:
        """The changes without those that are known already, or older than what is known."""
        touched = pa.array(list(changes), pa.string())
        same = one_chunk(pc.is_in(self._table[KEY], value_set=touched))
        here = self._table.select([KEY, "version", LINE])
        known = {row[KEY]: row for row in here.filter(pc.and_(self._alive, same)).to_pylist()}
        return {
            key: change.item for key, change in changes.items() if is_news(change, known.get(key))
        }

    def __len__(self) -> int:
        return int(pc.sum(self._alive).as_py() or 0)

    def line(self, identifier: str) -> str | None:
        """The asset's item as a line of DynamoDB JSON; None if there is none."""
        same = one_chunk(pc.equal(self._table["identifier"], identifier))
        found = pc.indices_nonzero(pc.and_(self._alive, same))
        return str(self._table[LINE].take(found)[0].as_py()) if len(found) else None

    def lines(self, query: AssetQuery) -> list[str]:
        """The items asked for, in order."""
        chosen = self._chosen(query).slice(query.start, query.limit)
        return [str(line) for line in self._table[LINE].take(chosen).to_pylist()]

    def every_line(self, query: AssetQuery) -> Iterator[str]:
        """The items of all that matches, in order, whatever part is asked for."""
        return self._each_line(self._chosen(query))

    def lines_of(self, identifiers: Collection[str]) -> Iterator[str]:
        """The items of these assets, in their order; one that is not there is left out."""
        place = pc.index_in(self._table["identifier"], _texts(identifiers))
        found = pc.indices_nonzero(pc.and_(self._alive, one_chunk(pc.is_valid(place))))
        return self._each_line(found.take(pc.sort_indices(place.take(found))))

    def _each_line(self, chosen: Any) -> Iterator[str]:
        """A few at a time, since all of them together may be large."""
        for start in range(0, len(chosen), _SOME):
            yield from self._table[LINE].take(chosen.slice(start, _SOME)).to_pylist()

    def versions_of(self, identifiers: Collection[str], *, binned: bool) -> dict[str, int]:
        """The versions of these assets as far as they are there, by identifier, in no order."""
        among = one_chunk(pc.is_in(self._table["identifier"], _texts(identifiers)))
        mask = pc.and_(self._mask("", (), binned), among)
        found = self._table.select(["identifier", "version"]).filter(mask).to_pydict()
        versions = (whole_number(version) for version in found["version"])
        return dict(zip(found["identifier"], versions, strict=True))

    def count_of(self, identifiers: Collection[str], query: AssetQuery) -> int:
        """How many of these assets are among what matches."""
        matching = self._table["identifier"].take(self._chosen(query))
        return int(pc.sum(pc.is_in(matching, _texts(identifiers))).as_py() or 0)

    def keys(self) -> list[str]:
        """The keys of all items, in no order."""
        return [str(key) for key in self._table[KEY].filter(self._alive).to_pylist()]

    def all_lines(self) -> list[str]:
        """All items as lines of DynamoDB JSON, in no order."""
        return [str(line) for line in self._table[LINE].filter(self._alive).to_pylist()]

    def some_lines(self, most: int) -> list[str]:
        """At most so many items, from all over the basket, in no order."""
        living = pc.indices_nonzero(self._alive)
        step = max(1, -(-len(living) // most))
        places = living.take(pa.array(range(0, len(living), step), pa.int64()))
        return [str(line) for line in self._table[LINE].take(places).to_pylist()]

    def lines_of_operation(self, beginning: str) -> list[str]:
        """The items whose last change has an operation id that begins so, in no order."""
        wanted = f'"operation":{{"S":{json.dumps(beginning, ensure_ascii=False)[:-1]}'
        same = one_chunk(pc.match_substring(self._table[LINE], wanted))
        return [
            str(line) for line in self._table[LINE].filter(pc.and_(self._alive, same)).to_pylist()
        ]

    def latest(self, limit: int) -> list[str]:
        """The items that changed last, in the bin or not, newest first."""
        order = self._order("-updatedAt")
        newest = order.filter(self._alive.take(order)).slice(0, limit)
        return [str(line) for line in self._table[LINE].take(newest).to_pylist()]

    def identifiers(self, query: AssetQuery) -> list[str]:
        """The identifiers of all that matches, in order, whatever part is asked for."""
        return [str(i) for i in self._table["identifier"].take(self._chosen(query)).to_pylist()]

    def total(self, query: AssetQuery) -> int:
        """How many match."""
        return len(self._chosen(query))

    def everything(self, *, binned: bool = False) -> int:
        """How many there are."""
        return int(pc.sum(self._mask("", (), binned)).as_py() or 0)

    def facets(self, query: AssetQuery) -> Mapping[str, tuple[Count, ...]]:
        """By categorical field: its values among what matches every other filter, most first.

        Each is counted when it is looked at.
        """
        names = [spec.name for spec in self.model.fields if spec.categorical]
        return Splits(names, lambda name: self._counts(name, *_asked(query)))

    def spreads(self, query: AssetQuery) -> Mapping[str, tuple[Bucket, ...]]:
        """By field of numbers or days, and by moment of the record: how many of what matches every
        other filter lie where. Each is counted when it is looked at.
        """
        names = [spec.name for spec in self.model.fields if spec.range]
        return Splits([*names, *MOMENTS], lambda name: self._spreads(name, *_asked(query)))

    def _chosen(self, query: AssetQuery) -> Any:
        return self._selection(query.text, query.narrowing, query.sort, query.binned)

    def _select(self, text: str, narrowing: Narrowing, sort: str, binned: bool) -> Any:
        order = self._order(sort)
        return order.filter(self._mask(text, narrowing, binned).take(order))

    def _put_in_order(self, sort: str) -> Any:
        return order(self._table, self._specs, sort)

    def _count(self, name: str, text: str, narrowing: Narrowing, binned: bool) -> tuple[Count, ...]:
        return counts(self._by_others(name, self._table[name], text, narrowing, binned))

    def _spread(
        self, name: str, text: str, narrowing: Narrowing, binned: bool
    ) -> tuple[Bucket, ...]:
        spec = self._specs.get(name)
        numbers = spec.range if spec is not None and spec.numeric else None
        column = self._table[measure(name) if numbers else name]
        found = self._by_others(name, column, text, narrowing, binned)
        return spread_of_numbers(found, whole=numbers.whole) if numbers else spread_of_days(found)

    def _by_others(
        self, name: str, column: Any, text: str, narrowing: Narrowing, binned: bool
    ) -> Any:
        """What a column holds in the rows that match every filter but that of field `name`."""
        others = tuple(entry for entry in narrowing if entry[0] != name)
        return one_chunk(column.filter(self._mask(text, others, binned)))

    def _mask(self, text: str, narrowing: Narrowing, binned: bool) -> Any:
        mask = pc.and_(self._alive, one_chunk(pc.equal(self._table[BINNED], binned)))
        for word in fold(text).split()[:_MAX_WORDS]:
            found = pc.match_substring(self._table[HAYSTACK], word)
            mask = pc.and_(mask, one_chunk(found))
        for name, wanted in narrowing:
            mask = pc.and_(mask, passes(self._table, name, self._specs.get(name), wanted))
        return mask


def sortable(sort: str) -> bool:
    """Whether assets can be put in order by all that this names."""
    names = {name for name, _ in sort_keys(sort)}
    return bool(names) and names <= {*MOMENTS, *PEOPLE, *(spec.name for spec in fields())}


def _asked(query: AssetQuery) -> tuple[str, Narrowing, bool]:
    return query.text, query.narrowing, query.binned


def _texts(values: Iterable[str]) -> Any:
    return pa.array(list(values), pa.string())


def _all_true(length: int) -> Any:
    return pa.repeat(pa.scalar(True), length)
