"""How numbers or days are spread; a click on a bar asks for its range."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.queries import BELOW, LEAST, MOST
from app.ui.attributes import label_of
from app.ui.ranges import day, day_before, has_range, number
from services.model.query import Bucket, Filter
from services.model.spec import FieldSpec


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
        "label": first if first == last else f"{first} – {last}",
        "count": bucket.count,
        "share": bucket.count / highest,
        "chosen": has_range(wanted) and _touches(spec, bucket, wanted),
    }


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
    place = Decimal if spec.numeric else _day
    first, end = place(bucket.least), bucket.below and place(bucket.below)
    return not (
        (wanted.least and end and end <= place(wanted.least))
        or (wanted.most and first > place(wanted.most))
        or (wanted.below and first >= place(wanted.below))
    )


def _day(text: str) -> date:
    return date.fromisoformat(text[: len("2026-11-21")])
