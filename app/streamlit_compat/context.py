"""What Streamlit knows of the run that is under way in this thread."""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def is_page_run() -> bool:
    """Whether this thread draws a page; not so for API requests and background work."""
    return get_script_run_ctx(suppress_warning=True) is not None
