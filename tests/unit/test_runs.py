"""Runs of pages come to their end: what was pressed is acted on, and what was drawn is told."""

import asyncio
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import (
    ScriptRequests,
    ScriptRequestType,
)

from app.streamlit_compat import runs

PRESSED = WidgetStates()
PRESSED.widgets.add(id="save", trigger_value=True)
TOLD = WidgetStates()
TOLD.widgets.add(id="live", json_trigger_value='[{"event": "news"}]')
TYPED = WidgetStates()
TYPED.widgets.add(id="save", trigger_value=False)
TYPED.widgets.add(id="name", string_value="Gold")


@pytest.fixture
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("on_scriptrunner_ready", "on_scriptrunner_yield"):
        monkeypatch.setattr(ScriptRequests, name, getattr(ScriptRequests, name))
    monkeypatch.setattr(AppSession, "request_rerun", Session.request_rerun)
    runs.finish_runs()


def under_way(states: WidgetStates | None) -> ScriptRequests:
    """The requests of a run that these states were sent for."""
    requests = ScriptRequests()
    requests.request_rerun(RerunData(widget_states=states))
    assert requests.on_scriptrunner_ready().type is ScriptRequestType.RERUN
    return requests


@pytest.mark.parametrize("states", [PRESSED, TOLD])
def test_what_was_pressed_is_not_cut_off_by_news(patched: None, states: WidgetStates) -> None:
    requests = under_way(states)
    requests.request_rerun(RerunData(query_string="news"))
    assert requests.on_scriptrunner_yield() is None
    then = requests.on_scriptrunner_ready()
    assert (then.type, then.rerun_data.query_string) == (ScriptRequestType.RERUN, "news")
    # That one was begun by nobody's press, and makes way.
    requests.request_rerun(RerunData(query_string="more"))
    assert requests.on_scriptrunner_yield() is not None


@pytest.mark.parametrize("states", [None, TYPED])
def test_what_nobody_pressed_anything_for_makes_way_at_once(
    patched: None, states: WidgetStates | None
) -> None:
    requests = under_way(states)
    requests.request_rerun(RerunData(widget_states=PRESSED))
    assert requests.on_scriptrunner_yield() is not None
    # Now it is the press that is under way.
    requests.request_rerun(RerunData(query_string="news"))
    assert requests.on_scriptrunner_yield() is None


def test_a_session_that_ends_ends_at_once(patched: None) -> None:
    requests = under_way(PRESSED)
    requests.request_rerun(RerunData())
    requests.request_stop()
    ended = requests.on_scriptrunner_yield()
    assert ended is not None
    assert ended.type is ScriptRequestType.STOP


class Session:
    """A session that only notes what is asked of it, and its event loop, by hand."""

    def __init__(self, state: ScriptRequestType) -> None:
        self._event_loop = asyncio.get_running_loop()
        requests = SimpleNamespace(_state=state)
        self._scriptrunner: SimpleNamespace | None = SimpleNamespace(_requests=requests)
        self.asked: list[str] = []

    def request_rerun(self, state: ClientState | None) -> None:
        self.asked.append(state.query_string if state else "")

    def ask(self, query: str) -> None:
        AppSession.request_rerun(self, ClientState(query_string=query))  # type: ignore[arg-type]


async def asked_while_ending(ends: bool) -> tuple[list[str], list[str]]:
    session = Session(ScriptRequestType.STOP)
    session.ask("one")
    session.ask("two")
    before = list(session.asked)
    if ends:
        session._scriptrunner = None
    while len(session.asked) < 2:
        await asyncio.sleep(0)
    session.ask("three")
    return before, session.asked


def test_the_next_run_waits_for_what_the_last_one_drew(patched: None) -> None:
    before, after = asyncio.run(asked_while_ending(ends=True))
    assert (before, after) == ([], ["one", "two", "three"])


def test_a_run_that_hangs_holds_up_nobody(patched: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_LOOKS", 3)
    before, after = asyncio.run(asked_while_ending(ends=False))
    assert (before, after[:2]) == ([], ["one", "two"])


@pytest.mark.parametrize("state", [ScriptRequestType.CONTINUE, ScriptRequestType.RERUN])
def test_a_run_that_goes_on_is_asked_at_once(patched: None, state: ScriptRequestType) -> None:
    async def asked() -> list[str]:
        session = Session(state)
        session.ask("one")
        return session.asked

    assert asyncio.run(asked()) == ["one"]
