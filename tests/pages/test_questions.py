"""Questions on Present and on every page, without a browser; a session begun with a scenario."""

from html import unescape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app.features.polls.questioning import Command
from app.shell import identity, state
from services.errors import InvalidQuestion
from services.model.question import Question, Voter
from tests.fakes.talk import question, voter
from tests.pages.conftest import ADD, JOIN, PRESENT, Store, Visit, drawn, press, said

CODE = "AAA-AAA"


@pytest.fixture
def live(store: Store) -> str:
    """The code of a session that is on."""
    return store.basket.sessions.start("Review", "", by="Pat", code=CODE, role="presenter").code


def ask(store: Store, text: str = "Which?", **other: Any) -> Question:
    asked = question(text, **other)
    store.basket.questions.ask(CODE, asked, person="pat", by="Pat", role="presenter")
    return store.basket.questions.get(CODE, asked.identifier)


def answer(store: Store, asked: Question, value: str, who: str | Voter, **other: Any) -> None:
    given = voter(who) if isinstance(who, str) else who
    store.basket.answers.answer(CODE, asked.identifier, value, voter=given, **other)


def voter_at(app: AppTest) -> Voter:
    """The person at a tab."""
    number = str(app.session_state[state.PERSON])
    return Voter(identity.key_of(number), number, "Guest")


def command(store: Store, **told: Any) -> None:
    """Have a presenter ask for something, as the page does."""
    Command(told | {"session": CODE}).execute(store.basket.questions, "pat", "Pat", "presenter")


def test_outside_of_a_session_nobody_asks_or_is_asked(store: Store, visit: Visit) -> None:
    for page in (PRESENT, ADD):
        app = visit(page)
        with pytest.raises(KeyError):
            drawn(app, "question")
        with pytest.raises(KeyError):
            drawn(app, "asking")


def test_what_is_asked_stands_on_every_page_until_it_is_closed(
    store: Store, visit: Visit, live: str
) -> None:
    app = visit(ADD)
    assert drawn(app, "question")["question"] is None
    asked = ask(store, "How clear?", kind="scale", highest="Crystal")
    told = drawn(app.run(), "question")["question"]
    assert (told["text"], told["choices"], told["ends"]) == (
        "How clear?",
        list("12345"),
        ["", "Crystal"],
    )
    assert (told["mine"], told["aside"], told["chart"]) == (None, False, None)
    answer(store, asked, "4", voter_at(app), anonymous=True)
    assert drawn(app.run(), "question")["question"]["mine"] == {"value": "4", "nameless": True}
    store.basket.questions.close(CODE, asked.identifier, by="Pat", role="presenter")
    assert drawn(app.run(), "question")["question"] is None


def test_who_asks_and_has_given_no_name_is_called_the_presenter(
    store: Store, visit: Visit, live: str
) -> None:
    store.basket.questions.ask(CODE, question("Which?"), person="pat", by="Guest", role="presenter")

    assert drawn(visit(ADD), "question")["question"]["by"] == "The presenter"


def test_results_are_with_the_presenter_until_they_are_shown(
    store: Store, visit: Visit, live: str
) -> None:
    asked = ask(store)
    answer(store, asked, "Yes", "Quincy")
    app, presenter = visit(ADD), visit(PRESENT)
    assert "Quincy" not in str(drawn(app, "question"))
    (told,) = drawn(presenter, "asking")["questions"]
    assert [bar["number"] for bar in told["chart"]["bars"]] == [1, 0]
    command(store, do="show", id=asked.identifier)
    assert drawn(app.run(), "question")["question"]["chart"] == told["chart"]
    command(store, do="hide", id=asked.identifier)
    assert drawn(app.run(), "question")["question"]["chart"] is None


def test_who_is_asked_for_a_name_or_asks_the_question_has_it_put_aside(
    store: Store, visit: Visit, live: str
) -> None:
    app = visit(JOIN, code=CODE)
    me = voter_at(app).person
    asked = ask(store)
    assert drawn(app.run(), "question")["question"]["aside"] is True
    press(app, "Join")
    assert drawn(app, "question")["question"]["aside"] is False
    mine = question("Mine?")
    store.basket.questions.ask(CODE, mine, person=me, by="Guest", role="presenter")
    assert drawn(app.run(), "question")["question"]["aside"] is True
    assert asked.person != me
    assert drawn(visit(PRESENT), "question")["question"]["aside"] is True


