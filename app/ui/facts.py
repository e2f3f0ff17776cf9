"""All that is known of one asset."""

from typing import Any

import streamlit as st

from app.ui.component import component
from app.ui.words import readable
from services.model.current import fields
from services.model.record import Asset
from services.model.spec import FieldSpec


def facts(asset: Asset) -> None:
    """Draw the asset's fields, who made it what it is and when, and its identifier to copy."""
    values = asset.plain()
    shown = [_fact(spec, values[spec.name]) for spec in fields()]
    component("facts")(data={"facts": [*shown, *_life(asset)]}, key="facts")
    st.caption("Identifier")
    st.code(asset.identifier, language=None)


def heading(asset: Asset) -> None:
    """Draw what the asset is called: its first field."""
    first = fields()[0].name
    text = str(asset.plain()[first])
    component("heading")(data={"text": text}, key="heading")


def _fact(spec: FieldSpec, value: object) -> dict[str, Any]:
    if value is None:
        return {"label": spec.label, "text": "–", "tone": None}
    text = str(value)
    tone = spec.tone_of(text) or ("gray" if spec.kind == "choice" else None)
    return {"label": spec.label, "text": spec.label_of(text), "tone": tone}


def _life(asset: Asset) -> list[dict[str, Any]]:
    lines = [("Added", f"{readable(asset.created_at)}, by {asset.created_by}")]
    if asset.version > 1:
        lines.append(("Last change", f"{readable(asset.updated_at)}, by {asset.updated_by}"))
    lines.append(("Version", str(asset.version)))
    return [{"label": label, "text": text} for label, text in lines]
