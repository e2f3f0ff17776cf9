"""What was done so far, and the way on and back of each."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app.shell.words import ago, as_label
from services.jobs.record import JobRecord
from services.model.record import now


@contextmanager
def entry(record: JobRecord, said: str) -> Iterator[None]:
    """Draw a line of Markdown that says what was done, and who did it; buttons beside it."""
    with st.container(border=True, gap="small", key=f"past {record.name}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(said, width="stretch")
            yield
        st.caption(f"{as_label(record.by)}, {ago(record.at, now())}")


def go_on(record: JobRecord) -> bool:
    """Draw the way on; whether it was taken."""
    return st.button("Go on", icon=":material/play_arrow:", key=f"go on {record.name}")


def undo(record: JobRecord) -> bool:
    """Draw the way back; whether it was taken."""
    return st.button("Undo", icon=":material/undo:", key=f"undo {record.name}")
