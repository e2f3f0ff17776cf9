"""Histograms of numbers and days; a click on a bar filters by its range."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.fields.attributes import label_of
from app.fields.ranges import day, day_before, has_range, number
from app.queries import BELOW, LEAST, MOST
from services.model.fields.spec import FieldSpec
from services.model.query import Bucket, Filter

_DAY_LENGTH = len("2026-11-21")


def histogram(spec: FieldSpec, buckets: Sequence[Bucket], wanted: Filter) -> dict[str, Any]:
    """What to draw of a field's numbers or days."""
    highest = max((bucket.count for bucket in buckets), default=0) or 1
    name = spec.name
    return {
        "label": f"{label_of(spec)} ({spec.unit})" if spec.unit else label_of(spec),
        "bounds": {"least": name + LEAST, "most": name + MOST, "below": name + BELOW},
        "bars": [_bar(spec, bucket, highest, wanted) for bucket in buckets],
        "ends": [_first(spec, buckets[0]), _last(spec, buckets[-1])] if buckets else [],
    }


def _bar(spec: FieldSpec, bucket: Bucket, highest: int, wanted: Filter) -> dict[str, Any]:
    first, last = _first(spec, bucket), _last(spec, bucket)
    return {
        "least": bucket.least,
        "below": bucket.below,
        "label": _label(first, last) if bucket.below else f"since {first}",
        "count": bucket.count,
        "share": bucket.count / highest,
        "chosen": has_range(wanted) and _touches(spec, bucket, wanted),
    }


def _label(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _first(spec: FieldSpec, bucket: Bucket) -> str:
    return number(bucket.least) if spec.numeric else day(bucket.least)


def _last(spec: FieldSpec, bucket: Bucket) -> str:
    """What numbers are below of; of days the last one."""
    if spec.numeric:
        return number(bucket.below)
    # Nothing is beyond the last bar of days.
    return day(day_before(bucket.below)) if bucket.below else day(bucket.least)


def _touches(spec: FieldSpec, bucket: Bucket, wanted: Filter) -> bool:
    """Whether some of the bar is in the range that is asked for."""
    first, end = _place(spec, bucket.least), bucket.below and _place(spec, bucket.below)
    return not (
        (wanted.least and end != "" and end <= _place(spec, wanted.least))
        or (wanted.most and first > _place(spec, wanted.most))
        or (wanted.below and first >= _place(spec, wanted.below))
    )


def _place(spec: FieldSpec, text: str) -> float:
    return float(text) if spec.numeric else date.fromisoformat(text[:_DAY_LENGTH]).toordinal()
