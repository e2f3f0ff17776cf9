"""Progress of a change to many assets, its result, and undo."""

import streamlit as st

from app.features.browse.bulk import words
from app.shell import state
from app.shell.component import component
from app.shell.context import context
from app.shell.frame import who
from app.shell.markup import show_html
from app.shell.routes import address
from app.shell.words import as_label
from services.access import Role
from services.bulk.job import Job, Left
from services.bulk.service import BulkService

_LOOK_SECONDS = 0.5
_SOON_SECONDS = 0.4
_LISTED = 20
"""Assets that were left as they are; more are only counted."""


def show(job: Job) -> None:
    """Have this tab show the job's progress and end; a short one is waited for."""
    state.remember(state.BULK, job.name)
    job.join(_SOON_SECONDS)


def follow(bulk: BulkService, role: Role) -> None:
    """Draw the job of this tab, or one whose own tab was closed, and what others are doing."""
    job = bulk.find(state.recall(state.BULK, "")) or bulk.abandoned()
    for other in bulk.running():
        if other is not job:
            _notice(other)
    if job is None:
        return
    state.remember(state.BULK, job.name)
    with st.container(key="job", border=True):
        if job.is_running:
            st.fragment(_progress, run_every=_LOOK_SECONDS)(job)
        else:
            _end(bulk, job, role)


def _notice(job: Job) -> None:
    said = f"{job.by}: {words.doing(job)}, {words.progress(job)} done."
    show_html('<p class="basket-hint" role="status">{{ said }}</p>', said=said)


def _progress(job: Job) -> None:
    job.watch()
    if not job.is_running:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="doing"):
        show_html('<strong class="basket-job">{{ doing }}</strong>', doing=words.doing(job))
        st.button("Cancel", icon=":material/close:", on_click=job.cancel, key="cancel job")
    st.progress(job.done / max(1, job.total), text=words.progress(job))
    st.caption("You may leave this page or close it: what has begun goes on.")


def _end(bulk: BulkService, job: Job, role: Role) -> None:
    job.told = True
    first, *others = words.outcome(job)
    show_html(
        '<div class="basket-job" role="status"><strong>{{ first }}</strong>'
        "{% for sentence in others %}<p>{{ sentence }}</p>{% endfor %}</div>",
        first=first,
        others=others,
    )
    _left(words.overtaken(len(job.overtaken)), job.overtaken, "overtaken")
    _left(words.refused(len(job.refused)), job.refused, "refused")
    with st.container(horizontal=True):
        if job.changed and job.what not in ("taken back", "erased"):
            st.button(
                "Undo",
                type="primary",
                icon=":material/undo:",
                on_click=_undo,
                args=(bulk, job),
                key="undo job",
            )
        if job.done < job.total and (job.what != "erased" or role == "presenter"):
            label = as_label(f"Go on with the other {job.total - job.done:,}")
            st.button(label, icon=":material/play_arrow:", on_click=_go_on, args=(bulk, job))
        st.button(
            "Close", icon=":material/close:", key="close job", on_click=_close, args=(bulk, job)
        )


def _left(heading: str, left: list[Left], key: str) -> None:
    if left:
        entries = [
            {"name": one.name, "href": address(one.identifier), "reason": one.reason}
            for one in left[:_LISTED]
        ]
        rest = len(left) - len(entries)
        data = {
            "heading": heading,
            "entries": entries,
            "rest": f"and {rest:,} more" if rest else "",
        }
        component("features/browse/bulk/job.js")(data=data, key=f"left {key}")


def _undo(bulk: BulkService, job: Job) -> None:
    show(bulk.take_back(job, by=who()))


def _go_on(bulk: BulkService, job: Job) -> None:
    bulk.go_on(job, role=context().role)


def _close(bulk: BulkService, job: Job) -> None:
    bulk.dismiss(job)
    state.remember(state.BULK, "")
