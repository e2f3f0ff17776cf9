"""Scenarios and checkpoints: shown, previewed, loaded, saved, gone back to."""

from collections.abc import Sequence

import streamlit as st

from app.features.scenarios.comparison import compare
from app.features.scenarios.words import preview, replaced, title
from app.shell import state
from app.shell.jobs.history import go_on, undo
from app.shell.jobs.progress import begun, progress
from app.shell.markup import show_html
from app.shell.messages import hint, tell
from app.shell.words import ago, as_label
from services.access import Role
from services.errors import InvalidName
from services.jobs.job import Job
from services.model.record import now
from services.scenarios.checkpoints import AUTOMATIC, LONGEST_NAME, Checkpoint
from services.scenarios.comparing import gone_with
from services.scenarios.replacement import Replacement
from services.scenarios.service import ScenarioService, ended
from services.scenarios.shipped import SHIPPED, names

_UNDO = "↩"
"""Is considered in the place of a scenario or a checkpoint; none can be called so."""


def section(scenarios: ScenarioService, *, by: str, role: Role) -> None:
    """Draw all that can be done with scenarios and checkpoints, and do what is asked for."""
    last, saved = scenarios.last(), scenarios.checkpoints()
    if job := scenarios.running:
        goes_back = job.record.to.startswith(AUTOMATIC)
        doing = "Going back" if goes_back else "Replacing all assets"
        progress(job, doing, ended=lambda: _outcome(job.record), may_stop=False)
    elif last is not None:
        _last(scenarios, last, by, role)
    st.subheader("Scenarios", anchor=False)
    for scenario in SHIPPED:
        _row(scenarios, scenario.name, scenario.about, "Load", by, role)
    st.subheader("Checkpoints", anchor=False)
    _save(scenarios, role)
    _checkpoints(scenarios, [each for each in saved if not each.automatic], by, role)
    automatic = [each for each in saved if each.automatic]
    if automatic:
        with st.expander("What was there before each replacement", key="automatic"):
            _checkpoints(scenarios, automatic, by, role)
    compare(scenarios, [each.name for each in saved])


def _last(scenarios: ScenarioService, last: Replacement, by: str, role: Role) -> None:
    with (
        st.container(border=True, key="last replacement"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        before, after = replaced(last)
        show_html(
            "<p>{{ before }}<strong>{{ name }}</strong>{{ after }} – {{ by }}, {{ when }}</p>",
            before=before,
            name=title(last.to),
            after=after,
            by=last.by,
            when=ago(last.at, now()),
        )
        if last.can_go_on and go_on(last) and (job := scenarios.resume()):
            _follow(job)
        if scenarios.can_undo(last) and undo(last):
            if not gone_with(scenarios.since(last)):
                _follow(scenarios.start_undo(by=by, role=role))
            _consider(_UNDO)
    if state.recall(state.SCENARIO) == _UNDO:
        _confirm_undo(scenarios, last, by, role)


def _confirm_undo(scenarios: ScenarioService, last: Replacement, by: str, role: Role) -> None:
    hint(gone_with(scenarios.since(last)) or "Nothing was added or changed since.")
    with st.container(horizontal=True):
        if st.button("Undo all the same", type="primary", icon=":material/undo:"):
            _follow(scenarios.start_undo(by=by, role=role))
        st.button("Not now", key="no undo", on_click=_consider, args=(None,))


def _follow(job: Job[Replacement]) -> None:
    """Show how far the replacement is, or what came of it; raises why it has not come about."""
    begun(job)
    if not job.is_running:
        ended(job)
        _done(_outcome(job.record))
    _consider(None)
    st.rerun()


def _outcome(about: Replacement) -> str:
    if about.to.startswith(AUTOMATIC):
        return "What was there before is back."
    return f"“{as_label(title(about.to))}” is loaded. It can be undone."


def _row(
    scenarios: ScenarioService, name: str, about: str, action: str, by: str, role: Role
) -> None:
    with st.container(border=True, gap="small", key=f"state {name}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            # Not Markdown: of a name that holds an address it would make a link, however escaped.
            show_html(
                "<p><strong>{{ name }}</strong><br>{{ about }}</p>", name=title(name), about=about
            )
            if state.recall(state.SCENARIO) != name:
                st.button(action, key=f"consider {name}", on_click=_consider, args=(name,))
        if state.recall(state.SCENARIO) == name:
            _confirm(scenarios, name, by, role)


def _confirm(scenarios: ScenarioService, name: str, by: str, role: Role) -> None:
    ahead = scenarios.preview(name)
    for line in preview(ahead):
        hint(line)
    with st.container(horizontal=True):
        if not ahead.is_empty and st.button(
            "Replace everything", type="primary", icon=":material/swap_horiz:", key="replace"
        ):
            _follow(scenarios.start(name, by=by, role=role))
        st.button("Not now", key="not now", on_click=_consider, args=(None,))
        if name not in names() and st.button(
            "Remove this checkpoint", type="tertiary", icon=":material/delete:"
        ):
            scenarios.remove(name, role=role)
            _done(f"“{as_label(title(name))}” is forgotten.")


def _save(scenarios: ScenarioService, role: Role) -> None:
    with (
        st.form("save checkpoint", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input(
            "Save the present assets as", max_chars=LONGEST_NAME, placeholder="before the meeting"
        )
        asked = st.form_submit_button("Save", icon=":material/bookmark_add:")
    if asked:
        try:
            kept = scenarios.save(name, role=role)
        except InvalidName as error:
            tell("It cannot be called so.", str(error))
        else:
            _done(f"Saved as “{as_label(kept)}”.")


def _checkpoints(
    scenarios: ScenarioService, saved: Sequence[Checkpoint], by: str, role: Role
) -> None:
    for each in saved:
        _row(scenarios, each.name, f"Saved {ago(each.at, now())}", "Go back", by, role)
    if not saved:
        st.caption("None yet. A checkpoint is a state of all assets that you can come back to.")


def _consider(name: str | None) -> None:
    state.remember(state.SCENARIO, name)


def _done(said: str) -> None:
    _consider(None)
    st.toast(said, icon=":material/check:")
    st.rerun()
