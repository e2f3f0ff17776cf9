"""The table of assets: labels instead of attribute names, readable dates, badges."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import streamlit as st

from app.features.browse.table import selection
from app.features.browse.table.cells import cell
from app.features.browse.table.pins import pinned
from app.features.browse.table.selection import Place
from app.features.browse.table.validation_markers import marked
from app.features.browse.toolbar.columns import headers
from app.shell.components.component import component
from app.shell.routes import address
from services.model.feedback import Feedback
from services.model.fields.spec import FieldSpec
from services.model.query import DEFAULT_SORT
from services.model.record import Asset, now

_KEY = "assets"
_NOTHING: Mapping[str, Sequence[Feedback]] = MappingProxyType({})


def table(
    assets: Sequence[Asset],
    columns: Sequence[FieldSpec],
    *,
    sort: str | None,
    view: str,
    place: Place,
    copy: str = "",
    said: Mapping[str, Sequence[Feedback]] = _NOTHING,
) -> None:
    """Draw the assets, each a link to its page, to be picked in that place.

    Clicking a header changes the order; without `sort` they stay as they are. Rows that appear or
    change while `view` stays the same are marked as new for a moment. `said`: of which columns, by
    their labels. `copy`: the name of the copy that the assets are in, if it is one.
    """
    row = _rows(tuple(columns), now().replace(second=0, microsecond=0))
    data = {
        "label": "Assets",
        "columns": pinned(headers(columns), columns, said),
        "rows": [row(_Same(asset)) for asset in assets],
        "sort": sort and sort.split(","),
        "usualSort": DEFAULT_SORT,
        "view": view,
        "picking": selection.to_props(place, assets, copy=copy),
    }
    component("features/browse/table/table.js")(data=data, key=_KEY, on_picked_change=_pick)


class _Same:
    """An asset that is the same only if it is the same object: what is drawn of it can be kept.

    One that was read again is another one, whatever it says.
    """

    __slots__ = ("asset",)

    def __init__(self, asset: Asset) -> None:
        self.asset = asset

    def __hash__(self) -> int:
        return id(self.asset)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.asset is other.asset


@lru_cache(maxsize=16)
def _rows(columns: tuple[FieldSpec, ...], moment: datetime) -> Callable[[_Same], dict[str, Any]]:
    """Draws rows of these columns; those of the last assets are kept for the next click."""
    return lru_cache(maxsize=64)(lambda same: _row(same.asset, columns, moment))


def _row(asset: Asset, columns: Sequence[FieldSpec], moment: datetime) -> dict[str, Any]:
    values = asset.plain()
    return {
        "id": asset.identifier,
        "href": address(asset.identifier),
        "version": asset.version,
        "cells": marked(asset, columns, [cell(spec, asset, values, moment) for spec in columns]),
    }


def _pick() -> None:
    selection.hear(st.session_state[_KEY].picked)
