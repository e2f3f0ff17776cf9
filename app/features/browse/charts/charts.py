"""Which fields are charted, and their values as bars; a click on a bar filters."""

from collections.abc import Sequence
from typing import Any

from app.features.browse import query_state
from app.features.browse.charts.histogram import histogram
from app.fields.attributes import attributes, label_of, named, short_label
from app.queries import values_of
from services.model.current import fields
from services.model.fields.spec import FieldSpec
from services.model.query import AssetPage, AssetQuery, Count, Filter

_USUAL = 3
_BARS = 4


def usual() -> list[FieldSpec]:
    """The first fields by which assets fall into groups."""
    return [spec for spec in fields() if spec.categorical][:_USUAL]


def charted() -> list[FieldSpec]:
    """The fields asked for in the address; the usual ones if it says nothing."""
    names = query_state.names(query_state.CHARTS)
    return usual() if names is None else [spec for spec in named(names) if has_chart(spec)]


def has_chart(spec: FieldSpec) -> bool:
    """Whether a chart of it says anything."""
    return spec.categorical or spec.range is not None


def choice() -> dict[str, Any]:
    """What the panel needs in which charts are chosen."""
    shown = charted()
    return {
        "title": "Charts",
        "back": "Usual charts",
        "parameter": query_state.CHARTS,
        "entries": [
            {"name": spec.name, "label": label_of(spec), "shown": spec in shown}
            for spec in attributes()
            if has_chart(spec)
        ],
        "ordered": False,
        "least": 0,
        "usual": [spec.name for spec in usual()],
    }


def charts(page: AssetPage, query: AssetQuery) -> list[dict[str, Any]]:
    """What to draw of each charted field; what has no values is left out."""
    drawn = (_chart(spec, page, query.filters.get(spec.name, Filter())) for spec in charted())
    return [chart for chart in drawn if chart["bars"]]


def _chart(spec: FieldSpec, page: AssetPage, wanted: Filter) -> dict[str, Any]:
    if spec.categorical or spec.range is None:
        return _split(spec, page.facets[spec.name], wanted.any_of)
    return histogram(spec, spec.range, page.spreads[spec.name], wanted)


def _split(spec: FieldSpec, counts: Sequence[Count], chosen: tuple[str, ...]) -> dict[str, Any]:
    counts = _in_order(spec, counts)
    whole = sum(count.count for count in counts) or 1
    counts = sorted(counts, key=lambda count: count.value not in chosen)
    rest = counts[_BARS:]
    return {
        "label": label_of(spec),
        "parameter": values_of(spec.name),
        "bars": [_bar(spec, count, whole, chosen) for count in counts[:_BARS]],
        "rest": f"and {len(rest):,} more: {sum(c.count for c in rest):,}" if rest else "",
    }


def _in_order(spec: FieldSpec, counts: Sequence[Count]) -> list[Count]:
    """Choices as the model orders them, High before Medium; other values most first."""
    order = {option.value: place for place, option in enumerate(spec.options)}
    if not spec.kind.ordinal:
        return list(counts)
    return sorted(counts, key=lambda count: order.get(count.value, len(order)))


def _bar(spec: FieldSpec, count: Count, whole: int, chosen: tuple[str, ...]) -> dict[str, Any]:
    return {
        "value": count.value,
        "label": short_label(spec, count.value),
        "count": count.count,
        "shown": f"{count.count:,}",
        "share": count.count / whole,
        "chosen": count.value in chosen,
    }
