"""Present and Join, without a browser: a session begins, people come, and it ends."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.shell import identity, state
from app.shell.routes import ASSET, BROWSE, way
from services.model.current import seen
from tests.pages.conftest import ACTIVITY, FEEDBACK, JOIN, PRESENT, Store, Visit, drawn, press, said


def begin(visit: Visit, title: str = "Review", goal: str = "Find gaps") -> AppTest:
    app = visit(PRESENT)
    app.text_input[0].set_value(title)
    app.text_area[0].set_value(goal)
    return press(app, "Start session")


def joined(visit: Visit, code: str, name: str) -> AppTest:
    app = visit(JOIN, code=code)
    app.text_input[0].set_value(name)
    return press(app, "Join")


def test_one_click_starts_a_session_with_its_code_link_and_picture(
    store: Store, visit: Visit
) -> None:
    told = drawn(begin(visit), "session")
    live = store.basket.sessions.live()
    assert live is not None
    assert (told["title"], told["goal"], told["code"]) == ("Review", "Find gaps", live.code)
    assert told["link"].endswith(f"/join?code={live.code}")
    assert told["only_here"]
    assert told["qr"].startswith("data:image/svg+xml")


def test_who_presents_at_the_machine_itself_shows_a_link_that_others_can_follow(
    store: Store, visit: Visit
) -> None:
    store.serve_for("presenter", host="192.168.1.7")
    told = drawn(begin(visit), "session")
    assert told["link"] == f"http://192.168.1.7:8000/join?code={told['code']}"
    assert not told["only_here"]


def test_a_session_without_a_title_is_refused_in_plain_words(visit: Visit) -> None:
    assert "Enter a title." in said(begin(visit, title=" "))


def test_who_joins_is_seen_by_the_presenter_with_the_page(store: Store, visit: Visit) -> None:
    app = begin(visit)
    stakeholder = joined(visit, drawn(app, "session")["code"].lower(), "Ada")
    assert "Welcome, Ada." in drawn(stakeholder, "invited")["note"]
    store.basket.presence.opened(stakeholder.session_state[state.TAB])
    (person,) = drawn(app.run(), "session")["people"]
    assert (person["name"], person["here"], person["page"]) == ("Ada", True, "Join")
    store.basket.presence.closed(stakeholder.session_state[state.TAB])
    (person,) = drawn(app.run(), "session")["people"]
    assert (person["here"], person["page"]) == (False, "away")


def test_a_guest_may_join_and_take_a_name_later(store: Store, visit: Visit) -> None:
    code = drawn(begin(visit), "session")["code"]
    app = joined(visit, code, "")
    assert [one.name for one in store.basket.sessions.attendance(code)] == ["Guest"]
    app.text_input[0].set_value("Ada")
    press(app, "Change it")
    assert [one.name for one in store.basket.sessions.attendance(code)] == ["Ada"]


@pytest.mark.parametrize(
    ("to", "page", "query"),
    [
        ("/?tour=story", BROWSE, {"tour": ["story"]}),
        ("/asset?id=a%26b", ASSET, {"id": ["a&b"]}),
        ("", BROWSE, {}),
        ("/nowhere", BROWSE, {}),
        ("//evil/add", BROWSE, {}),
        ("http://[", BROWSE, {}),
    ],
)
def test_who_has_joined_goes_on_to_where_they_were_invited(
    to: str, page: Path, query: dict[str, list[str]]
) -> None:
    assert way(to) == (page, query)


def test_a_closed_session_lets_nobody_in_and_keeps_its_report(store: Store, visit: Visit) -> None:
    app = begin(visit)
    code = drawn(app, "session")["code"]
    press(app, "Close it for everybody")
    assert store.basket.sessions.live() is None
    (entry,) = drawn(app, "sessions")["entries"]
    assert entry["title"] == "Review"
    assert [report["label"] for report in entry["reports"]] == ["Report", "Markdown", "CSV", "JSON"]
    late = visit(JOIN, code=code)
    assert "closed" in drawn(late, "invited")["note"]
    assert "Join" not in [button.label for button in late.button]


@pytest.mark.parametrize("code", ["ZZZ-ZZZ", "<b>", "x" * 5000])
def test_a_code_that_leads_nowhere_is_said_in_plain_words(visit: Visit, code: str) -> None:
    app = visit(JOIN, code=code)
    assert "There is no session with the code" in said(app)
    assert "<b>" not in said(app)
    assert not app.exception


def test_who_comes_without_a_code_is_asked_for_it(visit: Visit) -> None:
    app = visit(JOIN)
    assert app.text_input[0].label == "Session code"


@pytest.mark.parametrize("page", [PRESENT, JOIN, FEEDBACK], ids=["present", "join", "feedback"])
def test_a_store_that_never_answered_is_said_in_plain_words(
    store: Store, visit: Visit, page: str
) -> None:
    store.go_away()
    app = visit(page, code="AAA-AAA")
    assert "The store is not answering just now." in said(app)
    assert not app.exception


def test_hostile_text_is_data_and_never_markup(store: Store, visit: Visit, hostile: str) -> None:
    app = begin(visit, title=hostile, goal=hostile)
    code = drawn(app, "session")["code"]
    stakeholder = joined(visit, code, hostile[:60])
    for opened in (app.run(), stakeholder):
        assert all(hostile not in str(text.value) for text in [*opened.markdown, *opened.caption])
        assert hostile not in said(opened)
        assert not opened.exception


def test_what_others_are_told_of_a_person_is_not_what_its_browser_keeps(
    store: Store, visit: Visit
) -> None:
    app = begin(visit)
    number = str(app.session_state[state.PERSON])
    joined(visit, drawn(app, "session")["code"], "Ada")
    assert drawn(app, "talk")["person"] == number
    told = [drawn(app.run(), key) for key in ("session", "sessions") if key in str(app)]
    assert number not in str(told)
    assert identity.key_of(number) != number


def test_the_bar_tells_its_session_and_what_was_answered(store: Store, visit: Visit) -> None:
    code = drawn(begin(visit), "session")["code"]
    told = drawn(visit(JOIN, code=code), "talk")
    assert (told["session"], told["title"], told["page"]) == (code, "Review", "Join")
    assert [one["label"] for one in told["kinds"]] == ["Idea", "Problem", "Question", "Praise"]


def test_news_that_arrive_while_a_page_is_drawn_are_news_to_it(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw_slowly(_: object) -> None:
        store.fill(["Late"])
        store.basket.catalogue.refresh()

    store.fill(["Gold"])
    before = store.basket.live.look(seen())["basket"]
    monkeypatch.setattr("app.features.asset_page.timeline.activity", draw_slowly)
    assert drawn(visit(ACTIVITY), "live")["marks"]["basket"] == before
    assert store.basket.live.look(seen())["basket"] != before
