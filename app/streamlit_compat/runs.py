"""Patches that keep script runs from losing their trigger or last messages (Streamlit 1.67)."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary, WeakSet

from app.streamlit_compat.names import Patch, PrivateName
from app.streamlit_compat.sessions import CLIENT_STATE, REQUEST_RERUN, session_with

if TYPE_CHECKING:
    from streamlit.proto.ClientState_pb2 import ClientState
    from streamlit.proto.WidgetStates_pb2 import WidgetStates
    from streamlit.runtime.app_session import AppSession
    from streamlit.runtime.scriptrunner_utils.script_requests import (
        RerunData,
        ScriptRequest,
        ScriptRequests,
    )

_RUNNER = "streamlit.runtime.scriptrunner.script_runner:ScriptRunner"
_MODULE = "streamlit.runtime.scriptrunner_utils.script_requests:"
_REQUESTS = f"{_MODULE}ScriptRequests"
SCRIPT_RUN = PrivateName(
    "streamlit.runtime.scriptrunner:get_script_run_ctx", parameters="suppress_warning"
)
REQUEST_LOCKED = PrivateName(
    f"{_REQUESTS}._request_rerun_locked", "self, new_data", used_by=f"{_REQUESTS}.request_rerun"
)
READY = PrivateName(
    f"{_REQUESTS}.on_scriptrunner_ready", "self", used_by=f"{_RUNNER}._run_script_thread"
)
AT_YIELD = PrivateName(
    f"{_REQUESTS}.on_scriptrunner_yield",
    "self",
    used_by=f"{_RUNNER}._maybe_handle_execution_control_request",
)
_SCRIPT = PrivateName(
    "streamlit.runtime.scriptrunner_utils.script_run_context:ScriptRunContext",
    attributes="page_script_hash",
)
_STATES = PrivateName(f"{_MODULE}ScriptRequestType", attributes="CONTINUE STOP RERUN")
_REQUEST = PrivateName(f"{_MODULE}ScriptRequest", attributes="type rerun_data")
_HAS_TRIGGER = PrivateName(f"{_MODULE}_has_active_trigger_value", "state")
_RERUN_DATA = PrivateName(
    f"{_MODULE}RerunData", attributes="page_script_hash page_name query_string widget_states"
)

_LOOK_SECONDS = 0.002
_LOOKS = 500
"""How often it is looked whether a runner has shut down; a hanging one is not waited for longer."""


def keep_triggers() -> None:
    """Do not preempt a run that carries a trigger (a button's press, a component's event).

    A trigger reaches one run only. Streamlit preempts a run as soon as the browser asks for
    another, and the trigger is lost: somebody clicks on "Save" as a live update arrives, and
    nothing happens. The request stays pending instead, and runs next. Needs `runner.fastReruns` to
    be off: with it, Streamlit drops a run without asking its runner. Without the patch, what is
    pressed as something else happens is lost now and then.
    """
    ready, at_yield, request = READY.get(), AT_YIELD.get(), REQUEST_LOCKED.get()
    states = _STATES.get()
    begun: WeakKeyDictionary[ScriptRequests, RerunData] = WeakKeyDictionary()
    pressed: WeakSet[ScriptRequests] = WeakSet()

    def note(requests: "ScriptRequests", asked: "ScriptRequest") -> None:
        pressed.discard(requests)
        if asked.type is states.RERUN:
            begun[requests] = asked.rerun_data
            if _has_trigger(asked.rerun_data.widget_states):
                pressed.add(requests)

    def on_scriptrunner_ready(requests: "ScriptRequests") -> "ScriptRequest":
        asked: ScriptRequest = ready(requests)
        note(requests, asked)
        return asked

    def on_scriptrunner_yield(requests: "ScriptRequests") -> "ScriptRequest | None":
        if requests in pressed and requests._state is states.RERUN:
            return None
        asked: ScriptRequest | None = at_yield(requests)
        if asked is not None:
            note(requests, asked)
        return asked

    def request_rerun(requests: "ScriptRequests", wanted: "RerunData") -> bool:
        script = SCRIPT_RUN.get()(suppress_warning=True)
        if script is not None:
            # st.rerun or st.switch_page: the script has handled its trigger.
            pressed.discard(requests)
            if requests._state is states.RERUN and requests in begun:
                here = replace(begun[requests], page_script_hash=script.page_script_hash)
                wanted = _redirected(here, wanted, requests._rerun_data)
        return bool(request(requests, wanted))

    REQUEST_LOCKED.replace(request_rerun)
    READY.replace(on_scriptrunner_ready)
    AT_YIELD.replace(on_scriptrunner_yield)


def run_whole_page_for_unknown_fragments() -> None:
    """Deliver a trigger of a fragment that the session does not know by a run of the whole page.

    Streamlit ignores such a request. A restarted app knows no fragment of the pages that are open:
    whoever pressed a button in a dialog before its first run had ended would press it for nothing,
    as they do without the patch.
    """
    request = REQUEST_RERUN.get()

    def request_rerun(session: "AppSession", client_state: "ClientState | None") -> None:
        if (
            client_state is not None
            and client_state.fragment_id
            and not session.has_fragment(client_state.fragment_id)
            and _has_trigger(client_state.widget_states)
        ):
            whole = CLIENT_STATE.get()()
            whole.CopyFrom(client_state)
            whole.fragment_id = ""
            client_state = whole
        request(session, client_state)

    REQUEST_RERUN.replace(request_rerun)


def _redirected(here: "RerunData", script: "RerunData", browser: "RerunData") -> "RerunData":
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


def _has_trigger(states: "WidgetStates | None") -> bool:
    return states is not None and any(map(_HAS_TRIGGER.get(), states.widgets))


def keep_last_messages() -> None:
    """Start a new runner only after the last one's events have been handled.

    A runner's messages go through the event loop. If a rerun is requested when the runner has just
    ended, Streamlit starts another at once and ignores the events of the first that are still
    queued: of two fragments that rerun in the same moment one stays as it was, and the browser is
    never told that a page is complete. Without the patch, that happens now and then.
    """
    request = REQUEST_RERUN.get()
    waiting: WeakKeyDictionary[AppSession, deque[ClientState | None]] = WeakKeyDictionary()

    def request_rerun(session: "AppSession", client_state: "ClientState | None") -> None:
        if session in waiting:
            waiting[session].append(client_state)
        elif _is_shutting_down(session):
            waiting[session] = deque([client_state])
            _when(lambda: not _is_shutting_down(session), session, lambda: go_on(session), _LOOKS)
        else:
            request(session, client_state)

    def go_on(session: "AppSession") -> None:
        for client_state in waiting.pop(session, ()):
            request(session, client_state)

    REQUEST_RERUN.replace(request_rerun)


def _is_shutting_down(session: "AppSession") -> bool:
    """Whether the session's runner has stopped and its shutdown event is still to be handled."""
    runner = session._scriptrunner
    return runner is not None and runner._requests._state is _STATES.get().STOP


