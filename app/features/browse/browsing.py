"""What stands around the table on Browse."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.features.browse import query_state
from app.shell.routes import ADD, BROWSE
from services.model.query import AssetPage


def title(text: str) -> None:
    """The title of a page."""
    st.title(text, anchor=False)


def heading() -> DeltaGenerator:
    """The title; returns the row that it stands in."""
    row = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    row.title("Assets", anchor=False, width="content")
    return row


def add_button(row: DeltaGenerator) -> None:
    """The way to what most people come for."""
    if row.button("Add asset", type="primary", icon=":material/add:", key="to add"):
        # Told of none, Streamlit 1.67 refuses to leave behind those that widgets are bound to.
        st.switch_page(ADD, query_params={})


def invitation(*, shared: bool) -> None:
    """For the first visitor of an empty basket, be it shared with others or not."""
    with st.container(border=True, horizontal_alignment="center", key="invitation"):
        st.space("small")
        st.markdown("### Your basket is empty", text_alignment="center")
        st.markdown(
            "Add the first asset and it appears here, for everybody who has this page open."
            if shared
            else "Add the first asset and it appears here. This basket is yours alone.",
            text_alignment="center",
        )
        if st.button("Add the first asset", type="primary", icon=":material/add:"):
            st.switch_page(ADD)
        st.space("small")


def nothing_binned() -> None:
    """For an empty bin."""
    st.info("The bin is empty. What is moved here can be restored.", icon=":material/delete:")


def binned(page: AssetPage) -> None:
    """How much is in the bin, and how to get it back."""
    noun = "asset" if page.total == 1 else "assets"
    shown = f", the last {len(page.items)} shown" if len(page.items) < page.total else ""
    st.markdown(f"**{page.total:,}** {noun}{shown}. Select some, or open one, to restore.")


def way_back() -> None:
    """From an asset to all of them, as they were last looked at."""
    st.page_link(
        BROWSE, label="All assets", icon=":material/arrow_back:", query_params=query_state.noted()
    )
