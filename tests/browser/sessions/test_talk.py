"""A session with a presenter, a laptop and a phone: each says something, and all see it at once."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import PHONE, NewContext
from tests.browser.steps import heading, moto_pid, open_page, settled
from tests.browser.test_hostile import TEXTS


@pytest.fixture
def presenter(index: Site, page: Page) -> Iterator[Page]:
    """The presenter's page, on which a session is live."""
    open_page(page, f"{index.url}/present")
    page.get_by_label("Title").fill(f"Review {uuid4().hex[:6]} <b>")
    page.get_by_label("Goal").fill("Find **gaps**")
    page.get_by_role("button", name="Start session").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    yield page
    open_page(page, f"{index.url}/present")
    page.get_by_role("button", name="Close the session").click()
    page.get_by_role("button", name="Close it for everybody").click()
    expect(page.get_by_role("button", name="Start session")).to_be_visible()


def join(page: Page, presenter: Page, name: str) -> None:
    """Come in by the link that the presenter shows."""
    link = presenter.get_by_role("link", name="/join?code=").get_attribute("href")
    open_page(page, str(link))
    page.get_by_label("Your name", exact=True).fill(name)
    page.get_by_role("button", name="Join", exact=True).click()
    expect(page.get_by_text(f"Welcome, {name}.")).to_be_visible()


def bar(page: Page) -> Locator:
    return page.get_by_role("group", name="Say what you think")


def comment(page: Page, text: str, kind: str = "Idea") -> None:
    """Say something in the bar, and wait until it has arrived."""
    bar(page).get_by_role("button", name="Give feedback").click()
    panel = page.get_by_role("dialog", name="Feedback")
    panel.get_by_text(kind, exact=True).click()
    panel.get_by_label("Your comment").fill(text)
    panel.get_by_role("button", name="Send").click()
    expect(panel).to_be_hidden()


def said(page: Page, text: str) -> Locator:
    """What was said, on the board."""
    return page.get_by_role("list", name="Feedback").get_by_role("listitem").filter(has_text=text)


def test_people_join_react_comment_agree_and_hear_what_becomes_of_it(
    index: Site, presenter: Page, phone: Page, new_context: NewContext, tmp_path: Path
) -> None:
    laptop = new_context().new_page()
    expect(presenter.get_by_text("Only this machine can open this link.")).to_be_visible()
    join(laptop, presenter, "Grace")
    here = presenter.get_by_role("list", name="People").get_by_role("listitem")
    expect(here.filter(has_text="Grace").filter(has_text="Join")).to_be_visible()
    join(phone, presenter, "Ada <i>")
    expect(here.filter(has_text="Ada <i>")).to_be_visible()

    # Where they are is seen, and whoever reacts or comments there is heard.
    open_page(phone, f"{index.url}/?tag=ISA&sort=-name")
    expect(here.filter(has_text="Ada <i>").filter(has_text="Browse")).to_be_visible()
    bar(phone).get_by_role("button", name="Good", exact=True).tap()
    expect(presenter.get_by_text("Reaction 1")).to_be_visible()
    presenter.get_by_role("link", name="Open the board").click()
    expect(said(presenter, "👍")).to_be_visible()
    comment(
        phone,
        'More colour <img src=x onerror="window.hostile=1"> ![](http://example.invalid/x) $x$',
    )
    expect(said(presenter, "More colour <img src=x")).to_be_visible()

    # A store that dies meanwhile loses nothing.
    os.kill(moto_pid(index.url), signal.SIGKILL)
    comment(laptop, "Too many clicks", kind="Problem")
    expect(said(presenter, "Too many clicks")).to_be_visible()

    open_page(laptop, f"{index.url}/feedback")
    said(laptop, "More colour").get_by_role("button", name="Agree").click()
    expect(said(presenter, "More colour").get_by_role("button", name="Agree · 1")).to_be_visible()

    answer = said(presenter, "More colour")
    answer.get_by_role("button", name="Answer").click()
    answer.get_by_label("Reply").fill("We will, **soon**")
    answer.get_by_label("Status", exact=True).select_option("planned")
    # What others say meanwhile leaves the half-written answer alone.
    bar(laptop).get_by_role("button", name="Great").click()
    expect(said(presenter, "🎉")).to_be_visible()
    expect(answer.get_by_label("Reply")).to_have_value("We will, **soon**")
    answer.get_by_role("button", name="Save").click()
    expect(bar(phone).get_by_title("Answered")).to_be_visible()
    bar(phone).get_by_role("button", name="Give feedback").tap()
    panel = phone.get_by_role("dialog", name="Feedback")
    expect(panel.get_by_text("We will, **soon**")).to_be_visible()

    said(presenter, "More colour").get_by_role("link", name="Show what they saw").click()
    expect(heading(presenter, "Assets")).to_be_visible()
    assert presenter.url == f"{index.url}/?tag=ISA&sort=-name"
    presenter.get_by_role("button", name="Back to Feedback").click()
    expect(said(presenter, "More colour")).to_be_visible()
    expect(presenter.get_by_role("button", name="Back to Feedback")).to_be_hidden()
    assert phone.evaluate("window.hostile") is None
    assert presenter.evaluate("window.hostile") is None

    _leave_with_everything(index, presenter, new_context, tmp_path)


