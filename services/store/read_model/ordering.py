"""Sorts rows of the read model."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from services.model.fields.spec import FieldSpec
from services.model.query import sort_keys
from services.store.read_model.filtering import one_chunk
from services.store.read_model.rows import MOMENTS, PEOPLE, measure


def order(table: "pa.Table", specs: dict[str, FieldSpec], sort: str) -> Any:
    """The places of all rows in the order asked for; what is equal, newest first."""
    keys: dict[str, Any] = {}
    directions: list[tuple[str, str]] = []
    for place, (name, backwards) in enumerate(sort_keys(sort)):
        if name in table.column_names and (name in specs or name in (*MOMENTS, *PEOPLE)):
            keys[f"key {place}"] = _key(table, name, specs.get(name))
            directions.append((f"key {place}", "descending" if backwards else "ascending"))
    keys |= {"newest": table["createdAt"], "identifier": table["identifier"]}
    ties = [("newest", "descending"), ("identifier", "ascending")]
    return pc.sort_indices(pa.table(keys), sort_keys=[*directions, *ties])


def _key(table: "pa.Table", name: str, spec: FieldSpec | None) -> Any:
    if spec is not None and spec.numeric:
        return table[measure(name)]
    column = table[name]
    if spec is not None and spec.kind.ordinal and not spec.many:
        # High before Medium: in the order in which the model names them.
        ranks = pa.array([option.value for option in spec.options], pa.string())
        return pc.index_in(column, value_set=ranks)
    if pa.types.is_list(column.type):
        column = pc.binary_join(one_chunk(column), ", ")
    return pc.utf8_lower(column)
