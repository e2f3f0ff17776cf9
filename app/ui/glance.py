"""The basket at a glance: how much there is, and how it splits."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app.ui.component import component
from app.ui.filters import toggle
from services.model.current import fields
from services.model.query import AssetPage, AssetQuery, Count, Filter
from services.model.spec import FieldSpec

_SHOWN = 4
_KEY = "glance"


def glance(page: AssetPage, query: AssetQuery) -> None:
    """Draw the number of assets and their split by each categorical field; bars filter."""
    specs = [spec for spec in fields() if spec.categorical]
    data = {
        "title": "Assets",
        "number": f"{page.total:,}",
        "note": f"of {page.everything:,} in the basket" if query.narrows else "in the basket",
        "fields": [_split(spec, page, query) for spec in specs if page.facets.get(spec.name)],
    }
    component("glance")(data=data, key=_KEY, on_choose_change=_choose)


def _split(spec: FieldSpec, page: AssetPage, query: AssetQuery) -> dict[str, Any]:
    counts = _in_order(spec, page.facets.get(spec.name, ()))
    chosen = query.filters.get(spec.name, Filter()).any_of
    most = sum(count.count for count in counts) or 1
    counts = sorted(counts, key=lambda count: count.value not in chosen)
    rest = counts[_SHOWN:]
    return {
        "name": spec.name,
        "label": spec.label,
        "entries": [_entry(spec, count, most, chosen) for count in counts[:_SHOWN]],
        "rest": f"and {len(rest)} more: {sum(c.count for c in rest):,}" if rest else "",
    }


def _in_order(spec: FieldSpec, counts: Sequence[Count]) -> list[Count]:
    """Choices as the model orders them, High before Medium; other values most first."""
    order = {option.value: place for place, option in enumerate(spec.options)}
    if spec.kind != "choice":
        return list(counts)
    return sorted(counts, key=lambda count: order.get(count.value, len(order)))


def _entry(spec: FieldSpec, count: Count, whole: int, chosen: tuple[str, ...]) -> dict[str, Any]:
    return {
        "value": count.value,
        "label": spec.label_of(count.value) if spec.kind == "choice" else count.value,
        "count": count.count,
        "shown": f"{count.count:,}",
        "share": count.count / whole,
        "chosen": count.value in chosen,
    }


def _choose() -> None:
    clicked: Any = st.session_state[_KEY].choose
    toggle(str(clicked["field"]), str(clicked["value"]))
