"""Keeps script runs from losing their trigger or their last messages (Streamlit 1.67)."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakKeyDictionary, WeakSet

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
    _has_active_trigger_value,
)

_LOOK_SECONDS = 0.002
_LOOKS = 500
"""How often it is looked whether a runner has shut down; a hanging one is not waited for longer."""


def deliver_runs() -> None:
    """Patch Streamlit so that no trigger and no run's last messages are lost; call it once.

    Needs `runner.fastReruns` to be off: with it, Streamlit drops a run without asking its runner.
    """
    _run_whole_page_for_unknown_fragments()
    _keep_triggers()
    _keep_last_messages()


def _keep_triggers() -> None:
    """Do not preempt a run that carries a trigger (a button's press, a component's event).

    A trigger reaches one run only. Streamlit preempts a run as soon as the browser asks for
    another, and the trigger is lost: somebody clicks on "Save" as a live update arrives, and
    nothing happens. The request stays pending instead, and runs next.
    """
    ready, at_yield = ScriptRequests.on_scriptrunner_ready, ScriptRequests.on_scriptrunner_yield
    request = ScriptRequests._request_rerun_locked
    begun: WeakKeyDictionary[ScriptRequests, RerunData] = WeakKeyDictionary()
    pressed: WeakSet[ScriptRequests] = WeakSet()

    def note(requests: ScriptRequests, asked: ScriptRequest) -> None:
        pressed.discard(requests)
        if asked.type is ScriptRequestType.RERUN:
            begun[requests] = asked.rerun_data
            if _has_trigger(asked.rerun_data.widget_states):
                pressed.add(requests)

    def on_scriptrunner_ready(requests: ScriptRequests) -> ScriptRequest:
        asked = ready(requests)
        note(requests, asked)
        return asked

    def on_scriptrunner_yield(requests: ScriptRequests) -> ScriptRequest | None:
        if requests in pressed and requests._state is ScriptRequestType.RERUN:
            return None
        asked = at_yield(requests)
        if asked is not None:
            note(requests, asked)
        return asked

    def request_rerun(requests: ScriptRequests, wanted: RerunData) -> bool:
        script = get_script_run_ctx(suppress_warning=True)
        if script is not None:
            # st.rerun or st.switch_page: the script has handled its trigger.
            pressed.discard(requests)
            if requests._state is ScriptRequestType.RERUN and requests in begun:
                here = replace(begun[requests], page_script_hash=script.page_script_hash)
                wanted = _redirected(here, wanted, requests._rerun_data)
        return request(requests, wanted)

    ScriptRequests._request_rerun_locked = request_rerun  # type: ignore[method-assign,assignment]
    ScriptRequests.on_scriptrunner_ready = on_scriptrunner_ready  # type: ignore[method-assign,assignment]
    ScriptRequests.on_scriptrunner_yield = on_scriptrunner_yield  # type: ignore[method-assign,assignment]


def _run_whole_page_for_unknown_fragments() -> None:
    """Deliver a trigger of a fragment that the session does not know by a run of the whole page.

    Streamlit ignores such a request. A restarted app knows no fragment of the pages that are open:
    whoever pressed a button in a dialog before its first run had ended would press it for nothing.
    """
    request = AppSession.request_rerun

    def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
        if (
            client_state is not None
            and client_state.fragment_id
            and not session.has_fragment(client_state.fragment_id)
            and _has_trigger(client_state.widget_states)
        ):
            whole = ClientState()
            whole.CopyFrom(client_state)
            whole.fragment_id = ""
            client_state = whole
        request(session, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign,assignment]  # no other way


def _redirected(here: RerunData, script: RerunData, browser: RerunData) -> RerunData:
    """The script's own rerun request, at the address that it or a pending navigation changed to.

    `here` is the run's own address. Streamlit would take the script's, and so ignore a link that
    was clicked meanwhile.
    """
    page, query = here.page_script_hash, here.query_string
    navigates = (script.page_script_hash, script.query_string) != (page, query)
    if browser.page_script_hash == page and navigates:
        return script
    return replace(
        script,
        page_script_hash=browser.page_script_hash,
        page_name=browser.page_name,
        query_string=browser.query_string,
    )


def _has_trigger(states: WidgetStates | None) -> bool:
    return states is not None and any(map(_has_active_trigger_value, states.widgets))


def _keep_last_messages() -> None:
    """Start a new runner only after the last one's events have been handled.

    A runner's messages go through the event loop. If a rerun is requested when the runner has just
    ended, Streamlit starts another at once and ignores the events of the first that are still
    queued: of two fragments that rerun in the same moment one stays as it was, and the browser is
    never told that a page is complete.
    """
    request = AppSession.request_rerun
    waiting: WeakKeyDictionary[AppSession, deque[ClientState | None]] = WeakKeyDictionary()

    def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
        if session in waiting:
            waiting[session].append(client_state)
        elif _is_shutting_down(session):
            waiting[session] = deque([client_state])
            _when(lambda: not _is_shutting_down(session), session, lambda: go_on(session), _LOOKS)
        else:
            request(session, client_state)

    def go_on(session: AppSession) -> None:
        for client_state in waiting.pop(session, ()):
            request(session, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign,assignment]  # no other way


def _is_shutting_down(session: AppSession) -> bool:
    """Whether the session's runner has stopped and its shutdown event is still to be handled."""
    runner = session._scriptrunner
    return runner is not None and runner._requests._state is ScriptRequestType.STOP


def _when(
    is_so: Callable[[], bool], session: AppSession, act: Callable[[], None], looks: int
) -> None:
    if looks and not is_so():
        session._event_loop.call_later(_LOOK_SECONDS, _when, is_so, session, act, looks - 1)
    else:
        act()
