"""URL query state of Browse: search, filters, order, columns and page."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.fields.attributes import attributes
from app.queries import filters_from, sound, unusable
from app.shell import state
from services.model.current import fields
from services.model.problem import Problem
from services.model.query import DEFAULT_SORT, PAGE_SIZE, Filter, sort_keys

SEARCH, SORT, PAGE, COLUMNS, CHARTS = "q", "sort", "page", "columns", "charts"
"""The parameters of the address beside those of the filters."""
_OTHERS = (SEARCH, SORT, PAGE, COLUMNS, CHARTS)
_FURTHEST = 10**9


def narrowing() -> dict[str, Filter]:
    """What is wanted of each field, as far as it can be applied; see `left_out`."""
    asked = _parameters()
    return sound(attributes(), filters_from(fields(), lambda name: asked.get(name, ())))


def left_out() -> list[Problem]:
    """What the address asks for that cannot be applied, each by its parameter."""
    known = {spec.name for spec in attributes()}
    unknown = [name for name, _ in sort_keys(_one(SORT)) if name not in known]
    orders = [Problem(SORT, f"There is no field “{name[:60]}” to sort by.") for name in unknown]
    return [*unusable(attributes(), _parameters(), _OTHERS), *orders]


def sort() -> str:
    """The order asked for, as far as it can be had; see `left_out`."""
    known = {spec.name for spec in attributes()}
    keys = [(name, back) for name, back in sort_keys(_one(SORT)) if name in known]
    return ",".join(f"{'-' if back else ''}{name}" for name, back in keys) or DEFAULT_SORT


def page() -> int:
    """The page asked for, the first being 1."""
    text = _one(PAGE)
    return min(max(1, int(text)), _FURTHEST) if text.isascii() and text.isdecimal() else 1


def start() -> int:
    """How many assets are on the pages before."""
    return (page() - 1) * PAGE_SIZE


def names(parameter: str) -> list[str] | None:
    """The names that a parameter lists; None if it is not there."""
    if parameter not in st.query_params:
        return None
    return [name.strip() for name in _one(parameter).split(",")]


def ask(changes: Mapping[str, Sequence[str]]) -> None:
    """Ask for something else: these parameters become these values, the rest stays.

    What was on page 7 of the old answer is not on page 7 of the new one.
    """
    _set({PAGE: [], **changes})


def narrowing_parameters() -> list[str]:
    """The parameters that narrow, and those that nobody knows: all but how it is looked at."""
    return [name for name in noted() if name not in (SORT, PAGE, COLUMNS, CHARTS)]


def turn_to(number: int) -> None:
    """Ask for another page of the same."""
    _set({PAGE: [str(number)] if number > 1 else []})


def note(text: str) -> None:
    """Remember what is asked for; `text` is being typed and may not stand in the address yet."""
    state.remember(state.ASKED, {**_parameters(), SEARCH: [text] if text else []})


def noted() -> dict[str, list[str]]:
    """What this tab last asked for."""
    kept: dict[str, list[str]] = state.recall(state.ASKED, {})
    return kept


def _parameters() -> dict[str, list[str]]:
    """Everything in the address: asking for it name by name takes longer."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _one(parameter: str) -> str:
    return st.query_params.get(parameter, "")


def _set(changes: Mapping[str, Sequence[str]]) -> None:
    """In one message, which makes one entry in the browser's history; an empty list is left out."""
    if any(st.query_params.get_all(name) != list(values) for name, values in changes.items()):
        st.query_params.update(changes)
