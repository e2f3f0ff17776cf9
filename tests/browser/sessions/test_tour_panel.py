"""The tour goes along: it sees by itself what was done, survives a reload, and fits a phone."""

from playwright.sync_api import Locator, Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import PHONE
from tests.browser.steps import add_by_api, heading, open_page, settled


def panel(page: Page) -> Locator:
    return page.get_by_role("region", name="Tour")


def press(page: Page, name: str) -> None:
    panel(page).get_by_role("button", name=name, exact=True).click()


def at_step(page: Page, number: int, *, done: bool) -> None:
    expect(panel(page).get_by_text(f"Step {number} of 10")).to_be_visible()
    expect(panel(page).get_by_role("status")).to_have_text("✓ Done" if done else "")


def test_a_phone_is_led_through_the_tour_that_sees_what_was_done(index: Site, phone: Page) -> None:
    open_page(phone, f"{index.url}/?tour=story")
    at_step(phone, 1, done=True)
    press(phone, "Next")
    at_step(phone, 2, done=False)
    press(phone, "Skip")
    at_step(phone, 3, done=False)
    phone.reload()
    settled(phone)
    at_step(phone, 3, done=False)
    press(phone, "Back")
    at_step(phone, 2, done=False)
    press(phone, "Skip")
    at_step(phone, 3, done=False)
    press(phone, "Skip")
    at_step(phone, 4, done=False)
    # Above the page, not on top of it, and no wider than the phone.
    box, title = panel(phone).bounding_box(), heading(phone, "Assets").bounding_box()
    assert box
    assert title
    assert box["y"] + box["height"] <= title["y"]
    assert box["x"] + box["width"] <= PHONE["width"]
    panel(phone).get_by_role("link", name="Take me there").click()
    expect(heading(phone, "Add asset")).to_be_visible()
    expect(panel(phone).get_by_role("link", name="Take me there")).to_be_hidden()
    at_step(phone, 4, done=False)
    # However the outcome came about.
    add_by_api(index.url, "Lighthouse Bond")
    at_step(phone, 4, done=True)
    press(phone, "Leave the tour")
    expect(panel(phone)).to_have_count(0)

    open_page(phone, f"{index.url}/tour")
    expect(phone.get_by_text("done", exact=False).first).to_be_visible()
    phone.get_by_role("button", name="Go on").click()
    at_step(phone, 4, done=True)
    press(phone, "Start again")
    at_step(phone, 1, done=True)
