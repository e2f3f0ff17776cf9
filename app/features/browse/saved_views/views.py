"""Saved views: one click away for everybody, and kept in a panel."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from app.features.browse import query_state
from app.queries import params_of
from app.shell import state
from app.shell.components.component import component
from services.assets.views import LONGEST_NAME, View, ViewService
from services.errors import BasketError
from services.model.query import DEFAULT_SORT, AssetQuery

_AT_HAND = 12


@dataclass(frozen=True)
class Save:
    """Give what is looked at a name."""

    name: str
    replacing: bool

    def execute(self, service: ViewService, address: str, by: str) -> None:
        """Raises NameTaken, InvalidName, StoreUnavailable."""
        service.save(self.name, address, by=by, replacing=self.replacing)


@dataclass(frozen=True)
class Rename:
    """Give a view another name."""

    name: str
    to: str

    def execute(self, service: ViewService, _: str, by: str) -> None:
        """Raises ViewNotFound, NameTaken, InvalidName, StoreUnavailable."""
        service.rename(self.name, self.to, by=by)


@dataclass(frozen=True)
class Remove:
    """Forget a view."""

    name: str

    def execute(self, service: ViewService, _: str, __: str) -> None:
        """Raises StoreUnavailable."""
        service.remove(self.name)


Command = Save | Rename | Remove


def tabs(query: AssetQuery, saved: Sequence[View]) -> None:
    """Draw the first views as links, if there are any."""
    if saved:
        shown = [_link(view, query) for view in saved[:_AT_HAND]]
        more = len(saved) - len(shown)
        data = {
            "label": "Saved views",
            "views": [{"name": "All assets", "href": "./", "current": not address(query)}, *shown],
            "more": f"and {more} more under “Views”" if more else "",
        }
        component("features/browse/saved_views/views.js")(data=data, key="views")


def choice(query: AssetQuery, saved: Sequence[View]) -> dict[str, Any]:
    """What the panel of views needs."""
    kept = state.recall(state.VIEW_NOTE, {})
    state.remember(state.VIEW_NOTE, {})
    return {
        "views": [_link(view, query) for view in saved],
        "longest": LONGEST_NAME,
        "note": kept.get("note", ""),
        "good": kept.get("good", False),
        "typed": kept.get("typed", ""),
    }


def address(query: AssetQuery) -> str:
    """What is looked at, as the parameters of an address; the page number is no part of it."""
    params = {
        query_state.SEARCH: [query.text] if query.text.strip() else [],
        **params_of(query),
        query_state.SORT: [] if query.sort == DEFAULT_SORT else [query.sort],
        **{
            name: st.query_params.get_all(name)
            for name in (query_state.COLUMNS, query_state.CHARTS)
        },
    }
    return urlencode(params, doseq=True)


def command(told: Any) -> Command | None:
    """What was asked for in the panel."""
    match told:
        case {"do": "save", "name": str(name), "replacing": bool(replacing)}:
            return Save(name, replacing)
        case {"do": "rename", "name": str(name), "to": str(to)}:
            return Rename(name, to)
        case {"do": "remove", "name": str(name)}:
            return Remove(name)
        case _:
            return None


@contextmanager
def outcome(wished: Command) -> Iterator[None]:
    """Tell in the panel what came of it; what was typed is still there if nothing did."""
    try:
        yield
        state.remember(state.VIEW_NOTE, {"note": _done(wished), "good": True})
    except BasketError as error:
        typed = wished.name if isinstance(wished, Save) else ""
        state.remember(state.VIEW_NOTE, {"note": str(error), "typed": typed})
    st.rerun()


def _done(wished: Command) -> str:
    match wished:
        case Save(name):
            return f"Saved as “{name.strip()}”."
        case Rename(_, to):
            return f"Renamed to “{to.strip()}”."
        case Remove(name):
            return f"Deleted “{name}”."


def _link(view: View, query: AssetQuery) -> dict[str, Any]:
    return {
        "name": view.name,
        "href": f"./?{view.address}",
        "current": view.address == address(query),
    }
