"""The way to take assets along as a file."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from app.queries import params_of
from app.shell.words import count_of
from services.assets.exporting import KINDS, ExportService
from services.files.sheet import Format
from services.model.current import current, using
from services.model.query import DEFAULT_SORT, AssetPage, AssetQuery
from services.model.record import now


def choice(page: AssetPage, query: AssetQuery, copy: str) -> dict[str, Any]:
    """What the panel of exports needs: real links, so that a file is made when it is asked for.

    `copy`: the name of the copy that the page shows, if it is one.
    """
    scopes = [_scope(f"All {page.everything:,} assets", AssetQuery(sort=query.sort), copy)]
    if query.narrows:
        scopes.insert(0, _scope(f"The {page.total:,} shown by the filters", query, copy))
    return {"scopes": scopes}


def _scope(label: str, query: AssetQuery, copy: str) -> dict[str, object]:
    links = [{"label": of.label, "href": address(query, kind, copy)} for kind, of in KINDS.items()]
    return {"label": label, "links": links}


def export_picked(exports: ExportService, picked: Sequence[str], number: int) -> None:
    """Draw a menu of files of what is picked; a file is made once it is asked for."""
    menu = st.popover("Export", icon=":material/download:", key="export picked", on_change="rerun")
    if not menu.open:
        return
    today = now().date()
    with menu:
        st.caption(f"{count_of(number)} as a file")
        for name, kind in KINDS.items():
            st.download_button(
                kind.label,
                _maker(exports, picked, name),
                kind.file_name(today),
                kind.media_type,
                key=f"export picked {name}",
                on_click="ignore",
                width="stretch",
            )


def _maker(exports: ExportService, picked: Sequence[str], name: Format) -> Callable[[], bytes]:
    """Makes the file in a thread of its own, under the model that this page was drawn from."""
    model = current()

    def make() -> bytes:
        out = BytesIO()
        with using(model):
            exports.chosen(picked, name, out)
        return out.getvalue()

    return make


def address(query: AssetQuery, kind: Format, copy: str = "") -> str:
    """Where the file is, relative to the app's own address."""
    params: dict[str, str | list[str]] = {"format": kind, **params_of(query)}
    if query.text.strip():
        params["search"] = query.text
    if query.sort != DEFAULT_SORT:
        params["sort"] = query.sort
    if copy:
        params["copy"] = copy
    return f"asset/export?{urlencode(params, doseq=True)}"
