"""Filters for every field that has none at hand, each as its type suggests."""

from typing import Any

from app.queries import BELOW, CONTAINS, EMPTY, LEAST, MOST, values_of
from app.ui.attributes import SYSTEM, attributes, can_be_empty, label_of, short_label
from app.ui.chips import conditions
from app.ui.filters import at_hand
from app.ui.ranges import day_before
from services.model.query import AssetPage, AssetQuery, Filter
from services.model.spec import FieldSpec

_OFFERED = 50
_TEXTS = ("text", "long text", "email", "url")


def choice(page: AssetPage, query: AssetQuery) -> dict[str, Any]:
    """What the panel of more filters needs."""
    offered = (_entry(spec, page, query.filters.get(spec.name, Filter())) for spec in attributes())
    return {"fields": [entry for entry in offered if entry["parts"]]}


def _entry(spec: FieldSpec, page: AssetPage, wanted: Filter) -> dict[str, Any]:
    here = spec in at_hand()
    parts = [
        _values(spec, page, wanted) if spec.categorical and not here else None,
        _text(spec, wanted) if spec.kind in _TEXTS else None,
        _range(spec, wanted) if spec.numeric or spec.temporal else None,
        _empty(spec, wanted) if can_be_empty(spec) else None,
    ]
    return {
        "name": spec.name,
        "label": label_of(spec),
        "group": "Its history" if spec in SYSTEM else spec.group,
        "said": ", ".join(said for said, _ in conditions(spec, wanted, values=not here)),
        "parts": [part for part in parts if part],
    }


def _values(spec: FieldSpec, page: AssetPage, wanted: Filter) -> dict[str, Any]:
    counts = {count.value: count.count for count in page.facets[spec.name]}
    fixed = [] if spec.kind in ("currency", "country") else [o.value for o in spec.options]
    known = list(dict.fromkeys([*wanted.any_of, *fixed, *counts]))
    return {
        "kind": "values",
        "parameter": values_of(spec.name),
        "options": [
            {
                "value": value,
                "label": short_label(spec, value),
                "count": f"{counts.get(value, 0):,}",
                "chosen": value in wanted.any_of,
            }
            for value in known[:_OFFERED]
        ],
        "more": max(0, len(known) - _OFFERED),
    }


def _text(spec: FieldSpec, wanted: Filter) -> dict[str, Any]:
    return {"kind": "text", "parameter": spec.name + CONTAINS, "value": wanted.contains}


def _range(spec: FieldSpec, wanted: Filter) -> dict[str, Any]:
    name, most = spec.name, wanted.most
    if wanted.below and not most:
        is_day = spec.temporal and "T" not in wanted.below
        most = day_before(wanted.below) if is_day else wanted.below
    return {
        "kind": "days" if spec.temporal else "numbers",
        "parameters": {"least": name + LEAST, "most": name + MOST, "below": name + BELOW},
        "least": wanted.least,
        "most": most,
        "unit": spec.unit,
    }


def _empty(spec: FieldSpec, wanted: Filter) -> dict[str, Any]:
    value = {None: "", True: "yes", False: "no"}[wanted.empty]
    return {"kind": "empty", "parameter": spec.name + EMPTY, "value": value}
