"""The offer to put back what a Moto that forgets has lost."""

from typing import Literal

import streamlit as st

from app.ui.words import readable
from services.store.checkpoint import Loss


def offer(loss: Loss | None) -> Literal["restore", "dismiss"] | None:
    """Draw the offer if there is anything to restore; returns what was chosen."""
    if loss is None:
        return None
    with st.container(border=True, key="loss"):
        noun = "asset" if loss.assets == 1 else "assets"
        st.markdown(
            f"**The Moto server has lost {loss.assets:,} {noun}.** "
            f"A copy of {readable(loss.at)} is on this machine."
        )
        with st.container(horizontal=True):
            if st.button("Put them back", type="primary", icon=":material/restore:"):
                return "restore"
            if st.button("Leave them out"):
                return "dismiss"
    return None


def done() -> None:
    """Draw the page again as it is now."""
    st.rerun()
