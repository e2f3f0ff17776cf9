"""The way to take assets along as a file."""

from urllib.parse import urlencode

import streamlit as st

from app.queries import params_of
from app.ui.component import component
from services.files.sheet import Format
from services.model.query import DEFAULT_SORT, AssetPage, AssetQuery

_FORMATS: dict[Format, str] = {
    "csv": "CSV",
    "xlsx": "Excel",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "dynamodb": "DynamoDB JSON",
}


def export_menu(page: AssetPage, query: AssetQuery) -> None:
    """Draw a menu of real links, so that a file is made only when it is asked for."""
    scopes = [_scope(f"All {page.everything:,} assets", AssetQuery(sort=query.sort))]
    if query.narrows:
        scopes.insert(0, _scope(f"The {page.total:,} shown by the filters", query))
    # Drawn only once it is open: a closed menu costs a click nothing.
    menu = st.popover(
        "Export", icon=":material/download:", type="tertiary", key="export", on_change="rerun"
    )
    if menu.open:
        with menu:
            component("exports")(data={"scopes": scopes}, key="exports")


def _scope(label: str, query: AssetQuery) -> dict[str, object]:
    links = [{"label": name, "href": address(query, kind)} for kind, name in _FORMATS.items()]
    return {"label": label, "links": links}


def address(query: AssetQuery, kind: Format) -> str:
    """Where the file is, relative to the app's own address."""
    params: dict[str, str | list[str]] = {"format": kind, **params_of(query)}
    if query.text.strip():
        params["search"] = query.text
    if query.sort != DEFAULT_SORT:
        params["sort"] = query.sort
    return f"asset/export?{urlencode(params, doseq=True)}"
