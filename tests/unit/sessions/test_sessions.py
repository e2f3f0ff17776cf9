"""Sessions: one is live, everybody finds it by its code, and none is ever lost."""

import pytest

from services.errors import InvalidSession, SessionClosed, SessionNotFound, StoreUnavailable
from services.model.session import OPEN, code_of, new_code
from services.store.documents.documents import Document
from tests.fakes.talk import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def start(talk: Talk, code: str = "AAA-AAA", title: str = "Review") -> None:
    talk.sessions.start(title, "Find gaps", by="Pat", code=code, role="presenter")


def test_a_session_is_live_until_it_is_closed_and_readable_afterwards(talk: Talk) -> None:
    assert talk.sessions.live() is None
    start(talk)
    live = talk.sessions.live()
    assert live is not None
    assert (live.code, live.title, live.goal) == ("AAA-AAA", "Review", "Find gaps")
    talk.sessions.close("AAA-AAA", by="Pat", role="presenter")
    assert talk.sessions.live() is None
    closed = talk.sessions.get("AAA-AAA")
    assert (closed.title, closed.closed_by, closed.version) == ("Review", "Pat", 2)


def test_everybody_has_the_same_sessions_and_a_restart_keeps_them(talk: Talk) -> None:
    start(talk)
    assert talk.another().sessions.live() == talk.sessions.live()


def test_starting_another_session_closes_the_one_that_was_live(talk: Talk) -> None:
    start(talk, "AAA-AAA", "First")
    start(talk, "BBB-BBB", "Second")
    assert [(one.title, one.is_open) for one in talk.sessions.all()] == [
        ("Second", True),
        ("First", False),
    ]


def test_a_double_click_starts_one_session(talk: Talk) -> None:
    start(talk)
    start(talk)
    assert [one.version for one in talk.sessions.all()] == [1]
    assert talk.sessions.live() is not None


def test_a_code_that_is_taken_starts_nothing_else(talk: Talk) -> None:
    start(talk)
    with pytest.raises(InvalidSession):
        start(talk, title="Another one")
    assert [one.title for one in talk.sessions.all()] == ["Review"]


def test_closing_twice_closes_once(talk: Talk) -> None:
    start(talk)
    talk.sessions.close("AAA-AAA", by="Pat", role="presenter")
    first = talk.sessions.get("AAA-AAA").closed_at
    talk.sessions.close("AAA-AAA", by="Sam", role="presenter")
    again = talk.sessions.get("AAA-AAA")
    assert (again.closed_at, again.closed_by) == (first, "Pat")


@pytest.mark.parametrize("title", ["", "  \n", "x" * 121, "\u200b"])
def test_what_is_no_title_is_refused(talk: Talk, title: str) -> None:
    with pytest.raises(InvalidSession):
        start(talk, title=title)
    assert talk.sessions.all() == ()


@pytest.mark.parametrize("typed", ["AAA-AAA", "aaaaaa", " aaa aaa ", "AAA–AAA"])
def test_people_join_by_the_code_however_they_type_it(talk: Talk, typed: str) -> None:
    start(talk)
    talk.sessions.join(typed, person="1", name=" Ada  Lovelace ")
    assert [one.name for one in talk.sessions.attendance("AAA-AAA")] == ["Ada Lovelace"]


def test_who_joins_again_is_one_person_under_the_new_name(talk: Talk) -> None:
    start(talk)
    talk.sessions.join("AAA-AAA", person="1", name="")
    talk.sessions.join("AAA-AAA", person="2", name="Bob")
    talk.sessions.join("AAA-AAA", person="1", name="Ada")
    assert [one.name for one in talk.sessions.attendance("AAA-AAA")] == ["Ada", "Bob"]


def test_nobody_joins_what_is_closed_or_was_never_there(talk: Talk) -> None:
    start(talk)
    talk.sessions.close("AAA-AAA", by="Pat", role="presenter")
    with pytest.raises(SessionClosed, match="Review"):
        talk.sessions.join("AAA-AAA", person="1", name="Ada")
    with pytest.raises(SessionNotFound):
        talk.sessions.join("BBB-BBB", person="1", name="Ada")


@pytest.mark.parametrize("code", ["", "x", "ZZZ-ZZZ", "#|META"])
def test_closing_what_is_not_there_makes_nothing(talk: Talk, code: str) -> None:
    with pytest.raises(SessionNotFound):
        talk.sessions.close(code, by="Pat", role="presenter")
    assert talk.store.items == {}


def test_feedback_goes_where_it_was_begun_else_to_the_live_session_else_to_the_open_one(
    talk: Talk,
) -> None:
    assert talk.sessions.receiving("") == OPEN
    start(talk, "AAA-AAA")
    start(talk, "BBB-BBB")
    assert talk.sessions.receiving("AAA-AAA") == "AAA-AAA"
    assert talk.sessions.receiving("nonsense") == "BBB-BBB"


def test_a_document_that_is_no_session_is_passed_over(talk: Talk) -> None:
    talk.documents.put(Document("SESSION#X", "META", {"title": 7}))
    talk.documents.put(Document("SESSION#X", "PERSON#1", {}))
    start(talk)
    assert [one.code for one in talk.sessions.all()] == ["AAA-AAA"]
    assert talk.sessions.attendance("X") == ()


def test_a_store_that_is_away_is_told(talk: Talk) -> None:
    talk.store.away = True
    with pytest.raises(StoreUnavailable):
        start(talk)


def test_a_code_is_what_people_read_back() -> None:
    for _ in range(100):
        code = new_code()
        assert code_of(code.lower().replace("-", " ")) == code
