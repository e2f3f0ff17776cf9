"""Feedback: kept exactly once with where it was said, changed by its author alone, answered."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.errors import FeedbackNotFound, InvalidFeedback, NotYours, StoreUnavailable
from services.model.feedback import Feedback
from services.store.documents.documents import Document
from tests.fakes.talk import Talk, given

CODE = "AAA-AAA"


@pytest.fixture
def talk() -> Talk:
    return Talk()


def only(talk: Talk) -> Feedback:
    (one,) = talk.another().feedback.all()
    return one


def test_what_is_said_is_kept_with_its_place_for_everybody(talk: Talk) -> None:
    place = {"asset": "a1", "asset_version": 3, "theme": "dark", "viewport": "390×844"}
    talk.say("More **colour** <b>", rating=4, place=place)
    kept = only(talk)
    assert (kept.text, kept.rating, kept.created_by) == ("More **colour** <b>", 4, "Ada")
    assert (kept.place.page, kept.place.address) == ("Browse", "?tag=ISA")
    assert (kept.place.asset, kept.place.asset_version) == ("a1", 3)
    assert (kept.place.theme, kept.place.viewport) == ("dark", "390×844")


def test_what_is_sent_twice_is_kept_once(talk: Talk) -> None:
    once = given("Nice")
    for process in (talk, talk, talk.another()):
        process.feedback.give(CODE, once, person="ada", by="Ada")
    assert only(talk).version == 1


def test_sending_it_again_after_an_edit_does_not_undo_the_edit(talk: Talk) -> None:
    once = given("Nice")
    talk.feedback.give(CODE, once, person="ada", by="Ada")
    talk.feedback.edit(CODE, once.identifier, person="ada", kind="praise", text="Good", rating=None)
    talk.feedback.give(CODE, once, person="ada", by="Ada")
    assert only(talk).text == "Good"


def test_nobody_s_words_are_taken_for_another_s(talk: Talk) -> None:
    talk.feedback.give(CODE, given(identifier="0" * 17), person="ada", by="Ada")
    with pytest.raises(InvalidFeedback):
        talk.feedback.give(CODE, given(identifier="0" * 17), person="bob", by="Bob")
    assert only(talk).created_by == "Ada"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": " \n"},
        {"text": "x" * 2001},
        {"kind": "reaction", "text": "", "reaction": "<b>"},
        {"kind": "reaction", "text": "and more", "reaction": "👍"},
    ],
    ids=["nothing", "blank", "too long", "no reaction", "a reaction with words"],
)
def test_what_is_no_feedback_is_refused(talk: Talk, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidFeedback):
        talk.say(**wrong)
    assert talk.feedback.all() == ()


@pytest.mark.parametrize(
    "wrong", [{"rating": 0}, {"rating": 6}, {"kind": "rant"}, {"identifier": "../x"}]
)
def test_what_no_page_sends_is_no_feedback(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        given(**wrong)


def test_a_rating_or_a_reaction_needs_no_words(talk: Talk) -> None:
    talk.say("", rating=5)
    talk.say("", kind="reaction", reaction="👍")
    assert [one.words for one in talk.feedback.all()] == ["👍", "5 of 5"]


def test_only_its_author_changes_or_withdraws_it(talk: Talk) -> None:
    one = talk.say("Nice")
    with pytest.raises(NotYours):
        talk.feedback.edit(CODE, one.identifier, person="bob", kind="idea", text="Bad", rating=None)
    with pytest.raises(NotYours):
        talk.feedback.withdraw(CODE, one.identifier, person="bob")
    assert only(talk).text == "Nice"


def test_what_is_withdrawn_is_forgotten_and_takes_no_more_answers(talk: Talk) -> None:
    one = talk.say("A secret")
    talk.feedback.withdraw(CODE, one.identifier, person="ada")
    assert talk.feedback.all() == ()
    assert "A secret" not in str(talk.store.items)
    with pytest.raises(FeedbackNotFound):
        talk.feedback.triage(CODE, one.identifier, by="Pat", status="done", role="presenter")


def test_each_agrees_once_and_may_take_it_back(talk: Talk) -> None:
    one = talk.say()
    for person, name in [("bob", "Bob"), ("bob", "Bob"), ("cy", "Cy"), ("ada", "Ada")]:
        talk.feedback.agree(CODE, one.identifier, person=person, name=name)
    assert only(talk).agreed == {"bob": "Bob", "cy": "Cy"}
    talk.feedback.disagree(CODE, one.identifier, person="bob")
    assert only(talk).agreed == {"cy": "Cy"}


def test_agreeing_twice_is_no_second_version(talk: Talk) -> None:
    one = talk.say()
    talk.feedback.agree(CODE, one.identifier, person="bob", name="Bob")
    talk.feedback.agree(CODE, one.identifier, person="bob", name="Bob")
    assert only(talk).version == 2


def test_an_answer_loses_nobody_s_agreement_and_is_told_to_its_author_alone(talk: Talk) -> None:
    one = talk.say()
    talk.say("Other", person="bob", by="Bob")
    talk.feedback.agree(CODE, one.identifier, person="bob", name="Bob")
    assert talk.notices.answers("ada") == ()
    talk.feedback.triage(
        CODE,
        one.identifier,
        by="Pat",
        status="planned",
        reply="Soon",
        tags=["ui", " ui", "x"],
        role="presenter",
    )
    (answer,) = talk.notices.answers("ada")
    assert (answer.status, answer.reply, answer.replied_by) == ("planned", "Soon", "Pat")
    assert (answer.tags, answer.agreed) == (("ui", "x"), {"bob": "Bob"})
    assert talk.notices.answers("bob") == ()


def test_triage_changes_what_it_names_and_nothing_else(talk: Talk) -> None:
    one = talk.say()
    talk.feedback.triage(
        CODE, one.identifier, by="Pat", reply="Thanks", tags=["ui"], role="presenter"
    )
    talk.feedback.triage(CODE, one.identifier, by="Sam", status="done", role="presenter")
    kept = only(talk)
    assert (kept.status, kept.reply, kept.replied_by, kept.tags) == (
        "done",
        "Thanks",
        "Pat",
        ("ui",),
    )


@pytest.mark.parametrize(
    "wrong", [{"reply": "x" * 1001}, {"tags": ["x" * 31]}, {"tags": [str(n) for n in range(9)]}]
)
def test_an_answer_without_measure_is_refused(talk: Talk, wrong: dict[str, str]) -> None:
    one = talk.say()
    with pytest.raises(InvalidFeedback):
        talk.feedback.triage(CODE, one.identifier, by="Pat", role="presenter", **wrong)  # type: ignore[arg-type]


def test_a_duplicate_points_at_the_one_that_says_the_same(talk: Talk) -> None:
    first, second = talk.say("Colour"), talk.say("Colours")
    talk.feedback.merge(CODE, second.identifier, into=first.identifier, role="presenter")
    merged = {one.text: one.merged_into for one in talk.feedback.all()}
    assert merged == {"Colour": "", "Colours": first.identifier}
    for into in (second.identifier, first.identifier, "nothing"):
        with pytest.raises(InvalidFeedback):
            talk.feedback.merge(CODE, first.identifier, into=into, role="presenter")
    talk.feedback.merge(CODE, second.identifier, into="", role="presenter")
    assert {one.merged_into for one in talk.feedback.all()} == {""}


def test_what_is_not_there_cannot_be_changed(talk: Talk) -> None:
    with pytest.raises(FeedbackNotFound):
        talk.feedback.agree(CODE, "0" * 17, person="bob", name="Bob")
    assert talk.store.items == {}


def test_a_document_that_is_no_feedback_is_passed_over(talk: Talk) -> None:
    talk.documents.put(Document(f"SESSION#{CODE}", "FEEDBACK#1", {"text": 7}))
    talk.say()
    assert len(talk.feedback.all()) == 1


def test_a_store_that_is_away_is_told_and_the_same_is_kept_later(talk: Talk) -> None:
    once = given("Nice")
    talk.store.away = True
    with pytest.raises(StoreUnavailable):
        talk.feedback.give(CODE, once, person="ada", by="Ada")
    talk.store.away = False
    talk.feedback.give(CODE, once, person="ada", by="Ada")
    assert only(talk).text == "Nice"


def test_what_is_said_is_news_of_the_talk_and_not_of_the_basket(talk: Talk) -> None:
    talk.catalogue.refresh()
    before = talk.catalogue.freshness
    talk.say()
    after = talk.catalogue.freshness
    assert after.mark == before.mark
    assert after.talk > before.talk


def test_notices_have_news_when_a_session_starts_or_somebody_answers_only(talk: Talk) -> None:
    def news() -> bool:
        before = talk.notices.mark
        talk.notices.look()
        return talk.notices.mark != before

    talk.notices.look()
    one = talk.say()
    assert not news()
    talk.sessions.start("Review", "", by="Pat", code=CODE, role="presenter")
    assert news()
    talk.feedback.triage(CODE, one.identifier, by="Pat", reply="Thanks", role="presenter")
    assert news()
    talk.store.away = True
    assert not news()
