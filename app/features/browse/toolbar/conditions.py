"""Filters for every field that has none at hand, each as its type suggests."""

from collections.abc import Sequence
from typing import Any

from app.features.browse.filters import at_hand
from app.features.browse.toolbar.chips import conditions
from app.fields.attributes import attributes, can_be_empty, label_of, short_label
from app.fields.groups import grouped
from app.queries import BELOW, CONTAINS, EMPTY, LEAST, MOST, values_of
from services.model.fields.range import Range
from services.model.fields.spec import FieldSpec
from services.model.query import AssetPage, AssetQuery, Filter

_OFFERED = 50


def choice(page: AssetPage, query: AssetQuery) -> dict[str, Any]:
    """What the panel of more filters needs."""
    groups = [(group, _fields(specs, page, query)) for group, specs in grouped(attributes())]
    return {"groups": [{"title": group, "fields": fields} for group, fields in groups if fields]}


def _fields(specs: Sequence[FieldSpec], page: AssetPage, query: AssetQuery) -> list[dict[str, Any]]:
    offered = (_field(spec, page, query.filters.get(spec.name, Filter())) for spec in specs)
    return [field for field in offered if field["parts"]]


def _field(spec: FieldSpec, page: AssetPage, wanted: Filter) -> dict[str, Any]:
    here = spec in at_hand()
    parts = [
        _values(spec, page, wanted) if spec.categorical and not here else None,
        _text(spec, wanted) if spec.kind.by_part else None,
        _range(spec, spec.range, wanted) if spec.range else None,
        _empty(spec, wanted) if can_be_empty(spec) else None,
    ]
    return {
        "name": spec.name,
        "label": label_of(spec),
        "said": ", ".join(said for said, _ in conditions(spec, wanted, values=not here)),
        "parts": [part for part in parts if part],
    }


def _values(spec: FieldSpec, page: AssetPage, wanted: Filter) -> dict[str, Any]:
    counts = {count.value: count.count for count in page.facets[spec.name]}
    fixed = [o.value for o in spec.options] if spec.kind.offers_all else []
    known = list(dict.fromkeys([*fixed, *counts]))
    # What is chosen is there even where there is no room for everything; the rest keeps its place.
    known = [value for value in wanted.any_of if value not in known[:_OFFERED]] + known
    known = list(dict.fromkeys(known))
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


def _range(spec: FieldSpec, line: Range, wanted: Filter) -> dict[str, Any]:
    name, most = spec.name, wanted.most
    if wanted.below and not most:
        most = line.most_below(wanted.below)
    return {
        "kind": line.of,
        "parameters": {"least": name + LEAST, "most": name + MOST, "below": name + BELOW},
        "least": wanted.least,
        "most": most,
        "unit": spec.unit,
    }


def _empty(spec: FieldSpec, wanted: Filter) -> dict[str, Any]:
    value = {None: "", True: "yes", False: "no"}[wanted.empty]
    return {"kind": "empty", "parameter": spec.name + EMPTY, "value": value}
