"""The table of assets: labels instead of attribute names, readable dates, badges."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from app.ui.cells import cell
from app.ui.columns import header
from app.ui.component import component
from app.ui.routes import address
from services.model.query import DEFAULT_SORT, sort_keys
from services.model.record import Asset
from services.model.spec import FieldSpec

_KEY = "assets"


def table(
    assets: Sequence[Asset], columns: Sequence[FieldSpec], *, sort: str | None, view: str
) -> None:
    """Draw the assets, each a link to its page.

    Clicking a header changes the order; without `sort` they stay as they are. Rows that appear or
    change while `view` stays the same are marked as new for a moment.
    """
    moment = datetime.now(UTC)
    data = {
        "label": "Assets",
        "columns": [header(spec) for spec in columns],
        "rows": [_row(asset, columns, moment) for asset in assets],
        "sort": None
        if sort is None
        else [f"{'-' if back else ''}{name}" for name, back in sort_keys(sort)],
        "usualSort": DEFAULT_SORT,
        "view": view,
    }
    component("table")(data=data, key=_KEY)


def _row(asset: Asset, columns: Sequence[FieldSpec], moment: datetime) -> dict[str, Any]:
    values = asset.plain()
    return {
        "id": asset.identifier,
        "href": address(asset.identifier),
        "version": asset.version,
        "cells": [cell(spec, asset, values, moment) for spec in columns],
    }
