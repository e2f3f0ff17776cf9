"""Search, the filters at hand and the pages: what is chosen here goes into the page's address."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.features.browse import query_state
from app.fields.attributes import short_label
from app.queries import values_of
from app.shell import state
from services.model.current import fields
from services.model.fields.spec import FieldSpec
from services.model.query import PAGE_SIZE, AssetQuery, Count

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
    wanted = query_state.narrowing()
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        # Bound to the address by Streamlit itself, which follows each letter without a new entry
        # in the browser's history.
        text = st.text_input(
            "Search",
            key=query_state.SEARCH,
            type="search",
            placeholder="Search by any word",
            live=True,
            bind="query-params",
            on_change=query_state.ask,
            args=({},),
        )
        for spec in at_hand():
            chosen = wanted[spec.name].any_of if spec.name in wanted else ()
            _filter(spec, known.get(spec.name, ()), chosen)
    query_state.note(text or "")
    return AssetQuery(text or "", wanted, query_state.sort(), query_state.start())


def pages(total: int) -> None:
    """Draw the way to the other pages, if there are any."""
    count = -(-total // PAGE_SIZE)
    if count > 1:
        here = min(query_state.page(), count)
        key = _showing(_PAGES, here)
        st.pagination(
            count,
            default=here,
            key=key,
            on_change=lambda: query_state.turn_to(st.session_state[key]),
        )


def _filter(spec: FieldSpec, known: Sequence[Count], chosen: tuple[str, ...]) -> None:
    key = _showing(f"filter {spec.name}", list(chosen))
    st.multiselect(
        spec.label,
        _options(spec, known, chosen),
        default=chosen,
        key=key,
        format_func=lambda value: short_label(spec, value),
        placeholder="All",
        accept_new_options=not spec.kind.fixed and len(known) > _OFFERED,
        on_change=lambda: query_state.ask({values_of(spec.name): st.session_state[key]}),
    )


def _showing(widget: str, value: object) -> str:
    """The key of a widget that shows what the address says; the value has to be its default.

    If the address has come to say something else (a link, Back), another one takes its place. A
    widget that is there and is told a value holds none in the browser for a moment (Streamlit
    1.67): whatever is sent meanwhile, such as news, says that somebody has emptied it.
    """
    turns: Mapping[str, int] = state.recall(state.SHOWN, {})
    turn = turns.get(widget, 0)
    if st.session_state.get(f"{widget} {turn}") != value:
        turn += 1
        state.remember(state.SHOWN, {**turns, widget: turn})
    return f"{widget} {turn}"


def _options(spec: FieldSpec, known: Sequence[Count], chosen: tuple[str, ...]) -> list[str]:
    """A few choices in the model's order, all of them; of many values those that occur."""
    present = {count.value for count in known[:_OFFERED]}
    options = [option.value for option in spec.options]
    fixed = options if spec.kind.offers_all else []
    first = fixed or [value for value in options if value in present]
    others = (present | set(chosen)) - set(first)
    return [*first, *sorted(others, key=lambda value: short_label(spec, value).casefold())]
