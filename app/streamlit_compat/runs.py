"""Lets each run come to its end: what was pressed for it, and what it drew (Streamlit 1.67)."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakKeyDictionary, WeakSet

from streamlit.proto.ClientState_pb2 import ClientState
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
"""How often a run that was stopped is waited for; one that hangs holds up nobody for longer."""


def finish_runs() -> None:
    """Patch Streamlit so that no run is cut off with something left to do; call it once.

    Needs `runner.fastReruns` to be off, which would have runs thrown away in any case.
    """
    _finish_what_was_pressed()
    _tell_what_was_drawn()


def _finish_what_was_pressed() -> None:
    """Have a run that a press began finish before the next.

    A button that was pressed, or an event that a component told, is known to one run only.
    Streamlit stops a run as soon as the browser asks for another, and with it forgets the press:
    somebody clicks on "Save" as news are about to come, and nothing happens. What is asked for
    meanwhile waits, and is drawn afterwards.
    """
    ready, at_yield = ScriptRequests.on_scriptrunner_ready, ScriptRequests.on_scriptrunner_yield
    request = ScriptRequests._request_rerun_locked
    begun: WeakKeyDictionary[ScriptRequests, RerunData] = WeakKeyDictionary()
    pressed: WeakSet[ScriptRequests] = WeakSet()

    def note(requests: ScriptRequests, asked: ScriptRequest) -> None:
        pressed.discard(requests)
        if asked.type is ScriptRequestType.RERUN:
            begun[requests] = asked.rerun_data
            if _is_pressed(asked.rerun_data):
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
            # The script itself asks to be run again, or for another page: it is through.
            pressed.discard(requests)
            if requests._state is ScriptRequestType.RERUN and requests in begun:
                here = replace(begun[requests], page_script_hash=script.page_script_hash)
                wanted = _leading_on(here, wanted, requests._rerun_data)
        return request(requests, wanted)

    ScriptRequests._request_rerun_locked = request_rerun  # type: ignore[method-assign,assignment]
    ScriptRequests.on_scriptrunner_ready = on_scriptrunner_ready  # type: ignore[method-assign,assignment]
    ScriptRequests.on_scriptrunner_yield = on_scriptrunner_yield  # type: ignore[method-assign,assignment]


def _leading_on(here: RerunData, script: RerunData, browser: RerunData) -> RerunData:
    """What the script wants, at the address that it or the browser has turned to since.

    Streamlit would stay with the script's, and not follow a link that was clicked meanwhile.
    """
    page, query = here.page_script_hash, here.query_string
    turned = (script.page_script_hash, script.query_string) != (page, query)
    if browser.page_script_hash == page and turned:
        return script
    return replace(
        script,
        page_script_hash=browser.page_script_hash,
        page_name=browser.page_name,
        query_string=browser.query_string,
    )


def _is_pressed(asked: RerunData) -> bool:
    states = asked.widget_states
    return states is not None and any(map(_has_active_trigger_value, states.widgets))


def _tell_what_was_drawn() -> None:
    """Have the next run begin after all that the last one drew is on its way to the browser.

    What a run draws is passed on by the event loop, in its turn. Is the next run asked for when
    the last has just ended, Streamlit begins it at once, and drops what of the last one still
    waits: of two fragments that change in the same moment one stays as it was, and a page that
    was drawn whole is never said to be.
    """
    request = AppSession.request_rerun
    waiting: WeakKeyDictionary[AppSession, deque[ClientState | None]] = WeakKeyDictionary()

    def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
        if session in waiting:
            waiting[session].append(client_state)
        elif _is_ending(session):
            waiting[session] = deque([client_state])
            _when(lambda: not _is_ending(session), session, lambda: go_on(session), _LOOKS)
        else:
            request(session, client_state)

    def go_on(session: AppSession) -> None:
        for client_state in waiting.pop(session, ()):
            request(session, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign,assignment]  # no other way


def _is_ending(session: AppSession) -> bool:
    """Whether the session's run is over, and not all is told that it did."""
    runner = session._scriptrunner
    return runner is not None and runner._requests._state is ScriptRequestType.STOP


def _when(
    is_so: Callable[[], bool], session: AppSession, act: Callable[[], None], looks: int
) -> None:
    if looks and not is_so():
        session._event_loop.call_later(_LOOK_SECONDS, _when, is_so, session, act, looks - 1)
    else:
        act()
