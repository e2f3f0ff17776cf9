"""On which page a part of a page is asked for, whatever the browser knows by then."""

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from app.streamlit_compat import navigation

Asked = list[tuple[str, str]]


class Session:
    """A session that only notes what is asked of it."""

    def __init__(self) -> None:
        self._client_state = ClientState(page_script_hash="main")
        self.asked: Asked = []

    def request_rerun(self, state: ClientState | None) -> None:
        if state is not None:
            self.asked.append((state.page_script_hash, state.query_string))

    def draws(self, page: str) -> None:
        """What Streamlit notes as soon as a run begins."""
        self._client_state.page_script_hash = page

    def ask(self, page: str, query: str = "", fragment: str = "") -> None:
        AppSession.request_rerun(
            self,  # type: ignore[arg-type]
            ClientState(page_script_hash=page, query_string=query, fragment_id=fragment),
        )


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(AppSession, "request_rerun", Session.request_rerun)
    navigation.keep_navigation()
    return Session()


def test_a_part_of_the_page_just_left_is_asked_for_on_the_next(session: Session) -> None:
    session.ask("feedback", fragment="board")
    session.ask("browse", "tag=ISA")
    session.ask("feedback", fragment="board")
    assert session.asked[-1] == ("browse", "tag=ISA")
    session.ask("browse", "tag=ISA&sort=name", fragment="table")
    assert session.asked[-1] == ("browse", "tag=ISA&sort=name")


def test_what_a_page_says_of_its_own_address_counts(session: Session) -> None:
    session.ask("", "tag=ISA")
    for query in ("tag=ISA", "tag=ISA&sort=name", ""):
        session.ask("browse", query, fragment="table")
        assert session.asked[-1] == ("browse", query)
    session.ask("browse", "tag=SIPP")
    session.ask("browse", "tag=SIPP&q=x", fragment="table")
    assert session.asked[-1] == ("browse", "tag=SIPP&q=x")


def test_a_page_that_the_script_has_turned_to_is_the_browsers_own(session: Session) -> None:
    session.ask("browse", "tag=ISA")
    session.draws("add")
    session.ask("add", "", fragment="bar")
    assert session.asked[-1] == ("add", "")
    session.ask("add", "x=1", fragment="bar")
    assert session.asked[-1] == ("add", "x=1")


def test_who_goes_back_and_forth_is_where_they_went_last(session: Session) -> None:
    session.ask("browse", "", fragment="table")
    session.draws("browse")
    session.ask("add")
    session.draws("add")
    session.ask("browse", "q=1")
    session.ask("add", fragment="form")
    assert session.asked[-1] == ("browse", "q=1")
