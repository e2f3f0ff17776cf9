"""What a presenter asks is on every page at once, answered in one click, counted as it comes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import NewContext
from tests.browser.sessions.test_talk import join
from tests.browser.steps import open_page, settled, total


@pytest.fixture
def presenter(empty: Site, page: Page) -> Page:
    """The presenter's page, on which a session has begun with a scenario."""
    open_page(page, f"{empty.url}/present")
    page.get_by_label("Title").fill("Review <b>")
    page.get_by_role("combobox", name="Assets to begin with").click()
    page.get_by_role("option", name="Starter").click()
    expect(page.get_by_text("Replaces what is there now: nothing.")).to_be_visible()
    page.get_by_role("button", name="Replace all assets and start").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert total(empty.url) == 3
    return page


def asked(page: Page) -> Locator:
    """What the presenter asks, on anybody's page."""
    return page.get_by_role("region", name="Question", exact=True)


def bar(place: Locator | Page, answer: str) -> Locator:
    """How often an answer was given, in a chart."""
    return place.get_by_role("list", name="Answers").get_by_role("listitem").filter(has_text=answer)


def ask(presenter: Page, text: str, kind: str, *options: str) -> None:
    """Ask everybody, as one does it with the keyboard."""
    presenter.get_by_text(kind, exact=True).first.click()
    presenter.get_by_role("textbox", name="Question", exact=True).fill(text)
    for number, option in enumerate(options, 1):
        presenter.get_by_label(f"Answer {number}", exact=True).fill(option)
        presenter.keyboard.press("Enter")
    presenter.get_by_role("button", name="Ask everybody").dblclick()


def test_all_see_a_question_answer_it_and_see_its_results_without_a_click(
    empty: Site, presenter: Page, phone: Page, new_context: NewContext
) -> None:
    laptop = new_context().new_page()
    join(laptop, presenter, "Grace")
    join(phone, presenter, "Ada")
    open_page(laptop, empty.url)
    open_page(phone, f"{empty.url}/add")
    # Somebody is in the middle of saying something: the question comes beside that.
    laptop.get_by_role("button", name="Give feedback").click()
    laptop.get_by_label("Your comment").fill("Half a thought")

    # What is wrong is told where it was typed, and stays there.
    presenter.get_by_role("textbox", name="Question", exact=True).fill("Ship <b>it</b>?")
    presenter.get_by_role("button", name="Ask everybody").click()
    expect(presenter.get_by_text("Give 2 to 8 answers to choose from.")).to_be_visible()
    ask(presenter, "Ship <b>it</b>?", "Choice", "Yes", "Not **yet**", "Never")
    expect(asked(laptop).get_by_role("heading", name="Ship <b>it</b>?")).to_be_visible()
    form = laptop.get_by_role("dialog", name="Feedback").bounding_box()
    card = asked(laptop).bounding_box()
    assert form
    assert card
    assert card["x"] + card["width"] <= form["x"]
    expect(asked(phone).get_by_role("heading", name="Ship <b>it</b>?")).to_be_visible()
    expect(presenter.get_by_role("textbox", name="Question", exact=True)).to_have_value("")

    # One click answers, another one answers something else; by keyboard, and without a name.
    asked(laptop).get_by_role("button", name="Yes").dblclick()
    expect(presenter.get_by_text("1 of 2 here have answered")).to_be_visible()
    expect(bar(presenter, "Yes")).to_have_text("Yes 1 · 100 %")
    expect(laptop.get_by_label("Your comment")).to_have_value("Half a thought")
    expect(asked(laptop)).to_be_hidden()
    laptop.keyboard.press("Escape")
    laptop.keyboard.press("q")
    asked(laptop).get_by_role("button", name="Never").press("Enter")
    expect(bar(presenter, "Never").get_by_text("1 · 100 %")).to_be_visible()

    # Put off, it waits beside the feedback bar.
    asked(phone).get_by_role("button", name="Not now").tap()
    expect(asked(phone)).to_be_hidden()
    phone.reload()
    settled(phone)
    expect(asked(phone)).to_be_hidden()
    phone.get_by_role("button", name="Answer the question").tap()
    asked(phone).get_by_label("Answer anonymously").check()
    asked(phone).get_by_role("button", name="Not **yet**").tap()
    expect(presenter.get_by_text("2 of 2 here have answered")).to_be_visible()

    # Nobody sees the results until all do, as they come in.
    assert bar(phone, "Never").count() == 0
    presenter.get_by_role("button", name="Share results").click()
    expect(bar(asked(laptop), "Never").get_by_text("1 · 50 %")).to_be_visible()
    expect(bar(asked(phone), "Never").get_by_text("1 · 50 %")).to_be_visible()
    asked(phone).get_by_role("button", name="Never").tap()
    expect(bar(asked(laptop), "Never").get_by_text("2 · 100 %")).to_be_visible()
    presenter.get_by_role("button", name="Close the question").click()
    expect(asked(phone).get_by_role("button", name="Never")).to_be_hidden()
    expect(bar(asked(phone), "Never")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    _write(presenter, phone, laptop)
    presenter.get_by_role("button", name="Close the session").click()
    presenter.get_by_role("button", name="Close it for everybody").click()
    expect(asked(phone).get_by_text("“Too late” was not sent.")).to_be_visible()
    expect(laptop.get_by_text("is closed. What was said stays on Feedback.").first).to_be_visible()


def _write(presenter: Page, phone: Page, laptop: Page) -> None:
    """Half-typed words survive a reload; what is closed meanwhile is told; the rest is counted."""
    ask(presenter, "What is missing?", "Free text")
    asked(phone).get_by_label("Your answer").fill("Prices <i>")
    phone.reload()
    settled(phone)
    expect(asked(phone).get_by_label("Your answer")).to_have_value("Prices <i>")
    asked(laptop).get_by_label("Your answer").fill("A search")
    laptop.keyboard.press("Enter")
    expect(presenter.get_by_role("list", name="Answers").first).to_contain_text("A search")
    ask(presenter, "How clear?", "Scale 1–5")
    expect(asked(phone).get_by_text("“Prices <i>” was not sent.")).to_be_visible()
    asked(phone).get_by_role("button", name="4", exact=True).tap()
    asked(laptop).get_by_role("button", name="2", exact=True).click()
    expect(presenter.get_by_text("2 answers · mean 3.0")).to_be_visible()
    presenter.get_by_role("button", name="Close the question").click()
    expect(phone.get_by_role("button", name="Answered: change it")).to_be_hidden()
    expect(presenter.get_by_text("Asked before (2)")).to_be_visible()
    ask(presenter, "Anything else?", "Free text")
    asked(phone).get_by_label("Your answer").fill("Too late")
