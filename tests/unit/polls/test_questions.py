"""Questions: asked by presenters alone, answered once by each, by name or really without one."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from pydantic import ValidationError

from services.errors import (
    InvalidAnswer,
    InvalidQuestion,
    NotAllowed,
    QuestionClosed,
    QuestionNotFound,
    SessionClosed,
    SessionNotFound,
    StoreUnavailable,
)
from services.model.question import Question
from services.polls.tally import Tally
from services.store.documents.documents import Document
from tests.fakes.talk import Talk, question, voter

CODE = "AAA-AAA"


@pytest.fixture
def talk() -> Talk:
    made = Talk()
    made.sessions.start("Review", "", by="Pat", code=CODE, role="presenter")
    return made


def tally(talk: Talk, asked: Question) -> Tally:
    """What everybody is told, in another process too."""
    (found,) = [one for one in talk.another().answers.of(CODE) if one.question.text == asked.text]
    return found


def test_a_question_is_asked_answered_and_counted(talk: Talk) -> None:
    asked = talk.ask("Ship **it**?", options=(" Yes ", "", "Not  yet"))
    assert talk.another().questions.current() == asked
    assert (asked.options, asked.created_by, asked.is_open) == (("Yes", "Not yet"), "Pat", True)
    talk.answer(asked, "Yes")
    talk.answer(asked, "Not yet", "Bob")
    talk.answer(asked, "Yes", "Cy")
    assert tally(talk, asked).counts == (("Yes", 2), ("Not yet", 1))


def test_a_scale_tells_mean_and_spread_and_nothing_of_nothing(talk: Talk) -> None:
    asked = talk.ask(kind="scale", options=(), lowest="Never", highest="Always")
    assert (tally(talk, asked).mean, tally(talk, asked).spread) == (None, None)
    for who, grade in [("Ada", "2"), ("Bob", "4"), ("Cy", "3"), ("Di", "3")]:
        talk.answer(asked, grade, who)
    told = tally(talk, asked)
    assert [number for _, number in told.counts] == [0, 1, 2, 1, 0]
    assert told.mean == 3
    assert told.spread == pytest.approx(0.7071, abs=1e-4)


def test_words_are_kept_as_they_were_written_in_the_order_in_which_they_came(talk: Talk) -> None:
    asked = talk.ask(kind="text", options=())
    talk.answer(asked, " More\n**colour** <b> ")
    talk.answer(asked, "Less", "Bob")
    assert [one.value for one in tally(talk, asked).answers] == ["More\n**colour** <b>", "Less"]


def test_a_double_click_asks_once_and_answers_once(talk: Talk) -> None:
    once = question("Which?")
    for process in (talk, talk, talk.another()):
        process.questions.ask(CODE, once, person="pat", by="Pat", role="presenter")
    (asked,) = talk.questions.of(CODE)
    for process in (talk, talk, talk.another()):
        process.answer(asked, "Yes")
    (given,) = tally(talk, asked).answers
    assert (asked.version, given.version) == (1, 1)


def test_each_has_one_answer_that_can_be_another_until_the_question_is_closed(talk: Talk) -> None:
    asked = talk.ask()
    talk.answer(asked, "Yes")
    talk.answer(asked, "No", anonymous=True)
    talk.answer(asked, "No", "Bob")
    assert tally(talk, asked).counts == (("Yes", 0), ("No", 2))
    mine = talk.answers.mine(asked, voter("Ada"))
    assert mine is not None
    assert mine.value == "No"
    assert talk.answers.mine(asked, voter("Cy")) is None
    talk.questions.close(CODE, asked.identifier, by="Pat", role="presenter")
    with pytest.raises(QuestionClosed):
        talk.answer(asked, "Yes")
    assert tally(talk, asked).counts == (("Yes", 0), ("No", 2))


def test_an_answer_without_a_name_leads_to_nobody_not_even_in_the_table(talk: Talk) -> None:
    # A name that no hexadecimal digits can spell.
    talk.sessions.join(CODE, person="quincy", name="Quincy")
    asked = talk.ask(kind="text", options=())
    talk.answer(asked, "With my name", "Quincy")
    talk.answer(asked, "In secret", "Quincy", anonymous=True)
    kept = {key: str(item) for key, item in talk.store.items.items() if "ANSWER#" in key}
    ((key, item),) = kept.items()
    assert "In secret" in item
    assert "quincy" not in (key + item).lower()
    assert "With my name" not in item
    # Who knows what others are told of a person cannot find out the seat.
    assert replace(voter("Quincy"), number="").voter_key(asked.identifier) not in key


def test_asking_again_closes_and_hides_what_was_asked_before(talk: Talk) -> None:
    first = talk.ask("First?")
    talk.questions.show(CODE, first.identifier, by="Pat", role="presenter")
    second = talk.ask("Second?")
    (before, after) = talk.another().questions.of(CODE)
    assert (before.is_open, before.is_shown, before.closed_by) == (False, False, "Pat")
    assert after.is_open
    talk.questions.close(CODE, second.identifier, by="Sam", role="presenter")
    assert talk.questions.current() is None


def test_a_question_that_arrives_late_once_more_closes_none_that_was_asked_since(
    talk: Talk,
) -> None:
    early = question("Early?")
    talk.questions.ask(CODE, early, person="pat", by="Pat", role="presenter")
    late = talk.ask("Late?")
    talk.questions.ask(CODE, early, person="pat", by="Pat", role="presenter")
    assert talk.questions.current() == late


def test_nobody_s_question_is_taken_for_another_s(talk: Talk) -> None:
    asked = talk.ask("Mine?")
    other = question("Yours?", identifier=asked.identifier)
    with pytest.raises(InvalidQuestion):
        talk.questions.ask(CODE, other, person="sam", by="Sam", role="presenter")
    assert [one.text for one in talk.questions.of(CODE)] == ["Mine?"]


def test_results_are_the_presenter_s_until_they_are_shown_one_question_at_a_time(
    talk: Talk,
) -> None:
    first = talk.ask("First?")
    talk.ask("Second?")
    second = talk.questions.of(CODE)[1]
    talk.questions.close(CODE, second.identifier, by="Pat", role="presenter")
    for asked in (first, second, second):
        talk.questions.show(CODE, asked.identifier, by="Pat", role="presenter")
        assert [one.text for one in talk.questions.of(CODE) if one.is_shown] == [asked.text]
        assert (talk.questions.current() or first).text == asked.text
    talk.questions.hide(CODE, second.identifier, by="Pat", role="presenter")
    assert talk.questions.current() is None


@pytest.mark.parametrize("act", ["ask", "close", "show", "hide"])
def test_only_a_presenter_asks_closes_and_shows(talk: Talk, act: str) -> None:
    asked, service = talk.ask(), talk.questions
    before = dict(talk.store.items)
    change = (
        partial(service.ask, CODE, question("Mine?"), person="ada")
        if act == "ask"
        else partial(getattr(service, act), CODE, asked.identifier)
    )
    with pytest.raises(NotAllowed):
        change(by="Ada", role="guest")
    assert talk.store.items == before
    talk.answer(asked, "Yes")
    assert tally(talk, asked).counts[0] == ("Yes", 1)


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"text": " \n"}, "text"),
        ({"text": "x" * 301}, "text"),
        ({"options": ("Yes", " ")}, "options"),
        ({"options": tuple("123456789")}, "options"),
        ({"options": ("Yes", "yes")}, "options"),
        ({"options": ("Yes", "x" * 81)}, "options"),
        ({"kind": "scale", "lowest": "x" * 41}, "ends"),
        ({"kind": "scale", "highest": "x" * 41}, "ends"),
    ],
)
def test_what_is_no_question_is_refused_and_told_where(
    talk: Talk, wrong: dict[str, Any], part: str
) -> None:
    with pytest.raises(InvalidQuestion) as refused:
        talk.ask(**wrong)
    assert refused.value.part == part
    assert talk.questions.of(CODE) == ()


@pytest.mark.parametrize("wrong", [{"kind": "rant"}, {"identifier": "../x"}, {"options": 7}])
def test_what_no_page_sends_is_no_question(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        question(**wrong)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("choice", "Maybe"),
        ("choice", ""),
        ("scale", "0"),
        ("scale", "6"),
        ("scale", "2.5"),
        ("text", " \n"),
        ("text", "x" * 1001),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused(talk: Talk, kind: str, value: str) -> None:
    asked = talk.ask(kind=kind)
    with pytest.raises(InvalidAnswer):
        talk.answer(asked, value)
    assert tally(talk, asked).answers == ()


def test_a_session_that_is_over_asks_and_answers_nothing(talk: Talk) -> None:
    asked = talk.ask()
    talk.sessions.close(CODE, by="Pat", role="presenter")
    assert talk.questions.current() is None
    with pytest.raises(SessionClosed):
        talk.answer(asked, "Yes")
    with pytest.raises(SessionClosed):
        talk.ask("Once more?")
    with pytest.raises(SessionNotFound):
        talk.ask(code="ZZZ-ZZZ")


def test_what_is_not_there_is_neither_answered_nor_closed(talk: Talk) -> None:
    with pytest.raises(QuestionNotFound):
        talk.answers.answer(CODE, "0" * 17, "Yes", voter=voter())
    with pytest.raises(QuestionNotFound):
        talk.questions.close(CODE, "0" * 17, by="Pat", role="presenter")


def test_who_is_here_and_has_answered_is_counted_once(talk: Talk) -> None:
    asked = talk.ask()
    talk.answer(asked, "Yes", "Ada")
    talk.answer(asked, "Yes", "Left")
    talk.answer(asked, "Yes", "Bob", anonymous=True)
    told = tally(talk, asked)
    assert told.here({"ada", "bob", "cy"}) == 2
    assert told.here({"bob"}) == 1
    assert told.here(set()) == 0


def test_documents_that_are_neither_question_nor_answer_are_passed_over(talk: Talk) -> None:
    asked = talk.ask()
    talk.documents.put(Document(f"SESSION#{CODE}", "QUESTION#1", {"text": 7}))
    talk.documents.put(Document(f"SESSION#{CODE}", f"ANSWER#{asked.identifier}#x", {"value": 7}))
    assert len(talk.questions.of(CODE)) == 1
    assert tally(talk, asked).answers == ()


def test_a_store_that_is_away_is_told_and_the_same_is_kept_later(talk: Talk) -> None:
    asked = talk.ask()
    talk.store.away = True
    with pytest.raises(StoreUnavailable):
        talk.answer(asked, "Yes")
    talk.store.away = False
    talk.answer(asked, "Yes")
    assert len(tally(talk, asked).answers) == 1


def test_everybody_hears_of_questions_and_of_answers_only_once_they_are_shown(talk: Talk) -> None:
    def news() -> bool:
        before = talk.notices.mark
        talk.notices.look()
        return talk.notices.mark != before

    talk.notices.look()
    asked = talk.ask()
    assert news()
    talk.answer(asked, "Yes")
    assert not news()
    talk.questions.show(CODE, asked.identifier, by="Pat", role="presenter")
    assert news()
    talk.answer(asked, "No")
    assert news()
    talk.questions.close(CODE, asked.identifier, by="Pat", role="presenter")
    assert news()
