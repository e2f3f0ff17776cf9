"""Imports on their way and those that were done: progress, what came of them, the way back."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from app.queries import LEAST, MOST
from app.shell import state
from app.shell.jobs.history import entry, go_on, undo
from app.shell.jobs.progress import far, progress
from app.shell.jobs.result import result, stopped
from app.shell.routes import BROWSE
from app.shell.words import as_label
from services.importing.record import Import
from services.importing.service import ImportService
from services.jobs.job import Job

_SHOWN = 10


def running(imports: ImportService) -> Job[Import] | None:
    """The import that this tab has begun, if it is still on its way or got stuck."""
    name = state.recall(state.IMPORT_SHOWN)
    return imports.job(name) if name else None


def follow(job: Job[Import]) -> None:
    """Draw how far an import is, or why it got stuck."""
    if job.is_running:
        doing = "Taking back" if job.record.state == "undoing" else "Importing"
        progress(job, f"{doing} {job.record.title}")
    else:
        close = partial(state.remember, state.IMPORT_SHOWN, None)
        result(job, list(stopped(job)), close=close)


def past(imports: ImportService, records: Sequence[Import]) -> None:
    """Draw the last imports; each can be looked at, gone on with, or taken back."""
    if not records:
        return
    st.subheader("Imports so far", anchor=False)
    for record in records[:_SHOWN]:
        _line(imports, record)


def _line(imports: ImportService, record: Import) -> None:
    job = imports.job(record.name)
    going = job if job is not None and job.is_running else None
    said = f"is on its way: {far(going.progress)}" if going else _result(record)
    with entry(record, f"**{as_label(record.title)}** {said}"):
        if not going:
            _actions(imports, record)
    if record.left:
        with st.expander(f"{len(record.left):,} left as they are"):
            st.text("\n".join(record.left[:100]))


def _actions(imports: ImportService, record: Import) -> None:
    if record.added and record.state != "undone":
        moment = record.at.isoformat()
        params = {f"createdAt{LEAST}": moment, f"createdAt{MOST}": moment}
        st.page_link(BROWSE, label="See them", query_params=list(params.items()))
    if not imports.can_be_undone(record):
        return
    if record.can_go_on and go_on(record):
        _show(imports.resume(record.name))
    if undo(record):
        _show(imports.undo(record.name))


def _show(job: Job[Import]) -> None:
    state.remember(state.IMPORT_SHOWN, job.record.name)
    st.rerun()


def _result(record: Import) -> str:
    did = [f"{record.added:,} added"] if record.added or not record.updated else []
    did += [f"{record.updated:,} updated"] if record.updated else []
    match record.state:
        case "done":
            return ", ".join(did)
        case "undone":
            return "was taken back"
        case "cancelled":
            return f"was stopped: {', '.join(did)} of {record.total:,}"
        case "undoing":
            return "was being taken back when something stopped it"
        case _:
            return f"was interrupted before all of its {record.total:,} assets were in"
