"""How a session is begun: under a title, with what there is or with known data."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from app.features.scenarios.words import preview, title
from app.shell import identity, state
from app.shell.messages import errors, hint
from app.shell.words import as_label
from services.model.session import new_code
from services.names import GUEST, LONGEST_NAME
from services.scenarios.service import ScenarioService
from services.scenarios.shipped import SHIPPED, names
from services.sessions.beginning import Beginning
from services.sessions.service import LONGEST_GOAL, LONGEST_TITLE


def form(scenarios: ScenarioService) -> Beginning | None:
    """Draw the form that begins a session; returns what was entered once it is sent."""
    with st.container(border=True, width=640):
        st.markdown("#### Start a session")
        # Beside the form: what is in one tells nothing before all of it is sent.
        scenario = _scenario(scenarios)
        with st.form("new session", border=False):
            name = st.text_input(
                "Title", max_chars=LONGEST_TITLE, placeholder="Review of the basket"
            )
            goal = st.text_area(
                "Goal (optional)",
                max_chars=LONGEST_GOAL,
                height=90,
                placeholder="What should we know at the end?",
            )
            own = _own_name()
            word = "Replace all assets and start" if scenario else "Start session"
            sent = st.form_submit_button(word, type="primary", icon=":material/play_arrow:")
    # Made when the form is drawn, so that a double click starts one session.
    state.begin_with(state.NEW_SESSION, new_code())
    code = str(state.recall(state.NEW_SESSION))
    if not sent:
        return None
    if own.strip():
        identity.call_me(own)
    return Beginning(name, goal, code, scenario)


@contextmanager
def at_work(beginning: Beginning) -> Iterator[None]:
    """Show a spinner while a scenario replaces all assets."""
    if not beginning.scenario:
        yield
        return
    with st.spinner("Replacing all assets"):
        yield


def done(beginning: Beginning) -> None:
    """The next session gets another code."""
    if beginning.scenario:
        name = as_label(title(beginning.scenario))
        st.toast(f"“{name}” is loaded. On Scenarios it can be undone.", icon=":material/check:")
    state.remember(state.NEW_SESSION, new_code())
    st.rerun()


def _own_name() -> str:
    """Draw the field for it; everybody is told who leads and who asks by a name."""
    if identity.who() != GUEST:
        return ""
    return st.text_input("Your name", max_chars=LONGEST_NAME, placeholder=GUEST)


def _scenario(scenarios: ScenarioService) -> str:
    saved = [each.name for each in scenarios.checkpoints() if not each.automatic]
    chosen = st.selectbox(
        "Assets to begin with",
        [*names(), *saved],
        index=None,
        format_func=title,
        placeholder="Keep current assets",
        key="begin with",
    )
    if chosen is None:
        return ""
    with st.container(gap="xxsmall"), errors():
        for about in (each.about for each in SHIPPED if each.name == chosen):
            hint(about)
        for line in preview(scenarios.preview(chosen)):
            hint(line)
    return str(chosen)