def _when(
    is_so: Callable[[], bool], session: "AppSession", act: Callable[[], None], looks: int
) -> None:
    if looks and not is_so():
        session._event_loop.call_later(_LOOK_SECONDS, _when, is_so, session, act, looks - 1)
    else:
        act()


PATCHES = (
    Patch(
        "unknown fragments",
        "delivers what was pressed right after a restart",
        (REQUEST_RERUN, CLIENT_STATE, _HAS_TRIGGER, session_with("has_fragment")),
        run_whole_page_for_unknown_fragments,
    ),
    Patch(
        "triggers",
        "keeps what was pressed from being lost to an update",
        (
            READY,
            AT_YIELD,
            REQUEST_LOCKED,
            PrivateName(_REQUESTS, attributes="_state _rerun_data"),
            _REQUEST,
            _RERUN_DATA,
            _STATES,
            _HAS_TRIGGER,
            SCRIPT_RUN,
            _SCRIPT,
        ),
        keep_triggers,
    ),
    Patch(
        "last messages",
        "delivers all that a run has drawn",
        (
            REQUEST_RERUN,
            _STATES,
            session_with("_scriptrunner _event_loop"),
            PrivateName(_RUNNER, attributes="_requests"),
            PrivateName(_REQUESTS, attributes="_state"),
        ),
        keep_last_messages,
    ),
)
