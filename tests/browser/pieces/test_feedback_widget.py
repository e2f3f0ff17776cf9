"""The feedback bar by itself, its clock in our hands."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pieces.pieces import still_piece

USUAL = {
    "page": "Browse", "session": "", "title": "", "copy": "", "person": "1", "name": "Ada",
    "reactions": [{"sign": "👍", "label": "Good"}], "kinds": [{"name": "idea", "label": "Idea"}],
    "fields": [], "best": 5, "longest": 2000, "kept": [], "refused": {}, "waiting": False,
    "answers": [],
}  # fmt: skip
Draw = Callable[..., None]


@pytest.fixture
def draw(page: Page) -> Draw:
    """Has the bar draw what the app tells, on a page whose clock stands still."""
    bar = still_piece(page, "features/feedback/widget.js")
    page.evaluate("() => { document.body.className = 'stApp'; }")
    bar(USUAL)
    return lambda **told: bar({**USUAL, **told})


def said(page: Page) -> str:
    """Say something; the number under which the app is told."""
    page.get_by_role("button", name="Give feedback").click()
    page.get_by_label("Your comment").fill("More colour")
    page.get_by_role("button", name="Send").click()
    return str(page.evaluate("window.sent.at(-1)[0].id"))


def test_the_form_goes_when_a_comment_has_arrived(page: Page, draw: Draw) -> None:
    number = said(page)
    page.clock.run_for(5000)
    expect(page.get_by_role("dialog", name="Feedback")).to_be_visible()

    draw(kept=[number])
    expect(page.get_by_role("dialog").get_by_text("Thanks – sent.")).to_be_visible()
    # Not under the second click of two.
    page.clock.run_for(500)
    expect(page.get_by_role("dialog", name="Feedback")).to_be_visible()
    page.clock.run_for(1000)
    expect(page.get_by_role("dialog", name="Feedback")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("Thanks – sent.")


def test_the_form_stays_for_who_writes_on(page: Page, draw: Draw) -> None:
    number = said(page)
    page.get_by_label("Your comment").fill("And a chart")
    draw(kept=[number])
    page.clock.run_for(5000)

    expect(page.get_by_role("dialog", name="Feedback")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("And a chart")
