"""The table of assets: labels instead of attribute names, readable dates, badges."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import streamlit as st

from app.ui import selection
from app.ui.component import component
from app.ui.filters import order_by
from app.ui.routes import address
from app.ui.selection import Place
from app.ui.words import ago, readable
from services.model.current import fields
from services.model.record import Asset
from services.model.spec import FieldSpec

_KEY = "assets"
LastColumn = Literal["Added", "Binned"]
_LAST: dict[LastColumn, dict[str, Any]] = {
    "Added": {"name": "createdAt", "label": "Added", "short": True, "newestFirst": True},
    "Binned": {"name": "updatedAt", "label": "Binned", "newestFirst": True},
}


def table(
    assets: Sequence[Asset],
    *,
    sort: str | None,
    view: str,
    place: Place,
    last: LastColumn = "Added",
) -> None:
    """Draw the assets, each a link to its page, to be picked in that place.

    Clicking a header changes the order; without `sort` they stay as they are. Rows that appear or
    change while `view` stays the same are marked as new for a moment. `last` says which moment the
    last column tells.
    """
    specs = fields()
    moment = datetime.now(UTC)
    data = {
        "label": "Assets",
        "columns": [*(_column(spec) for spec in specs), _LAST[last]],
        "rows": [_row(asset, specs, moment, last) for asset in assets],
        "sort": sort,
        "view": view,
        "picking": selection.told(place, assets),
    }
    component("table", "picking", "cards")(
        data=data, key=_KEY, on_sort_change=_sort, on_picked_change=_pick
    )


def _column(spec: FieldSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "label": spec.label,
        "link": spec is fields()[0],
        "short": spec.kind != "text",
    }


def _row(
    asset: Asset, specs: tuple[FieldSpec, ...], moment: datetime, last: LastColumn
) -> dict[str, Any]:
    values = asset.plain()
    when = _when(asset, moment, last)
    return {
        "id": asset.identifier,
        "href": address(asset.identifier),
        "version": asset.version,
        "cells": [*(_cell(spec, values[spec.name]) for spec in specs), when],
    }


def _when(asset: Asset, moment: datetime, last: LastColumn) -> dict[str, str]:
    if last == "Added":
        return {"text": ago(asset.created_at, moment), "title": readable(asset.created_at)}
    told = f"{ago(asset.updated_at, moment)} by {asset.updated_by}"
    return {"text": told, "title": readable(asset.updated_at)}


def _cell(spec: FieldSpec, value: object) -> dict[str, Any]:
    if value is None:
        return {"text": "–"}
    text = str(value)
    if spec.kind == "choice":
        return {"text": spec.label_of(text), "tone": spec.tone_of(text) or "gray"}
    if spec.kind == "currency":
        return {"text": text, "title": spec.label_of(text)}
    return {"text": text}


def _pick() -> None:
    selection.hear(st.session_state[_KEY].picked)


def _sort() -> None:
    order_by(str(st.session_state[_KEY].sort))
