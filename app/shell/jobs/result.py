"""How a job has ended: what came of it, what it left as it is, and the way on and back."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import streamlit as st

from app.shell.components.component import component
from app.shell.markup import show_html
from app.shell.routes import address
from app.shell.words import as_label, count_of
from services.jobs.job import Job, Left

_LISTED = 20
"""Assets that were left as they are; more are only counted."""
Action = Callable[[], None]


def stopped(job: Job[Any]) -> Iterator[str]:
    """Says that a job was not done to the end, if it was not, and why."""
    done, total = job.progress.done, job.progress.total
    if done < total:
        yield f"Stopped after {done:,} of {count_of(total)}. The others are as they were."
    if job.problem:
        yield job.problem


def result(
    job: Job[Any],
    sentences: Sequence[str],
    *,
    close: Action,
    undo: Action | None = None,
    go_on: Action | None = None,
) -> None:
    """Draw the end of a job, in a sentence for each thing that came of it."""
    job.told = True
    first, *others = sentences
    with st.container(key="job", border=True):
        show_html(
            '<div class="basket-job" role="status"><strong>{{ first }}</strong>'
            "{% for sentence in others %}<p>{{ sentence }}</p>{% endfor %}</div>",
            first=first,
            others=others,
        )
        _left(overtaken(len(job.progress.overtaken)), job.progress.overtaken, "overtaken")
        _left(refused(len(job.progress.refused)), job.progress.refused, "refused")
        with st.container(horizontal=True):
            if undo:
                icon = ":material/undo:"
                st.button("Undo", type="primary", icon=icon, on_click=undo, key="undo job")
            rest = job.progress.total - job.progress.done
            if go_on and rest:
                label = as_label(f"Go on with the other {rest:,}")
                st.button(label, icon=":material/play_arrow:", on_click=go_on)
            st.button("Close", icon=":material/close:", key="close job", on_click=close)


def overtaken(number: int) -> str:
    """Says how many were left to somebody else."""
    if number == 1:
        return "1 asset was left as it is, because somebody else has changed it in the meantime:"
    return (
        f"{number:,} assets were left as they are, because somebody else has changed them in the "
        "meantime:"
    )


def refused(number: int) -> str:
    """Says how many could not be changed."""
    if number == 1:
        return "1 asset was left as it is, because it would not be right any more:"
    return f"{number:,} assets were left as they are, because they would not be right any more:"


def _left(heading: str, left: Sequence[Left], key: str) -> None:
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
        component("shell/jobs/result.js")(data=data, key=f"left {key}")
