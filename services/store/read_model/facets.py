"""Facets and histograms of the rows that were found."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from services.model.query import Bucket, Count

_BUCKETS = 8
"""About how many bars a spread has."""

Split = TypeVar("Split")


class Splits(Mapping[str, Split]):
    """By name, how what was found splits up; counted when looked at, since a page shows few."""

    def __init__(self, names: Sequence[str], count: Callable[[str], Split]) -> None:
        self._names = names
        self._count = count

    def __getitem__(self, name: str) -> Split:
        if name not in self._names:
            raise KeyError(name)
        return self._count(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def counts(column: Any) -> tuple[Count, ...]:
    """How often each text occurs, most first; of lists, each of their texts."""
    if pa.types.is_list(column.type):
        column = pc.list_flatten(column)
    counted = pc.value_counts(column.drop_null()).to_pylist()
    ranked = sorted(counted, key=lambda entry: (-entry["counts"], entry["values"]))
    return tuple(Count(entry["values"], entry["counts"]) for entry in ranked)


def spread_of_numbers(column: Any, *, whole: bool) -> tuple[Bucket, ...]:
    """How many numbers lie between round bounds; none if there are no numbers."""
    numbers = column.drop_null().to_numpy()
    numbers = numbers[np.isfinite(numbers)]
    if not len(numbers):
        return ()
    edges = list(_round_edges(float(numbers.min()), float(numbers.max()), whole=whole))
    found, _ = np.histogram(numbers, [float(edge) for edge in edges])
    return tuple(
        Bucket(f"{least:f}", f"{below:f}", int(count))
        for (least, below), count in zip(pairwise(edges), found, strict=True)
    )


def spread_of_days(column: Any) -> tuple[Bucket, ...]:
    """How many days or moments lie in each day, week, month or year, as the span suggests."""
    days = pc.utf8_slice_codeunits(column.drop_null(), 0, len("2026-11-21"))
    counted = {entry["values"]: entry["counts"] for entry in pc.value_counts(days).to_pylist()}
    known = {day: count for text, count in counted.items() if (day := _day(text)) is not None}
    if not known:
        return ()
    edges: list[date | None] = list(_calendar_edges(min(known), max(known)))
    return tuple(_bucket(known, least, below) for least, below in pairwise([*edges, None]) if least)


def _bucket(known: dict[date, int], least: date, below: date | None) -> Bucket:
    count = sum(n for day, n in known.items() if least <= day and (below is None or day < below))
    return Bucket(least.isoformat(), below.isoformat() if below else "", count)


def _round_edges(least: float, most: float, *, whole: bool) -> Iterator[Decimal]:
    step = _round_step((most - least) / _BUCKETS)
    if whole:
        step = max(step, Decimal(1))
    edge = Decimal(math.floor(Decimal(str(least)) / step)) * step
    yield edge
    while edge <= Decimal(str(most)):
        edge += step
        yield edge


def _round_step(about: float) -> Decimal:
    """1, 2 or 5 times a power of ten, not below `about`."""
    if about <= 0:
        return Decimal(1)
    power = Decimal(10) ** math.floor(math.log10(about))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= Decimal(str(about)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _calendar_edges(first: date, last: date) -> Iterator[date]:
    """The first days of all days, weeks, months or years from the first to the last day."""
    span = (last - first).days
    if span <= 14:
        yield from _steps(first, last, lambda day: day + timedelta(days=1))
    elif span <= 100:
        monday = first - timedelta(days=min(first.weekday(), (first - date.min).days))
        yield from _steps(monday, last, lambda day: day + timedelta(days=7))
    elif span <= 2 * 366:
        yield from _steps(first.replace(day=1), last, _next_month)
    else:
        years = math.ceil(span / 365 / _BUCKETS)
        start = max(1, first.year // years * years)
        yield from (date(year, 1, 1) for year in range(start, last.year + 1, years))


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _steps(edge: date, last: date, following: Callable[[date], date]) -> Iterator[date]:
    while edge <= last:
        yield edge
        try:
            edge = following(edge)
        except OverflowError:
            return
