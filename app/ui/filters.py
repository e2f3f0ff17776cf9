"""Search, the filters at hand and the pages: what is chosen here goes into the page's address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.queries import values_of
from app.ui import asked
from app.ui.attributes import short_label
from services.model.current import fields
from services.model.query import PAGE_SIZE, AssetQuery, Count
from services.model.spec import FieldSpec

_AT_HAND = 3
_OFFERED = 200
"""Values offered at once: each of them travels to the browser with every click."""
_PAGES = "pages"

Facets = Mapping[str, Sequence[Count]]


def at_hand() -> list[FieldSpec]:
    """The fields whose filters are always there; the others are under “More filters”."""
    return [spec for spec in fields() if spec.categorical][:_AT_HAND]


def filters(known: Facets) -> AssetQuery:
    """Draw search and a filter for the first categorical fields; returns what is asked for."""
    wanted = asked.narrowing()
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        # Bound to the address by Streamlit itself, which follows each letter without a new entry
        # in the browser's history.
        text = st.text_input(
            "Search",
            key=asked.SEARCH,
            type="search",
            placeholder="Search by any word",
            live=True,
            bind="query-params",
            on_change=asked.ask,
            args=({},),
        )
        for spec in at_hand():
            chosen = wanted[spec.name].any_of if spec.name in wanted else ()
            _filter(spec, known.get(spec.name, ()), chosen)
    asked.note(text or "")
    return AssetQuery(text or "", wanted, asked.sort(), asked.start())


def pages(total: int) -> None:
    """Draw the way to the other pages, if there are any."""
    count = -(-total // PAGE_SIZE)
    if count > 1:
        _follow_address(_PAGES, min(asked.page(), count))
        st.pagination(count, key=_PAGES, on_change=_turn)


def _turn() -> None:
    asked.turn_to(st.session_state[_PAGES])


def _filter(spec: FieldSpec, known: Sequence[Count], chosen: tuple[str, ...]) -> None:
    key = f"filter {spec.name}"
    _follow_address(key, list(chosen))
    st.multiselect(
        spec.label,
        _options(spec, known, chosen),
        key=key,
        format_func=lambda value: short_label(spec, value),
        placeholder="All",
        accept_new_options=not spec.fixed and len(known) > _OFFERED,
        on_change=lambda: asked.ask({values_of(spec.name): st.session_state[key]}),
    )


def _follow_address(key: str, value: object) -> None:
    """Have a widget show what the address says; set only if it does not, or what is being chosen
    in the browser at this moment would be lost."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _options(spec: FieldSpec, known: Sequence[Count], chosen: tuple[str, ...]) -> list[str]:
    """A few choices in the model's order, all of them; of many values those that occur."""
    present = {count.value for count in known[:_OFFERED]}
    options = [option.value for option in spec.options]
    fixed = options if spec.kind not in ("currency", "country") else []
    first = fixed or [value for value in options if value in present]
    others = (present | set(chosen)) - set(first)
    return [*first, *sorted(others, key=lambda value: short_label(spec, value).casefold())]
