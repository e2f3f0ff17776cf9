"""Filters rows of the read model."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.model.fields.kinds.temporal import utc
from services.model.fields.range import Range
from services.model.fields.spec import FieldSpec
from services.model.query import Filter
from services.store.read_model.rows import MOMENTS, PEOPLE, measure


def passes(table: "pa.Table", name: str, spec: FieldSpec | None, wanted: Filter) -> Any:
    """For each row whether the filter lets it through; none does, if there is no such column.

    `spec`: the field of that name; None for an attribute of the system's.
    """
    if name not in table.column_names or (spec is None and name not in (*MOMENTS, *PEOPLE)):
        return pa.repeat(pa.scalar(False), len(table))
    mask = pa.repeat(pa.scalar(True), len(table))
    column = one_chunk(table[name])
    if wanted.any_of:
        mask = pc.and_(mask, _where(column, lambda texts: _is_one_of(texts, wanted.any_of)))
    if wanted.contains:
        mask = pc.and_(mask, _where(column, lambda texts: _has_part(texts, wanted.contains)))
    if wanted.empty is not None:
        mask = pc.and_(mask, _is_empty(column) if wanted.empty else pc.invert(_is_empty(column)))
    line = spec.range if spec else None
    if line is not None and line.of == "numbers":
        return pc.and_(mask, _between_numbers(one_chunk(table[measure(name)]), wanted, line))
    if line is not None or (spec is None and name in MOMENTS):
        return pc.and_(mask, _between_moments(column, wanted))
    return mask


def one_chunk(column: Any) -> Any:
    """The column as one array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _where(column: Any, test: Any) -> Any:
    """For each row whether its text, or one of its texts, passes the test."""
    if not pa.types.is_list(column.type):
        return pc.fill_null(test(column), False)
    hits = np.zeros(len(column), dtype=bool)
    passed = pc.fill_null(test(pc.list_flatten(column)), False)
    hits[pc.list_parent_indices(column).filter(passed).to_numpy()] = True
    return pa.array(hits)


def _is_one_of(texts: Any, values: tuple[str, ...]) -> Any:
    return pc.is_in(texts, value_set=pa.array(values, pa.string()))


def _has_part(texts: Any, part: str) -> Any:
    clean = part.encode("utf-8", "replace").decode()
    return pc.match_substring(texts, clean, ignore_case=True)


def _is_empty(column: Any) -> Any:
    missing = pc.is_null(column)
    length = pc.list_value_length if pa.types.is_list(column.type) else pc.binary_length
    return pc.or_(missing, pc.fill_null(pc.equal(length(column), 0), False))


def _between_numbers(column: Any, wanted: Filter, numbers: Range) -> Any:
    mask = _true(column)
    for bound, compare in _bounds(wanted):
        if numbers.is_bound(bound):
            mask = pc.and_(mask, pc.fill_null(compare(column, float(bound)), False))
    return mask


def _between_moments(column: Any, wanted: Filter) -> Any:
    mask = _true(column)
    for bound, compare in _bounds(wanted):
        if bound:
            # A day as the last one means all of it: its moments begin with the day's own text.
            end = "~" if compare is pc.less_equal and len(bound) <= len("2026-11-21") else ""
            text = (utc(bound) if "T" in bound else bound) + end
            mask = pc.and_(mask, pc.fill_null(compare(column, text), False))
    return mask


def _bounds(wanted: Filter) -> tuple[tuple[str, Any], ...]:
    return (
        (wanted.least, pc.greater_equal),
        (wanted.most, pc.less_equal),
        (wanted.below, pc.less),
    )


def _true(column: Any) -> Any:
    return pa.repeat(pa.scalar(True), len(column))
