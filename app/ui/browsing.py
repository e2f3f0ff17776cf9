"""What stands around the table on Browse."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.ui import filters
from app.ui.exports import export_menu
from app.ui.routes import ADD, BROWSE
from services.model.query import AssetPage, AssetQuery


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
        st.switch_page(ADD)


def invitation() -> None:
    """For the first visitor of an empty basket."""
    with st.container(border=True, horizontal_alignment="center", key="invitation"):
        st.space("small")
        st.markdown("### Your basket is empty", text_alignment="center")
        st.markdown(
            "Add the first asset and it appears here, for everybody who has this page open.",
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


def tally(page: AssetPage, query: AssetQuery) -> None:
    """How much of it all is on the page, and the way back to all of it."""
    with st.container(horizontal=True, vertical_alignment="center", key="tally"):
        st.markdown(_tally(page), width="content")
        if query.narrows:
            st.button(
                "Clear filters",
                type="tertiary",
                icon=":material/filter_alt_off:",
                on_click=filters.clear,
            )
        export_menu(page, query)


def _tally(page: AssetPage) -> str:
    if not page.total:
        return "No asset matches. Try fewer words or filters."
    noun = "asset" if page.total == 1 else "assets"
    if len(page.items) == page.total:
        return f"**{page.total:,}** {noun}"
    last = page.start + len(page.items)
    return f"**{page.start + 1:,}–{last:,}** of **{page.total:,}** {noun}"


def way_back() -> None:
    """From an asset to all of them."""
    st.page_link(
        BROWSE, label="All assets", icon=":material/arrow_back:", query_params=filters.order()
    )
