"""Imports on their way and those that were done: progress, what came of them, the way back."""

from collections.abc import Sequence

import streamlit as st

from app.queries import LEAST, MOST
from app.shell import state
from app.shell.routes import BROWSE
from app.shell.words import ago, as_label
from services.importing.record import Import
from services.importing.run import Run
from services.importing.service import ImportService
from services.model.record import now

_LOOK_SECONDS = 0.5
_SHOWN = 10


def running(imports: ImportService) -> Run | None:
    """The import that this tab has begun, if it is still on its way or got stuck."""
    name = state.recall(state.IMPORT_SHOWN)
    return imports.run(name) if name else None


@st.fragment(run_every=_LOOK_SECONDS)
def progress(run: Run) -> None:
    """Draw how far an import is, with a way to stop it; the whole page, once it has ended."""
    if run.problem:
        _stuck(run)
        return
    if not run.is_running:
        st.rerun()
    total = max(1, run.about.total)
    undoing = run.about.state == "undoing"
    with st.container(border=True, key="import run"):
        doing = "Taking back" if undoing else "Importing"
        done = min(run.done, total)
        st.progress(
            done / total, f"{doing} {as_label(run.about.title)}: {done:,} of {total:,} assets"
        )
        st.button("Stop", on_click=run.cancel, icon=":material/stop:")


def _stuck(run: Run) -> None:
    with st.container(border=True, key="import run"):
        st.markdown("**The store went away in the middle.** What was imported so far is safe.")
        st.text(run.problem)
        if st.button("Back", icon=":material/arrow_back:"):
            state.remember(state.IMPORT_SHOWN, None)
            st.rerun()


def past(imports: ImportService, runs: Sequence[Import]) -> None:
    """Draw the last imports; each can be looked at, gone on with, or taken back."""
    if not runs:
        return
    st.subheader("Imports so far", anchor=False)
    for about in runs[:_SHOWN]:
        _line(imports, about)


def _line(imports: ImportService, about: Import) -> None:
    run = imports.run(about.name)
    going = run if run is not None and run.is_running else None
    with st.container(border=True, gap="small", key=f"import {about.name}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            far = f"is on its way: {going.done:,} of {about.total:,}" if going else ""
            st.markdown(f"**{as_label(about.title)}** {far or _result(about)}", width="stretch")
            if not going:
                _actions(imports, about)
        st.caption(f"{as_label(about.by)}, {ago(about.at, now())}")
        if about.left:
            with st.expander(f"{len(about.left):,} left as they are"):
                st.text("\n".join(about.left[:100]))


def _actions(imports: ImportService, about: Import) -> None:
    if about.added and about.state != "undone":
        moment = about.at.isoformat()
        params = {f"createdAt{LEAST}": moment, f"createdAt{MOST}": moment}
        st.page_link(BROWSE, label="See them", query_params=list(params.items()))
    if not imports.can_be_undone(about):
        return
    if about.state in ("running", "cancelled") and st.button(
        "Go on", icon=":material/play_arrow:", key=f"go on {about.name}"
    ):
        imports.resume(about.name)
        _show(about)
    if st.button("Undo", icon=":material/undo:", key=f"undo {about.name}"):
        imports.undo(about.name)
        _show(about)


def _show(about: Import) -> None:
    state.remember(state.IMPORT_SHOWN, about.name)
    st.rerun()


def _result(about: Import) -> str:
    did = [f"{about.added:,} added"] if about.added or not about.updated else []
    did += [f"{about.updated:,} updated"] if about.updated else []
    match about.state:
        case "done":
            return ", ".join(did)
        case "undone":
            return "was taken back"
        case "cancelled":
            return f"was stopped: {', '.join(did)} of {about.total:,}"
        case "undoing":
            return "was being taken back when something stopped it"
        case _:
            return f"was interrupted before all of its {about.total:,} assets were in"
