"""What stands around the form on Add asset."""

import streamlit as st

from app.fields import drafts
from app.fields.drafts import Draft
from app.fields.facts import facts
from app.fields.facts import heading as heading_of
from app.shell import state
from app.shell.routes import ASSET, BROWSE
from services.model.record import Asset


def draft() -> Draft:
    """The asset being entered; who comes back after a success begins a new one."""
    kept = drafts.new_asset()
    if state.entered() and kept.saved:
        return drafts.start_over()
    return kept


def heading() -> None:
    """The title."""
    st.title("Add asset", anchor=False)


def success(asset: Asset) -> None:
    """Say what was added, and offer what one may want next."""
    heading_of(asset)
    st.success("Added to the basket.", icon=":material/check_circle:")
    with st.container(horizontal=True):
        if st.button("Add another", type="primary", icon=":material/add:"):
            drafts.start_over()
            st.rerun()
        if st.button("Open it", icon=":material/open_in_new:"):
            st.switch_page(ASSET, query_params={"id": asset.identifier})
        if st.button("See all assets", icon=":material/table_rows:"):
            st.switch_page(BROWSE)
    facts(asset)
