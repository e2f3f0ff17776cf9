"""The board's order: narrowed down, by agreement, with what says the same together."""

import pytest

from services.feedback.board import BoardQuery, Sort, arrange
from tests.fakes.talk import Talk

CODE = "AAA-AAA"


@pytest.fixture
def talk() -> Talk:
    """Three pieces of feedback by two people, one of them in another session."""
    made = Talk()
    made.say("Colour", kind="idea")
    made.say("Slow", kind="problem", person="bob", by="Bob", place={"asset": "a1"})
    made.say("Other", kind="idea", code="BBB-BBB")
    return made


def texts(talk: Talk, narrowing: dict[str, str] | None = None, sort: Sort = "newest") -> list[str]:
    found = arrange(talk.feedback.all(), BoardQuery(narrowing or {}, sort))
    return [entry.said.text for entry in found.entries]


def identifier(talk: Talk, text: str) -> str:
    return next(one.identifier for one in talk.feedback.all() if one.text == text)


def test_the_newest_comes_first(talk: Talk) -> None:
    assert texts(talk) == ["Other", "Slow", "Colour"]


@pytest.mark.parametrize(
    ("aspect", "value", "expected"),
    [
        ("kind", "problem", ["Slow"]),
        ("session", "BBB-BBB", ["Other"]),
        ("person", "Bob", ["Slow"]),
        ("where", "Browse", ["Other", "Slow", "Colour"]),
        ("asset", "a1", ["Slow"]),
        ("status", "done", []),
        ("tag", "ui", ["Colour"]),
        ("kind", "", ["Other", "Slow", "Colour"]),
    ],
)
def test_it_is_narrowed_down_by_each_aspect(
    talk: Talk, aspect: str, value: str, expected: list[str]
) -> None:
    talk.feedback.triage(CODE, identifier(talk, "Colour"), by="Pat", tags=["ui"], role="presenter")
    assert texts(talk, {aspect: value}) == expected


def test_what_most_agree_with_comes_first(talk: Talk) -> None:
    talk.feedback.agree(CODE, identifier(talk, "Colour"), person="cy", name="Cy")
    assert texts(talk, sort="agreement")[0] == "Colour"


def test_a_duplicate_stands_with_the_other_and_lends_it_its_agreement(talk: Talk) -> None:
    talk.say("Too slow", person="cy", by="Cy")
    talk.feedback.agree(CODE, identifier(talk, "Too slow"), person="di", name="Di")
    talk.feedback.merge(
        CODE, identifier(talk, "Too slow"), into=identifier(talk, "Slow"), role="presenter"
    )
    found = arrange(talk.feedback.all(), BoardQuery({"kind": "problem"}))
    (entry,) = found.entries
    assert [one.text for one in entry.duplicates] == ["Too slow"]
    assert sorted(entry.supporters.values()) == ["Cy", "Di"]
    assert found.everything == 3


def test_a_duplicate_of_what_was_withdrawn_stands_by_itself(talk: Talk) -> None:
    talk.say("Too slow", person="cy", by="Cy")
    talk.feedback.merge(
        CODE, identifier(talk, "Too slow"), into=identifier(talk, "Slow"), role="presenter"
    )
    talk.feedback.withdraw(CODE, identifier(talk, "Slow"), person="bob")
    assert "Too slow" in texts(talk)


def test_what_there_is_to_choose_is_counted(talk: Talk) -> None:
    choices = arrange(talk.feedback.all(), BoardQuery()).choices
    assert choices["kind"] == (("idea", 2), ("problem", 1))
    assert choices["person"] == (("Ada", 2), ("Bob", 1))
    assert choices["asset"] == (("a1", 1),)
    assert choices["tag"] == ()
