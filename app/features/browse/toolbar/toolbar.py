"""Toolbar above the table: count, active filters, and panels for everything else."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from app.features.browse import query_state
from app.features.browse.charts import charts
from app.features.browse.saved_views import views
from app.features.browse.saved_views.views import Command
from app.features.browse.toolbar import columns, conditions, exports, order
from app.features.browse.toolbar.chips import chips, left_out
from app.shell.components.component import component
from services.assets.views import View
from services.model.query import AssetPage, AssetQuery

_KEY = "toolbar"


def toolbar(page: AssetPage, query: AssetQuery, saved: Sequence[View], copy: str) -> Command | None:
    """Draw it; returns what is to become of a saved view, if that was asked for.

    `copy`: the name of the copy that the page shows, if it is one. All else goes into
    the page's address. What is in a panel is only worked out while it is open.
    """
    asked_for, ignored = chips(query), left_out(query_state.left_out())
    opened = _opened()
    data = {
        "tally": _tally(page),
        "chips": [*asked_for, *ignored],
        "clear": query_state.narrowing_parameters() if query.narrows or ignored else None,
        "tools": {
            "conditions": {"label": "More filters", "count": len(asked_for)},
            "order": {"label": "Sort by", "now": order.in_words(query.sort)},
            "columns": {"label": "Columns"},
            "charts": {"label": "Charts"},
            "views": {"label": "Views", "count": len(saved)},
            "exports": {"label": "Export"},
        },
        "open": opened,
        "body": _bodies(page, query, saved, copy)[opened]() if opened else None,
    }
    drawn = component("features/browse/toolbar/toolbar.js")(
        data=data, key=_KEY, on_open_change=_nothing, on_command_change=_nothing
    )
    return views.command(drawn.command)


def _bodies(
    page: AssetPage, query: AssetQuery, saved: Sequence[View], copy: str
) -> dict[str, Callable[[], dict[str, Any]]]:
    return {
        "conditions": lambda: conditions.choice(page, query),
        "order": lambda: order.choice(query.sort),
        "columns": columns.choice,
        "charts": charts.choice,
        "views": lambda: views.choice(query, saved),
        "exports": lambda: exports.choice(page, query, copy),
    }


def _opened() -> str | None:
    """The panel that is open in the browser."""
    told: Any = st.session_state.get(_KEY)
    return told.get("open") if told else None


def _tally(page: AssetPage) -> list[tuple[str, bool]]:
    """How much of it all is on the page, in pieces; true for what is printed bold."""
    if not page.total:
        return [("No asset matches. Try fewer words or filters.", False)]
    noun = " asset" if page.total == 1 else " assets"
    if len(page.items) == page.total:
        return [(f"{page.total:,}", True), (noun, False)]
    last = page.start + len(page.items)
    shown = f"{page.start + 1:,}–{last:,}"
    return [(shown, True), (" of ", False), (f"{page.total:,}", True), (noun, False)]


def _nothing() -> None:
    """Without a callback a component's value is not known."""
