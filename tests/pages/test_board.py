"""The board, without a browser: what everybody says, and what becomes of it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.features.feedback.board.commands import command_of
from app.shell import identity, state
from services.model.feedback import Feedback
from tests.fakes.talk import given
from tests.pages.conftest import ASSET, FEEDBACK, Store, Visit, drawn

CODE = "AAA-AAA"


def say(store: Store, text: str, **other: Any) -> Feedback:
    person, by = other.pop("person", "ada"), other.pop("by", "Ada")
    store.basket.feedback.give(CODE, given(text, **other), person=person, by=by)
    return store.basket.feedback.all()[0]


def entries(app: AppTest) -> list[dict[str, Any]]:
    return list(drawn(app, "board")["entries"])


def command(app: AppTest, store: Store, one: Feedback, **told: Any) -> None:
    """Have the person at a tab ask for something, as its board does."""
    wished = command_of({"session": one.session, "id": one.identifier, **told})
    assert wished is not None
    wished.execute(store.basket.feedback, _person(app), "Guest", "presenter")


def _person(app: AppTest) -> str:
    number = str(app.session_state[state.PERSON])
    return identity.key_of(number)


def test_an_empty_board_says_where_to_begin(visit: Visit) -> None:
    assert "Nothing has been said yet." in drawn(visit(FEEDBACK), "board")["tally"]


@pytest.mark.parametrize("count", [1, 500])
def test_the_board_stands_however_much_is_said(store: Store, visit: Visit, count: int) -> None:
    for number in range(count):
        say(store, f"Remark {number}")
    app = visit(FEEDBACK)
    assert entries(app)[0]["text"] == f"Remark {count - 1}"
    assert len(entries(app)) == min(count, 200)
    assert not app.exception


def test_the_address_narrows_down_and_sorts(store: Store, visit: Visit) -> None:
    first = say(store, "Colour")
    say(store, "Slow", kind="problem")
    say(store, "Shape")
    store.basket.feedback.agree(CODE, first.identifier, person="bob", name="Bob")
    app = visit(FEEDBACK, kind="idea", sort="agreement")
    assert [entry["text"] for entry in entries(app)] == ["Colour", "Shape"]
    assert drawn(app, "board")["tally"] == "2 of 3"


def test_an_address_that_asks_for_nonsense_finds_nothing(store: Store, visit: Visit) -> None:
    say(store, "Colour")
    app = visit(FEEDBACK, kind="<b>", sort="x")
    assert drawn(app, "board")["tally"] == "Nothing of this kind. Choose less."
    assert not app.exception


def test_agreeing_answering_and_merging_are_shown_to_all(store: Store, visit: Visit) -> None:
    one, other = say(store, "Colour"), say(store, "Colours")
    app = visit(FEEDBACK)
    command(app, store, one, do="agree")
    command(app, store, one, do="triage", status="planned", reply="Soon", tags="ui, later")
    command(app, store, other, do="merge", into=one.identifier)
    (entry,) = entries(app.run())
    assert (entry["supporters"], entry["agreed"], entry["mine"]) == (["Guest"], True, False)
    assert (entry["statusLabel"], entry["reply"], entry["tags"]) == (
        "Planned",
        "Soon",
        ["ui", "later"],
    )
    assert [duplicate["words"] for duplicate in entry["duplicates"]] == ["Colours"]


def test_one_s_own_is_changed_and_withdrawn_there(store: Store, visit: Visit) -> None:
    app = visit(FEEDBACK)
    one = say(store, "Colour", person=_person(app))
    assert entries(app.run())[0]["mine"] is True
    command(app, store, one, do="edit", kind="praise", text="Colours!", rating=9)
    (entry,) = entries(app.run())
    assert (entry["text"], entry["kindLabel"], entry["rating"]) == ("Colours!", "Praise", None)
    command(app, store, one, do="withdraw")
    assert entries(app.run()) == []


@pytest.mark.parametrize(
    "told", [{"do": "drop"}, {"do": "triage", "status": "x"}, {"do": "edit", "kind": 7}, {}]
)
def test_what_no_page_sends_does_nothing(
    store: Store, visit: Visit, told: dict[str, object]
) -> None:
    one = say(store, "Colour")
    app = visit(FEEDBACK)
    command(app, store, one, **told)
    assert store.basket.feedback.all() == (one,)


def test_the_way_to_what_was_seen_is_its_address(store: Store, visit: Visit) -> None:
    say(store, "Colour")
    assert entries(visit(FEEDBACK))[0]["href"] == "./?tag=ISA"


def test_what_is_said_of_a_field_is_marked_beside_it(store: Store, visit: Visit) -> None:
    (asset,) = store.fill(["Gold"])
    say(store, "Which?", place={"asset": asset.identifier, "field": "Tag"})
    told = drawn(visit(ASSET, id=asset.identifier), "facts")["facts"]
    assert {fact["label"]: fact["remarks"] for fact in told if fact.get("remarks")} == {"Tag": 1}
    assert drawn(visit(FEEDBACK), "board")["entries"][0]["where"] == "Browse, Tag"


def test_hostile_text_is_data_and_never_markup(store: Store, visit: Visit, hostile: str) -> None:
    one = say(store, hostile, by=hostile)
    store.basket.feedback.triage(CODE, one.identifier, by=hostile, reply=hostile, role="presenter")
    app = visit(FEEDBACK)
    (entry,) = entries(app)
    assert (entry["text"], entry["by"]) == (hostile, hostile)
    assert all(hostile not in str(text.value) for text in [*app.markdown, *app.caption, *app.html])
    assert not app.exception