def _leave_with_everything(
    index: Site, presenter: Page, new_context: NewContext, folder: Path
) -> None:
    """The report opens from disk without a network and holds what was said."""
    open_page(presenter, f"{index.url}/present")
    code = str(presenter.get_by_role("link", name="/join?code=").get_attribute("href"))
    address = f"{index.url}/report?session={code.rpartition('=')[2]}&format="
    file = folder / "report.html"
    file.write_bytes(presenter.request.get(address + "html").body())
    told = json.loads(presenter.request.get(address + "json").body())
    assert [one["kind"] for one in told["feedback"]] == ["reaction", "idea", "problem", "reaction"]
    offline = new_context(offline=True)
    report = offline.new_page()
    report.goto(file.as_uri())
    for text in ("Find **gaps**", "Grace", "Ada <i>", "More colour <img src=x", "Too many clicks"):
        expect(report.get_by_text(text).first).to_be_visible()
    expect(report.get_by_text("We will, **soon**").first).to_be_visible()
    assert report.evaluate("window.hostile") is None


def test_what_is_half_typed_survives_a_reload_and_the_bar_covers_nothing(
    index: Site, phone: Page
) -> None:
    open_page(phone, index.url)
    bar(phone).get_by_role("button", name="Give feedback").tap()
    phone.get_by_label("Your comment").fill("Half a thought")
    phone.get_by_text("Question", exact=True).tap()
    phone.get_by_label("About").select_option("Tag")
    phone.reload()
    settled(phone)
    expect(bar(phone).get_by_title("Half written")).to_be_visible()
    bar(phone).get_by_role("button", name="Give feedback").tap()
    expect(phone.get_by_label("Your comment")).to_have_value("Half a thought")
    expect(phone.get_by_label("About")).to_have_value("Tag")
    expect(phone.get_by_role("radio", name="Question")).to_be_checked()
    phone.keyboard.press("Escape")
    _say_too_much(phone)
    for reaction in ("Good", "Great", "Confusing", "Not good"):
        expect(bar(phone).get_by_role("button", name=reaction, exact=True)).to_be_visible()
    box, title = bar(phone).bounding_box(), heading(phone, "Assets").bounding_box()
    assert box
    assert title
    assert box["y"] + box["height"] <= title["y"]
    assert box["x"] + box["width"] <= PHONE["width"]

    # The menu lies over the page: what it covers cannot be pressed, and a choice closes it.
    phone.get_by_role("button", name="Expand sidebar").tap()
    expect(bar(phone)).to_be_hidden()
    phone.get_by_role("link", name="Activity").tap()
    expect(heading(phone, "Activity")).to_be_visible()
    expect(phone.get_by_role("link", name="Activity")).not_to_be_in_viewport()
    expect(bar(phone)).to_be_visible()


def _say_too_much(phone: Page) -> None:
    """Nothing is cut off, and what was chosen for one comment is not kept for the next."""
    bar(phone).get_by_role("button", name="Give feedback").tap()
    panel = phone.get_by_role("dialog", name="Feedback")
    panel.get_by_label("Your comment").fill("word " * 500)
    panel.get_by_role("button", name="Send").tap()
    expect(panel.get_by_text("500 characters too many")).to_be_visible()
    panel.get_by_label("Your comment").fill("A word")
    panel.get_by_label("About").select_option("Currency")
    panel.get_by_role("button", name="Send").dblclick()
    expect(panel).to_be_hidden()
    bar(phone).get_by_role("button", name="Give feedback").tap()
    expect(panel.get_by_text("Thanks – sent.")).to_be_hidden()
    expect(panel.get_by_label("About")).to_have_value("")
    phone.keyboard.press("Escape")


def test_hostile_texts_are_shown_byte_for_byte(index: Site, page: Page) -> None:
    open_page(page, f"{index.url}/feedback")
    # As many as one sends who has been without the app for a while.
    outbox = [
        {"id": f"{number:017}", "kind": "idea", "text": text, "page": "Browse", "address": ""}
        for number, text in enumerate(TEXTS.values())
    ]
    page.evaluate(
        "outbox => localStorage.setItem('basket.talk', JSON.stringify({outbox, read: {}}))", outbox
    )
    page.reload()
    settled(page)
    for text in TEXTS.values():
        shown = page.get_by_role("list", name="Feedback").get_by_text(text, exact=True)
        expect(shown.first).to_be_visible()
    assert page.evaluate("window.hostile") is None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("JSON.parse(localStorage.getItem('basket.talk')).outbox") == []
