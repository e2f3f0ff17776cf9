"""Steps on their way and those that were done: progress, what came of them, and the way back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from app.features.model.words import assets, title
from app.shell.words import ago, as_label
from services.bulk.job import Job
from services.migration.drift import Tell
from services.migration.records import Past
from services.migration.steps import TakeBack
from services.model.record import now

_LOOK_SECONDS = 0.5


@contextmanager
def looking(text: str) -> Iterator[Tell]:
    """Show how far a look at all assets is, if it takes its time."""
    place = st.empty()

    def tell(done: int, total: int) -> None:
        place.progress(done / total, f"{text}: {done:,} of {total:,}")

    yield tell
    place.empty()


def progress(past: Past) -> None:
    """Draw how far a step is, with a way to stop it; the whole page, once it has ended."""
    if past.job is not None:
        with st.container(border=True, key="on its way"):
            _watch(past.job, as_label(_title(past)))


@st.fragment(run_every=_LOOK_SECONDS)
def _watch(job: Job, text: str) -> None:
    if not job.is_running:
        st.toast(f"{text}: {assets(len(job.changed))} changed.", icon=":material/check:")
        st.rerun()
    st.progress(job.done / max(1, job.total), f"{text}: {job.done:,} of {job.total:,}")
    st.button("Stop", on_click=job.cancel, icon=":material/stop:")


def done(steps: Sequence[Past]) -> TakeBack | None:
    """Draw the last steps; returns what takes one of them back, if that is wanted."""
    if not steps:
        return None
    wanted = None
    st.subheader("Done so far", anchor=False)
    for past in steps:
        with st.container(border=True, gap="small", key=f"past {past.name}"):
            row = st.container(horizontal=True, vertical_alignment="center")
            row.markdown(_line(past), width="stretch")
            if past.standing and row.button(
                "Undo", key=f"undo {past.name}", icon=":material/undo:"
            ):
                wanted = TakeBack(job=past.name)
            st.caption(f"{as_label(past.by)}, {ago(past.at, now())}")
    return wanted


def _title(past: Past) -> str:
    if isinstance(past.step, TakeBack):
        return f"Undo: {title(past.undone)}" if past.undone else "Undo"
    return title(past.step)


def _line(past: Past) -> str:
    told = [f"{assets(past.standing)} changed" if past.standing else "nothing left to undo"]
    if past.job is not None:
        told += _of_the_job(past.job)
    return f"**{as_label(_title(past))}** – {as_label(', '.join(told))}"


def _of_the_job(job: Job) -> Iterator[str]:
    left = len(job.refused) + len(job.overtaken)
    if left:
        yield f"{left:,} left alone"
    if job.done < job.total:
        yield f"stopped after {job.done:,} of {job.total:,}"
    if job.problem:
        yield "the store stopped answering"
