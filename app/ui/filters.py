"""What the viewer asked for. It lives in the URL, so that a link reopens what its sender saw."""

from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from services.model.current import fields
from services.model.query import DEFAULT_SORT, PAGE_SIZE, AssetQuery, Count, Filter
from services.model.spec import FieldSpec

SEARCH, SORT, PAGE = "q", "sort", "page"
_ORDER = "basket.order"

Facets = Mapping[str, Sequence[Count]]


def filters(known: Facets) -> AssetQuery:
    """Draw search, a filter per categorical field and the order; returns what is asked for."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        text = st.text_input(
            "Search",
            key=SEARCH,
            type="search",
            placeholder="Search by any word",
            live=True,
            bind="query-params",
            on_change=_first_page,
        )
        wanted = {
            spec.name: _filter(spec, known.get(spec.name, ()))
            for spec in fields()
            if spec.categorical
        }
        sort = _sort()
    narrowing = {name: Filter(values) for name, values in wanted.items()}
    return AssetQuery(text or "", narrowing, sort, _start())


def toggle(name: str, value: str) -> None:
    """Filter by a value of a field, or no longer."""
    chosen = list(cast("list[str]", st.session_state.get(name, [])))
    st.session_state[name] = (
        [other for other in chosen if other != value] if value in chosen else [*chosen, value]
    )
    _first_page()


def order_by(sort: str) -> None:
    """Put the assets in another order."""
    if sort == DEFAULT_SORT:
        st.query_params.pop(SORT, None)
    else:
        st.query_params[SORT] = sort
    _first_page()


def order() -> dict[str, str]:
    """What the URL needs for the order chosen last."""
    chosen = st.session_state.get(_ORDER, DEFAULT_SORT)
    return {} if chosen == DEFAULT_SORT else {SORT: chosen}


def clear() -> None:
    """Ask for everything again."""
    st.session_state[SEARCH] = ""
    for spec in fields():
        if spec.categorical:
            st.session_state[spec.name] = []
    _first_page()


def pages(total: int) -> None:
    """Draw the way to the other pages, if there are any."""
    count = -(-total // PAGE_SIZE)
    if count > 1:
        with st.container(horizontal_alignment="center"):
            st.pagination(count, key=PAGE, bind="query-params")


def _filter(spec: FieldSpec, known: Sequence[Count]) -> tuple[str, ...]:
    present = {entry.value for entry in known}
    fixed = [option.value for option in spec.options if _offered(spec, option.value, present)]
    options = [*fixed, *sorted(present - set(fixed), key=str.casefold)]
    chosen = st.multiselect(
        spec.label,
        options,
        key=spec.name,
        format_func=lambda value: _short_label(spec, value),
        placeholder="All",
        bind="query-params",
        on_change=_first_page,
    )
    return tuple(chosen)


def _offered(spec: FieldSpec, value: str, present: set[str]) -> bool:
    """Of the world's currencies only those in the basket; of a few choices all."""
    return spec.kind != "currency" or value in present


def _short_label(spec: FieldSpec, value: str) -> str:
    return spec.label_of(value) if spec.kind == "choice" else value


def _sort() -> str:
    """Kept in the URL by hand: bound, it would stand there as its label."""
    orders = _orders()
    asked = st.query_params.get(SORT, DEFAULT_SORT)
    st.session_state[_ORDER] = asked if asked in orders else DEFAULT_SORT
    return st.selectbox(
        "Sort by",
        list(orders),
        key=_ORDER,
        format_func=lambda sort: orders[sort],
        persist_state="session",
        on_change=lambda: order_by(st.session_state[_ORDER]),
    )


def _orders() -> dict[str, str]:
    orders = {DEFAULT_SORT: "Newest first", DEFAULT_SORT.removeprefix("-"): "Oldest first"}
    for spec in fields():
        orders[spec.name] = f"{spec.label} {_span(spec, 0, -1)}"
        orders[f"-{spec.name}"] = f"{spec.label} {_span(spec, -1, 0)}"
    return orders


def _span(spec: FieldSpec, first: int, last: int) -> str:
    if spec.kind != "choice":
        return "A–Z" if first == 0 else "Z–A"
    return f"{spec.options[first].label}–{spec.options[last].label}"


def _start() -> int:
    """Before the pages are drawn for the first time, only the URL knows which one is wanted."""
    asked = st.session_state.get(PAGE) or st.query_params.get(PAGE, "1")
    return (max(1, int(asked)) - 1) * PAGE_SIZE if str(asked).isdecimal() else 0


def _first_page() -> None:
    """What was on page 7 of everything is not on page 7 of something else."""
    if PAGE in st.session_state:
        st.session_state[PAGE] = 1
