"""Undo for an asset that was just moved to the bin."""

import time

import streamlit as st

from app.fields.values import name_of
from app.shell import state
from app.shell.markup import show_html
from services.model.record import Asset

_SECONDS = 12


def undo() -> Asset | None:
    """Draw the offer if something was just binned; returns the asset if it is to come back."""
    asset: Asset | None = state.recall(state.UNDO)
    if asset is None or asset.deleted_at is None:
        return None
    if time.time() - asset.deleted_at.timestamp() > _SECONDS:
        state.remember(state.UNDO, None)
        return None
    with st.container(
        horizontal=True, vertical_alignment="center", key="undo", border=True, width="content"
    ):
        show_html(
            '<span role="status"><b>{{ name }}</b> is in the bin.</span>', name=name_of(asset)
        )
        asked = st.button("Undo", icon=":material/undo:", type="primary")
    return asset if asked else None


def undone() -> None:
    """Take the offer away again."""
    state.remember(state.UNDO, None)
    st.toast("Back in the basket.", icon=":material/check:")
    st.rerun()
