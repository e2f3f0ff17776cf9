"""Steps on their way and those that were done: progress, what came of them, and the way back."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from app.features.model.words import title
from app.shell.jobs.history import entry, go_on, undo
from app.shell.jobs.progress import far, progress
from app.shell.words import as_label, count_of
from services.jobs.job import Job
from services.migration.drift import Tell
from services.migration.records import Migration, Past
from services.migration.steps import TakeBack


@contextmanager
def looking(text: str) -> Iterator[Tell]:
    """Show how far a look at all assets is, if it takes its time."""
    place = st.empty()

    def tell(done: int, total: int) -> None:
        place.progress(done / total, f"{text}: {done:,} of {total:,}")

    yield tell
    place.empty()


def follow(past: Past) -> None:
    """Draw how far a step is; the whole page, once it has ended."""
    job = past.job
    if job is not None:
        title = _title(past)
        progress(
            job,
            title,
            ended=lambda: f"{as_label(title)}: {count_of(len(job.progress.changed))} changed.",
        )


def done(steps: Sequence[Past]) -> tuple[Past | None, TakeBack | None]:
    """Draw the last steps; returns which is to be gone on with, and what takes one of them back."""
    wanted, back = None, None
    if steps:
        st.subheader("Done so far", anchor=False)
    for past in steps:
        with entry(past.record, _line(past)):
            if past.can_go_on and go_on(past.record):
                wanted = past
            if past.standing and undo(past.record):
                back = TakeBack(job=past.record.name)
    return wanted, back


def _title(past: Past) -> str:
    if isinstance(past.record.step, TakeBack):
        return f"Undo: {title(past.undone)}" if past.undone else "Undo"
    return title(past.record.step)


def _line(past: Past) -> str:
    told = [f"{count_of(past.standing)} changed" if past.standing else "nothing left to undo"]
    if past.job is not None:
        told += _of_the_job(past.job)
    elif past.can_go_on:
        told.append("stopped before it was through")
    return f"**{as_label(_title(past))}** – {as_label(', '.join(told))}"


def _of_the_job(job: Job[Migration]) -> Iterator[str]:
    came = job.progress
    if left := len(came.refused) + len(came.overtaken):
        yield f"{left:,} left alone"
    if came.done < came.total:
        yield f"stopped after {far(came)}"
    if job.problem:
        yield "the store stopped answering"
