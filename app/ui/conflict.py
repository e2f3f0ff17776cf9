"""Two people changed the same asset: both values, field by field, and a choice."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from app.ui.drafts import Draft, values_of
from app.ui.notes import hint, tell
from app.ui.words import as_label
from services.model.current import current, fields
from services.model.record import Asset
from services.model.spec import FieldSpec

if TYPE_CHECKING:
    from services.model.asset import AssetInput


def choose(kept: Draft, theirs: Asset) -> "AssetInput | None":
    """Draw the choice; returns the chosen values once they are to be saved."""
    tell(
        f"{theirs.updated_by} changed this asset while you did.",
        "Nothing is saved over yet. Choose for each field which value to keep.",
    )
    now_there = values_of(theirs)
    with st.form(f"conflict {kept.name} {theirs.version}", border=False, width=640):
        chosen = {spec.name: _field(spec, kept, theirs, now_there) for spec in fields()}
        sent = st.form_submit_button("Save my choice", type="primary", icon=":material/check:")
    return current().input.model_validate(chosen) if sent else None


def _field(spec: FieldSpec, kept: Draft, theirs: Asset, now_there: Mapping[str, str]) -> str | None:
    before, mine, other = (values.get(spec.name) for values in (kept.start, kept.mine, now_there))
    if mine == other:
        return mine
    if before in (mine, other):
        kept_value, whose = (mine, "yours") if before == other else (other, theirs.updated_by)
        hint(f"{spec.label}: {_shown(spec, kept_value)} ({whose})")
        return kept_value
    values = [mine, other]
    authors = ["Yours", theirs.updated_by]
    picked = st.radio(
        spec.label,
        [0, 1],
        format_func=lambda place: as_label(f"{authors[place]}: {_shown(spec, values[place])}"),
        key=f"choice {spec.name} {kept.name} {theirs.version}",
    )
    return values[picked or 0]


def _shown(spec: FieldSpec, value: str | None) -> str:
    return "empty" if value is None else spec.label_of(value)
