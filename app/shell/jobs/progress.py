"""How far a job is, and a way to stop it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from app.shell.markup import show_html
from app.shell.messages import hint
from services.jobs.job import Job, Progress

_LOOK_SECONDS = 0.5
_SOON_SECONDS = 0.4


def begun(job: Job[Any]) -> None:
    """Wait for the end of a short one: its page need not show how far it is."""
    job.join(_SOON_SECONDS)


def far(progress: Progress) -> str:
    """How far a job is: 2 of 5,000."""
    return f"{progress.done:,} of {progress.total:,}"


def progress(
    job: Job[Any], doing: str, *, ended: Callable[[], str] | None = None, may_stop: bool = True
) -> None:
    """Draw how far a job is; the whole page, once it has ended.

    `doing`: what is going on. `ended` says what came of it, in a note that goes away.
    """
    with st.container(key="job", border=True):
        st.fragment(_watch, run_every=_LOOK_SECONDS)(job, doing, ended, may_stop)


def _watch(
    job: Job[Any],
    doing: str,
    ended: Callable[[], str] | None,
    may_stop: bool,
) -> None:
    job.watch()
    if not job.is_running:
        if ended and not job.problem:
            st.toast(ended(), icon=":material/check:")
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="doing"):
        show_html('<strong class="basket-job">{{ doing }}</strong>', doing=doing)
        if may_stop:
            st.button("Stop", icon=":material/stop:", on_click=job.cancel, key="stop job")
    st.progress(min(1.0, job.progress.done / max(1, job.progress.total)), far(job.progress))
    if job.state == "waiting":
        hint("The store is not answering just now: it is asked again.")
    st.caption("You may leave this page or close it: what has begun goes on.")
