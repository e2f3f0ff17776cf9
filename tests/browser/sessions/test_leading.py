"""A presenter, a laptop and a phone: led to pages and filters, through a tour, to what was said."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import NewContext
from tests.browser.sessions.test_talk import comment
from tests.browser.steps import heading, open_page, settled


class Room:
    """The three, in a session."""

    def __init__(self, site: Site, presenter: Page, laptop: Page, phone: Page) -> None:
        self.site, self.presenter, self.laptop, self.phone = site, presenter, laptop, phone

    def both_are_at(self, address: str) -> None:
        """Wait until both are where the presenter has just gone."""
        self.presenter.wait_for_url(f"{self.site.url}/{address}")
        for page in (self.laptop, self.phone):
            page.wait_for_url(f"{self.site.url}/{address}")


def strip(page: Page) -> Locator:
    return page.get_by_role("region", name="Follow me")


def press(page: Page, name: str) -> None:
    strip(page).get_by_role("button", name=name, exact=True).click()


def says(page: Page, text: str) -> None:
    expect(strip(page).get_by_role("status")).to_contain_text(text)


def tour(page: Page) -> Locator:
    return page.get_by_role("region", name="Tour")


def go(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="App pages").get_by_role("link", name=name).click()


@pytest.fixture
def room(index: Site, page: Page, phone: Page, new_context: NewContext) -> Iterator[Room]:
    open_page(page, f"{index.url}/present")
    page.get_by_label("Title").fill("Led")
    page.get_by_role("button", name="Start session").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    laptop = new_context().new_page()
    for guest in (laptop, phone):
        open_page(guest, f"{index.url}/activity")
    yield Room(index, page, laptop, phone)
    open_page(page, f"{index.url}/present")
    page.get_by_role("button", name="Close the session").click()
    page.get_by_role("button", name="Close it for everybody").click()
    expect(page.get_by_role("button", name="Start session")).to_be_visible()


def test_who_agrees_is_led_to_every_page_and_filter_until_they_stop(room: Room) -> None:
    presenter, laptop, phone = room.presenter, room.laptop, room.phone
    press(presenter, "Follow me")
    for page in (laptop, phone):
        says(page, "The presenter wants to guide you. Follow along?")
        press(page, "Follow")
        # Present is for presenters: nobody is led there.
        says(page, "on a page of their own")
        expect(heading(page, "Activity")).to_be_visible()
    says(presenter, "2 of 2 follow")

    go(presenter, "Browse")
    room.both_are_at("")
    presenter.get_by_role("button", name="Currency USD").click()
    room.both_are_at("?ccy=USD")
    presenter.get_by_role("button", name="Tag", exact=True).click()
    room.both_are_at("?ccy=USD&sort=tag")
    for page in (laptop, phone):
        expect(page.get_by_role("button", name="Clear filters")).to_be_visible()

    # A reload of either side changes nothing, and another tab of the presenter's does not count.
    presenter.reload()
    laptop.reload()
    settled(laptop)
    says(laptop, "Following the presenter")
    other = presenter.context.new_page()
    open_page(other, f"{room.site.url}/import")
    says(other, "Leading in another window")
    go(presenter, "Add asset")
    room.both_are_at("add")

    # What is half filled in is not left without being asked.
    laptop.get_by_label("Name", exact=True).fill("Half")
    go(presenter, "Bin")
    expect(heading(phone, "Bin")).to_be_visible()
    says(laptop, "What you have begun here is not saved yet.")
    expect(laptop.get_by_label("Name", exact=True)).to_have_value("Half")
    press(laptop, "Go along")
    expect(heading(laptop, "Bin")).to_be_visible()

    press(phone, "Stop following")
    says(presenter, "1 of 2 follow")
    go(presenter, "Activity")
    expect(heading(laptop, "Activity")).to_be_visible()
    expect(heading(phone, "Bin")).to_be_visible()
    press(presenter, "Stop")
    expect(strip(laptop).get_by_role("button", name="Stop following")).to_have_count(0)
    go(presenter, "Browse")
    expect(heading(presenter, "Assets")).to_be_visible()
    expect(heading(laptop, "Activity")).to_be_visible()


def test_all_are_led_through_a_tour_answer_and_see_what_is_pinned_to_a_column(room: Room) -> None:
    presenter, laptop, phone = room.presenter, room.laptop, room.phone
    go(presenter, "Tour")
    presenter.get_by_role("button", name="Lead everybody: One basket").click()
    for page in (presenter, laptop, phone):
        expect(tour(page).get_by_text("Step 1 of 10")).to_be_visible()
    answer = phone.get_by_label("Your answer to: What did you look at first?")
    answer.fill("The <b>charts</b>")
    tour(presenter).get_by_role("button", name="Next").click()
    for page in (laptop, phone):
        expect(tour(page).get_by_text("Step 2 of 10")).to_be_visible()
        expect(tour(page).get_by_role("button", name="Next")).to_have_count(0)
    tour(presenter).get_by_role("button", name="Back").click()
    expect(tour(phone).get_by_text("Step 1 of 10")).to_be_visible()
    # What was half typed is there again.
    expect(answer).to_have_value("The <b>charts</b>")
    answer.press("Enter")
    expect(tour(phone).get_by_text("You said: The <b>charts</b>")).to_be_visible()

    open_page(laptop, room.site.url)
    laptop.get_by_role("button", name="Give feedback").click()
    laptop.get_by_label("About").select_option("About the column “Tag”")
    laptop.keyboard.press("Escape")
    comment(laptop, "Too wide")
    pin = presenter.get_by_role("link", name="Feedback on Tag: 1")
    expect(pin).to_have_attribute("title", "Guest: Too wide")
    pin.click()
    expect(presenter.get_by_role("list", name="Feedback").get_by_text("Too wide")).to_be_visible()
    expect(presenter.get_by_role("list", name="Feedback").get_by_role("listitem")).to_have_count(1)

    tour(presenter).get_by_role("button", name="Let everyone continue on their own").click()
    expect(tour(laptop).get_by_role("button", name="Start again")).to_be_visible()
    report = presenter.request.get(f"{room.site.url}/report?session={_code(room)}&format=json")
    (told,) = report.json()["tours"]
    first = told["steps"][0]
    assert (told["people"], first["came"], first["ledOn"], len(first["answers"])) == (2, 2, 1, 1)


def _code(room: Room) -> str:
    open_page(room.presenter, f"{room.site.url}/present")
    link = room.presenter.get_by_role("link", name="/join?code=").get_attribute("href")
    return str(link).rpartition("=")[2]
