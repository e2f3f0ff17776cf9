"""The table of assets: labels instead of attribute names, readable dates, badges."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import streamlit as st

from app.ui.component import component
from app.ui.filters import order_by
from app.ui.words import ago, readable
from services.model.record import Asset
from services.model.schema import FieldSpec, fields

_KEY = "assets"
_ADDED_COLUMN = {"name": "createdAt", "label": "Added", "short": True, "newestFirst": True}


def table(assets: Sequence[Asset], *, sort: str, view: str) -> str | None:
    """Draw the assets; returns the identifier of the one just clicked, if any.

    Clicking a header changes the order. Rows that appear or change while `view` stays the same
    are marked as new for a moment.
    """
    specs = fields()
    moment = datetime.now(UTC)
    data = {
        "label": "Assets",
        "columns": [*(_column(spec) for spec in specs), _ADDED_COLUMN],
        "rows": [_row(asset, specs, moment) for asset in assets],
        "sort": sort,
        "view": view,
    }
    result = component("table")(data=data, key=_KEY, on_open_change=_nothing, on_sort_change=_sort)
    opened: str | None = result.open
    return opened


def _column(spec: FieldSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "label": spec.label,
        "link": spec is fields()[0],
        "short": spec.kind != "text",
    }


def _row(asset: Asset, specs: tuple[FieldSpec, ...], moment: datetime) -> dict[str, Any]:
    values = asset.plain()
    when = {"text": ago(asset.created_at, moment), "title": readable(asset.created_at)}
    return {
        "id": asset.identifier,
        "href": f"asset?id={quote(asset.identifier)}",
        "version": asset.version,
        "cells": [*(_cell(spec, values[spec.name]) for spec in specs), when],
    }


def _cell(spec: FieldSpec, value: object) -> dict[str, Any]:
    if value is None:
        return {"text": "–"}
    text = str(value)
    if spec.kind == "choice":
        return {"text": spec.label_of(text), "tone": spec.tone_of(text) or "gray"}
    if spec.kind == "currency":
        return {"text": text, "title": spec.label_of(text)}
    return {"text": text}


def _sort() -> None:
    order_by(str(st.session_state[_KEY].sort))


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
