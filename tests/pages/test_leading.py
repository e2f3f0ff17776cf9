"""Tour and its panel while somebody leads, without a browser: who is offered and sees what."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.scripts import shipped as script
from app.settings import ROOT
from app.shell import identity, state
from tests.fakes.talk import given
from tests.pages.conftest import ADD, BROWSE, Store, Visit, drawn, press, said

TOUR = str(ROOT / "pages" / "tour.py")
LEAD, ALONE = "Lead everybody: One basket for everybody", "Let everyone continue on their own"


def session(store: Store) -> None:
    store.basket.sessions.start("Review", "", by="Ann", code="AAA-AAA", role="presenter")


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def shows_tour(app: AppTest) -> bool:
    return '"looksFor"' in str(app.main)


def person(app: AppTest) -> str:
    return identity.key_of(str(app.session_state[state.PERSON]))


def test_everybody_gets_the_tour_of_whoever_leads_and_goes_alone_afterwards(
    store: Store, visit: Visit
) -> None:
    session(store)
    other = visit(ADD)
    assert not shows_tour(other)
    leads = press(visit(TOUR), LEAD)
    assert drawn(leads.run(), "tour")["leading"] == {
        "by": "The presenter",
        "mine": True,
        "along": 0,
    }
    told = drawn(other.run(), "tour")
    assert (told["leading"]["mine"], told["step"]) == (False, "glance")
    store.basket.tours.go(person(leads), 1, at="glance")
    assert drawn(other.run(), "tour")["step"] == "narrow-down"
    again = visit(TOUR)
    assert LEAD not in labels(again)
    press(again, ALONE)
    store.basket.tours.go(person(leads), 1, at="narrow-down")
    told = drawn(other.run(), "tour")
    assert (told["step"], told["leading"]) == ("narrow-down", {"may": True})


def test_the_way_to_lead_is_offered_in_a_session_to_whoever_presents(
    store: Store, visit: Visit
) -> None:
    assert LEAD not in labels(visit(TOUR))
    session(store)
    assert LEAD in labels(visit(TOUR))
    store.serve_for("guest")
    assert LEAD not in labels(visit(TOUR))
    assert drawn(visit(BROWSE, tour="story"), "tour")["leading"] == {"may": False}


def test_what_somebody_has_answered_is_told_them_and_nobody_else(
    store: Store, visit: Visit
) -> None:
    app, other = visit(BROWSE, tour="story"), visit(BROWSE, tour="story")
    assert drawn(app, "tour")["answered"] == ""
    place = {"tour": "story", "step": "glance", "question": "What did you look at first?"}
    answer = given("The charts", kind="answer", place=place)
    store.basket.feedback.give("OPEN", answer, person=person(app), by="Ada")
    assert drawn(app.run(), "tour")["answered"] == "The charts"
    assert drawn(other.run(), "tour")["answered"] == ""


def test_a_script_that_cannot_be_read_is_told_to_who_presents_and_the_others_are_there(
    store: Store, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = (script.FOLDER / "first-asset.yaml").read_text()
    (tmp_path / "good.yaml").write_text(sound)
    (tmp_path / "bad.yaml").write_text(re.sub("(?m)^ *shot: .*$", "", sound, count=1))
    monkeypatch.setattr(script, "FOLDER", tmp_path)
    app = visit(TOUR)
    assert "bad.yaml: Line " in said(app)
    assert "Start the tour" in labels(app)
    store.serve_for("guest")
    assert "bad.yaml" not in said(visit(TOUR))
