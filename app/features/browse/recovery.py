"""Recovery offer: puts back what a Moto that does not keep its data has lost."""

from typing import Literal

import streamlit as st

from app.shell.words import readable
from services.store.read_model.checkpoint import Loss


def offer(loss: Loss | None) -> Literal["restore", "dismiss"] | None:
    """Draw the offer if there is anything to restore; returns what was chosen."""
    if loss is None:
        return None
    with st.container(border=True, key="loss"):
        st.markdown(
            f"**The Moto server has lost {_what(loss)}.** "
            f"A copy of {readable(loss.at)} is on this machine."
        )
        with st.container(horizontal=True):
            if st.button("Put them back", type="primary", icon=":material/restore:"):
                return "restore"
            if st.button("Leave them out"):
                return "dismiss"
    return None


def _what(loss: Loss) -> str:
    """12 assets and 3 other entries (sessions, feedback, saved views)."""
    assets = f"{loss.assets:,} {'asset' if loss.assets == 1 else 'assets'}"
    if not loss.others:
        return assets
    noun = "entry" if loss.others == 1 else "entries"
    others = f"{loss.others:,} other {noun} (sessions, feedback, saved views)"
    return f"{assets} and {others}" if loss.assets else others


def done() -> None:
    """Draw the page again as it is now."""
    st.rerun()
