"""Histograms of numbers and days; a click on a bar filters by its range."""

from collections.abc import Sequence
from typing import Any

from app.fields.attributes import label_of
from app.queries import BELOW, LEAST, MOST
from services.model.fields.range import Range
from services.model.fields.spec import FieldSpec
from services.model.query import Bucket, Filter


def histogram(
    spec: FieldSpec, line: Range, buckets: Sequence[Bucket], wanted: Filter
) -> dict[str, Any]:
    """What to draw of a field's values, which lie on this line."""
    highest = max((bucket.count for bucket in buckets), default=0) or 1
    name = spec.name
    return {
        "label": f"{label_of(spec)} ({spec.unit})" if spec.unit else label_of(spec),
        "bounds": {"least": name + LEAST, "most": name + MOST, "below": name + BELOW},
        "bars": [_bar(line, bucket, highest, wanted) for bucket in buckets],
        "ends": [line.bound(buckets[0].least), _last(line, buckets[-1])] if buckets else [],
    }


def _bar(line: Range, bucket: Bucket, highest: int, wanted: Filter) -> dict[str, Any]:
    first, last = line.bound(bucket.least), _last(line, bucket)
    return {
        "least": bucket.least,
        "below": bucket.below,
        "label": _label(first, last) if bucket.below else f"since {first}",
        "count": bucket.count,
        "share": bucket.count / highest,
        "chosen": wanted.has_range and _touches(line, bucket, wanted),
    }


def _label(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"


def _last(line: Range, bucket: Bucket) -> str:
    """What numbers are below of; of days the last one."""
    # Nothing is beyond the last bar of days.
    return line.bound(line.most_below(bucket.below) if bucket.below else bucket.least)


def _touches(line: Range, bucket: Bucket, wanted: Filter) -> bool:
    """Whether some of the bar is in the range that is asked for."""
    first, end = line.place(bucket.least), bucket.below and line.place(bucket.below)
    return not (
        (wanted.least and end != "" and end <= line.place(wanted.least))
        or (wanted.most and first > line.place(wanted.most))
        or (wanted.below and first >= line.place(wanted.below))
    )
