"""Steps on their way and those that were done: progress, what came of them, and the way back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import streamlit as st

from app.ui.model_words import assets, title
from app.ui.words import ago, as_label
from services.migration.drift import Tell
from services.migration.records import Past
from services.migration.runs import Run
from services.migration.steps import TakeBack

_LOOK_SECONDS = 0.5


@contextmanager
def looking(text: str) -> Iterator[Tell]:
    """Show how far a look at all assets is, if it takes its time."""
    place = st.empty()

    def tell(done: int, total: int) -> None:
        place.progress(done / total, f"{text}: {done:,} of {total:,}")

    yield tell
    place.empty()


@st.fragment(run_every=_LOOK_SECONDS)
def progress(run: Run) -> None:
    """Draw how far a run is, with a way to stop it; the whole page, once it has ended."""
    if run.state != "running":
        st.rerun()
    with st.container(border=True, key="run"):
        share = run.done / run.total if run.total else 1.0
        st.progress(share, f"{as_label(title(run.step))}: {run.done:,} of {run.total:,}")
        stopping = run.cancelled.is_set()
        st.button("Stopping…" if stopping else "Stop", on_click=run.cancel, disabled=stopping)


def done(runs: Sequence[Past]) -> TakeBack | None:
    """Draw the last steps; returns what takes one of them back, if that is wanted."""
    if not runs:
        return None
    wanted = None
    st.subheader("Done so far", anchor=False)
    for past in runs:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"past {past.identifier}"
        ):
            st.markdown(_line(past), width="stretch")
            if past.standing and not past.taken_back:
                asked = st.button("Undo", key=f"undo {past.identifier}", icon=":material/undo:")
                wanted = TakeBack(run=past.identifier) if asked else wanted
    return wanted


def _line(past: Past) -> str:
    when = ago(past.at, datetime.now(UTC))
    return f"{as_label(title(past.step))}: {_result(past)}. {as_label(past.by)}, {when}"


def _result(past: Past) -> str:
    if past.taken_back:
        left = f"; {assets(past.standing)} could not be" if past.standing else ""
        return f"taken back{left}"
    standing = f"{assets(past.standing)} changed"
    if past.left_alone:
        standing += f", {past.left_alone:,} left alone"
    match past.state:
        case "done":
            return standing
        case "cancelled":
            return f"stopped, {standing}"
        case _:
            return f"interrupted, {standing}; what is left is offered above"
