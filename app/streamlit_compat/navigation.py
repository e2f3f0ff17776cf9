"""A part of a page that is drawn again never leads back from the page that was asked for."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession


@dataclass(frozen=True)
class _Way:
    """To where a session is on its way, of which the browser may not have been told yet."""

    page: str
    query: str
    drawn: str
    """The page that was drawn last when it was asked for."""


def stay_on_the_page_asked_for() -> None:
    """Have a session know the page it is going to as soon as it is asked for it.

    A browser asks for a fragment with the page that it was last told of. If that is asked for just
    after another page (news came, or a text field was left), Streamlit 1.67 either draws the former
    page under the address of the new one, or draws the new one and then has the browser remove all
    of it. Call it once, at the start.
    """
    request = AppSession.request_rerun
    ways: WeakKeyDictionary[AppSession, _Way] = WeakKeyDictionary()

    def request_on_its_page(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None:
            drawn = session._client_state.page_script_hash
            way = _agree(ways.pop(session, None), client_state, drawn)
            if way:
                ways[session] = way
        request(session, client_state)

    AppSession.request_rerun = request_on_its_page  # type: ignore[method-assign,assignment]  # no other way


def _agree(before: _Way | None, asked: ClientState, drawn: str) -> _Way | None:
    """The way on which the session is now; None if only a name of a page is known.

    A fragment of another page than the one asked for is of the page that was left; unless the
    script itself has turned to that page since.
    """
    page, query = asked.page_script_hash, asked.query_string
    if not page:
        return None
    turned = before is not None and drawn == page != before.drawn
    if asked.fragment_id and before and page != before.page and not turned:
        asked.page_script_hash, asked.query_string = before.page, before.query
        return before
    return _Way(page, query, drawn)
