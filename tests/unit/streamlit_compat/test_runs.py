"""Script runs lose neither their triggers nor their last messages."""

import asyncio
from types import SimpleNamespace

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import scriptrunner
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import (
    ScriptRequests,
    ScriptRequestType,
)

from app.streamlit_compat import runs
from tests.unit.streamlit_compat.kept import keep

PRESSED = WidgetStates()
PRESSED.widgets.add(id="save", trigger_value=True)
TOLD = WidgetStates()
TOLD.widgets.add(id="live", json_trigger_value='[{"event": "news"}]')
TYPED = WidgetStates()
TYPED.widgets.add(id="save", trigger_value=False)
TYPED.widgets.add(id="name", string_value="Gold")


@pytest.fixture
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    for patch in runs.PATCHES:
        keep(patch, monkeypatch)
    monkeypatch.setattr(AppSession, "request_rerun", Session.request_rerun)
    for patch in runs.PATCHES:
        patch.apply()


def under_way(states: WidgetStates | None, query: str = "") -> ScriptRequests:
    """The requests of a run that these states were sent for."""
    requests = ScriptRequests()
    requests.request_rerun(RerunData(widget_states=states, query_string=query))
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


def from_the_script(
    requests: ScriptRequests, wanted: RerunData, patch: pytest.MonkeyPatch
) -> RerunData:
    """What runs after the script of a run on page "one" has asked for this."""
    with patch.context() as running:
        script = SimpleNamespace(page_script_hash="one")
        running.setattr(scriptrunner, "get_script_run_ctx", lambda **_: script)
        requests.request_rerun(wanted)
    then = requests.on_scriptrunner_yield()
    assert then is not None
    return then.rerun_data


@pytest.mark.parametrize(
    ("wanted", "meanwhile", "then"),
    [
        # The script draws its page again, or turns to another one.
        (("one", "a"), None, ("one", "a")),
        (("two", "b"), None, ("two", "b")),
        # News for the page as it was.
        (("one", "a"), ("one", "a"), ("one", "a")),
        (("two", "b"), ("one", "a"), ("two", "b")),
        (("one", "b"), ("one", "a"), ("one", "b")),
        # A link was clicked.
        (("one", "a"), ("three", "c"), ("three", "c")),
        (("two", "b"), ("three", "c"), ("three", "c")),
        (("one", "a"), ("one", "c"), ("one", "c")),
    ],
)
def test_a_script_that_asks_for_another_run_is_through(
    patched: None,
    monkeypatch: pytest.MonkeyPatch,
    wanted: tuple[str, str],
    meanwhile: tuple[str, str] | None,
    then: tuple[str, str],
) -> None:
    requests = under_way(PRESSED, "a")
    if meanwhile:
        page, query = meanwhile
        requests.request_rerun(RerunData(page_script_hash=page, query_string=query))
        assert requests.on_scriptrunner_yield() is None
    page, query = wanted
    own = RerunData(page_script_hash=page, query_string=query)
    drawn = from_the_script(requests, own, monkeypatch)
    assert (drawn.page_script_hash, drawn.query_string) == then


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
        self.fragments: list[str] = []

    def has_fragment(self, fragment: str) -> bool:
        return fragment == "drawn"

    def request_rerun(self, state: ClientState | None) -> None:
        self.asked.append(state.query_string if state else "")
        self.fragments.append(state.fragment_id if state else "")

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


@pytest.mark.parametrize(
    ("fragment", "states", "runs_in"),
    [
        ("drawn", PRESSED, "drawn"),
        ("gone", PRESSED, ""),
        ("gone", TOLD, ""),
        # Streamlit ignores it: nothing is lost, and the page is complete without it.
        ("gone", TYPED, "gone"),
        ("", PRESSED, ""),
    ],
)
def test_a_trigger_of_a_fragment_that_is_gone_reaches_the_page(
    patched: None, fragment: str, states: WidgetStates, runs_in: str
) -> None:
    async def asked() -> list[str]:
        session = Session(ScriptRequestType.CONTINUE)
        told = ClientState(fragment_id=fragment, widget_states=states)
        AppSession.request_rerun(session, told)  # type: ignore[arg-type]
        assert told.fragment_id == fragment
        return session.fragments

    assert asyncio.run(asked()) == [runs_in]