def test_present_counts_who_is_here_and_has_answered(store: Store, visit: Visit, live: str) -> None:
    app = visit(JOIN, code=CODE)
    press(app, "Join")
    asked = ask(store)
    presenter = visit(PRESENT)
    assert drawn(presenter, "asking")["questions"][0]["here"] == "Nobody who has joined is here"
    store.basket.presence.opened(app.session_state[state.TAB])
    assert drawn(presenter.run(), "asking")["questions"][0]["here"] == "0 of 1 here has answered"
    answer(store, asked, "Yes", voter_at(app))
    assert drawn(presenter.run(), "asking")["questions"][0]["here"] == "1 of 1 here has answered"


def test_the_last_question_stands_first_and_each_leads_to_its_issue(
    store: Store, visit: Visit, live: str
) -> None:
    ask(store, "First?")
    last = ask(store, "Second?", kind="text")
    answer(store, last, "In secret", "Ada", anonymous=True)
    told = drawn(visit(PRESENT), "asking")["questions"]
    assert [(one["text"], one["open"]) for one in told] == [("Second?", True), ("First?", False)]
    assert told[0]["chart"]["words"] == [{"text": "In secret", "by": ""}]
    assert told[0]["issue"].endswith(f"item={last.identifier}&format=md")


def test_a_presenter_s_commands_ask_close_and_ask_again(store: Store, live: str) -> None:
    entered = {"id": "0" * 17, "kind": "choice", "text": "Which?", "options": ["A", "B", ""]}
    for _ in range(2):
        command(store, do="ask", question=entered)
    command(store, do="close", id=entered["id"])
    command(store, do="ask", question=entered | {"id": "1" * 17})
    asked = store.basket.questions.of(CODE)
    assert [(one.options, one.is_open) for one in asked] == [
        (("A", "B"), False),
        (("A", "B"), True),
    ]


@pytest.mark.parametrize(
    "told", [{}, {"do": "drop"}, {"do": "close", "id": 7}, {"do": "ask", "question": "x"}]
)
def test_what_no_page_sends_does_nothing(store: Store, live: str, told: dict[str, Any]) -> None:
    asked = ask(store)
    command(store, **told)
    assert store.basket.questions.of(CODE) == (asked,)


@pytest.mark.parametrize("entered", [{}, {"id": "../x"}, {"id": "0" * 17, "kind": "rant"}])
def test_what_is_no_question_at_all_is_refused(
    store: Store, live: str, entered: dict[str, Any]
) -> None:
    with pytest.raises(InvalidQuestion):
        command(store, do="ask", question=entered)


def test_hostile_text_is_data_and_never_markup(
    store: Store, visit: Visit, live: str, hostile: str
) -> None:
    asked = ask(store, hostile, options=(hostile[:80], "Other"))
    answer(store, asked, asked.options[0], hostile)
    command(store, do="show", id=asked.identifier)
    for app in (visit(PRESENT), visit(ADD)):
        assert drawn(app, "question")["question"]["text"] == asked.text
        assert all(hostile not in str(text.value) for text in [*app.markdown, *app.html])
        assert not app.exception


def begin(app: AppTest, scenario: str) -> AppTest:
    return app.selectbox(key="begin with").set_value(scenario).run()


def test_a_session_begins_with_a_scenario_after_it_was_told_what_that_replaces(
    store: Store, visit: Visit
) -> None:
    store.fill(["Mine", "Yours"])
    app = visit(PRESENT)
    app.text_input[0].set_value("Review")
    app = begin(app, "portfolio")
    told = unescape(said(app))
    assert "Replaces what is there now: 2 assets." in told
    assert "Then there will be: 59 assets and 2 in the bin." in told
    assert len(store.assets) == 2
    app.text_input[0].set_value("Review")
    app = press(app, "Replace all assets and start")
    assert drawn(app, "session")["title"] == "Review"
    assert len(store.assets) == 61
    store.basket.scenarios.undo(by="Pat", role="presenter")
    assert len(store.assets) == 2


def test_a_title_that_is_none_replaces_nothing_and_leaves_the_form(
    store: Store, visit: Visit
) -> None:
    store.fill(["Mine"])
    app = press(begin(visit(PRESENT), "starter"), "Replace all assets and start")
    assert "Enter a title." in said(app)
    assert [asset.name for asset in store.assets] == ["Mine"]
    assert app.selectbox(key="begin with").value == "starter"


def test_a_store_that_goes_away_begins_nothing_and_says_so(store: Store, visit: Visit) -> None:
    store.fill(["Mine"])
    app = begin(visit(PRESENT), "starter")
    app.text_input[0].set_value("Review")
    store.go_away()
    app = press(app, "Replace all assets and start")
    assert "The session has not begun" in said(app)
    assert app.text_input[0].value == "Review"
    assert not app.exception
    store.come_back()
    assert store.basket.sessions.live() is None
