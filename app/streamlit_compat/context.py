"""What Streamlit knows of the run that is under way in this thread."""

import streamlit as st

from app.streamlit_compat.names import PrivateName, Reach, holds

SCRIPT_RUN = PrivateName(
    "streamlit.runtime.scriptrunner:get_script_run_ctx", parameters="suppress_warning"
)
REACH = Reach(
    "run context", "tells pages from API requests and background work", needs=(SCRIPT_RUN,)
)


def is_page_run() -> bool:
    """Whether this thread draws a page; not so for API requests and background work.

    Without Streamlit's own word for it, the headers of a browser's request tell.
    """
    if holds(REACH):
        return SCRIPT_RUN.get()(suppress_warning=True) is not None
    return bool(st.context.headers)
