"""The card of a question by itself, its clock in our hands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pieces.pieces import still_piece

RESULTS = {
    "kind": "choice",
    "bars": [{"label": "Yes", "number": 1, "share": 1}, {"label": "No", "number": 0, "share": 0}],
    "ends": ["", ""],
    "words": [],
    "mean": None,
    "spread": None,
    "summary": "1 answer",
}
Draw = Callable[..., None]


@pytest.fixture
def draw(page: Page) -> Draw:
    """Has the card draw what the app tells, on a page whose clock stands still."""
    card = still_piece(page, "features/polls/answering.js")
    return lambda **told: card({"done": 0, "problem": "", "waiting": False, **told})


def question(identifier: str, **more: object) -> dict[str, object]:
    usual = {"id": identifier, "session": "AAA-AAA", "kind": "choice", "text": f"{identifier}?"}
    choices = {"choices": ["Yes", "No"], "ends": ["", ""], "open": True, "mine": None}
    return {**usual, **choices, "by": "Pat", "aside": False, "chart": None, **more}


def answered(page: Page, choice: str) -> float:
    """Answer; the number under which the app is told."""
    page.get_by_role("button", name=choice, exact=True).click()
    return float(page.evaluate("window.sent.at(-1).n"))


def test_the_card_goes_when_its_question_is_answered(page: Page, draw: Draw) -> None:
    draw(question=question("One"))
    number = answered(page, "Yes")
    draw(question=question("One", mine={"value": "Yes", "nameless": False}), done=number)
    page.clock.run_for(10_000)

    expect(page.get_by_role("region", name="Question")).to_be_hidden()


def test_who_answers_twice_in_a_row_has_not_put_off_the_next_question(
    page: Page, draw: Draw
) -> None:
    # What all see as it comes in stays open after an answer.
    draw(question=question("One", chart=RESULTS))
    for choice in ("Yes", "No"):
        number, mine = answered(page, choice), {"value": choice, "nameless": False}
        draw(question=question("One", chart=RESULTS, mine=mine), done=number)
        page.clock.run_for(100)
    draw(question=question("Two"), done=number)
    page.clock.run_for(10_000)

    expect(page.get_by_role("region", name="Question")).to_be_visible()
    expect(page.get_by_role("heading", name="Two?")).to_be_visible()


@pytest.mark.parametrize(("width", "waits"), [(390, True), (1440, False)])
def test_on_a_phone_a_question_waits_for_who_is_giving_feedback(
    page: Page, draw: Draw, width: int, waits: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.evaluate("() => { document.documentElement.dataset.basketForm = ''; }")
    draw(question=question("One"))
    card = page.get_by_role("region", name="Question")
    expect(card).to_be_visible(visible=not waits)
    expect(page.get_by_role("button", name="Answer the question")).to_be_visible()

    page.evaluate("() => { delete document.documentElement.dataset.basketForm; }")
    page.evaluate("document.dispatchEvent(new CustomEvent('basket-form'))")
    expect(card).to_be_visible()
