"""A part of a page that is drawn again never leads back from the page that was asked for."""

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession


def stay_on_the_page_asked_for() -> None:
    """Have a session know the page it is going to as soon as it is asked for it.

    A browser asks for a fragment with the page that it was last told of. If that is asked for just
    after another page (news came, or a text field was left), Streamlit 1.67 either draws the former
    page under the address of the new one, or draws the new one and then has the browser remove all
    of it. Call it once, at the start.
    """
    request = AppSession.request_rerun

    def request_on_its_page(session: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None:
            _agree(session._client_state, client_state)
        request(session, client_state)

    AppSession.request_rerun = request_on_its_page  # type: ignore[method-assign,assignment]  # no other way


def _agree(known: ClientState, asked: ClientState) -> None:
    """A whole page is noted as the session's own; a fragment is asked for on that page."""
    if not asked.page_script_hash:
        return
    if not asked.fragment_id:
        known.page_script_hash = asked.page_script_hash
        known.query_string = asked.query_string
    elif known.page_script_hash and asked.page_script_hash != known.page_script_hash:
        asked.page_script_hash = known.page_script_hash
        asked.query_string = known.query_string
