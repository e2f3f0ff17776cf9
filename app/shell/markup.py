"""Our own HTML on a page."""

import streamlit as st

from services.markup import html


def show_html(template: str, /, **values: object) -> None:
    """Draw a template with these values in it; each is shown as it is, whoever typed it."""
    st.html(html(template, **values))
