"""Patch that keeps a late fragment rerun from undoing a page navigation (Streamlit 1.67)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from app.streamlit_compat.names import Patch
from app.streamlit_compat.sessions import CLIENT_STATE, REQUEST_RERUN, session_with

if TYPE_CHECKING:
    from streamlit.proto.ClientState_pb2 import ClientState
    from streamlit.runtime.app_session import AppSession


@dataclass(frozen=True)
class _Navigation:
    """The page that a browser asked for last."""

    page: str
    """By its hash, as the protocol names it."""
    query: str
    drawn: str
    """The page that the session was drawing when it was asked."""


def keep_navigation() -> None:
    """Patch sessions so that a fragment rerun stays on the page that was navigated to.

    A browser sends a fragment rerun with the page that it was last told of. One that is sent just
    after a navigation (news came, or a text field was left) makes Streamlit draw the former page
    under the new address, or draw the new page and have the browser remove all of it. Without the
    patch, that happens.
    """
    request = REQUEST_RERUN.get()
    navigations: WeakKeyDictionary[AppSession, _Navigation] = WeakKeyDictionary()

    def request_rerun(session: "AppSession", client_state: "ClientState | None") -> None:
        if client_state is not None:
            drawn = session._client_state.page_script_hash
            navigation = _corrected(navigations.pop(session, None), client_state, drawn)
            if navigation:
                navigations[session] = navigation
        request(session, client_state)

    REQUEST_RERUN.replace(request_rerun)


def _corrected(last: _Navigation | None, asked: "ClientState", drawn: str) -> _Navigation | None:
    """Correct the page of a stale fragment rerun in `asked`; returns the navigation in force.

    A fragment of another page than the one navigated to is stale, unless the script itself has
    switched to that page since. None where the page is known by its name alone, at a first load.
    """
    page, query = asked.page_script_hash, asked.query_string
    if not page:
        return None
    switched = last is not None and drawn == page != last.drawn
    if asked.fragment_id and last and page != last.page and not switched:
        asked.page_script_hash, asked.query_string = last.page, last.query
        return last
    return _Navigation(page, query, drawn)


PATCH = Patch(
    "navigation",
    "keeps a page change from being undone by a late fragment rerun",
    (REQUEST_RERUN, CLIENT_STATE, session_with("_client_state")),
    keep_navigation,
)
