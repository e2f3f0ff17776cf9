"""Served beyond this machine: whoever presents comes in by the key, the others by the link."""

import json
import re
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.bench.servers import Site, patient_product
from tests.browser.steps import apart, heading, open_page, settled

CARD = {"name": "Gold", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An app for other machines, too; its name is none that the app could know."""
    data = tmp_path_factory.mktemp("abroad") / "data"
    with patient_product(data, BASKET_HOST="0.0.0.0") as site:
        yield Site(site.url.replace("127.0.0.1", "basket.localhost"), site.process, site.endpoint)


def printed(site: Site, what: str) -> str:
    """What the app has printed at its start for whoever started it."""
    [found] = re.findall(rf"^ +{what} +(\S.*)$", site.process.log.read_text(), re.MULTILINE)
    return str(found)


def enter(page: Page, word: str) -> None:
    page.get_by_label("Session code").fill(word)
    page.get_by_role("button", name="Join").click()


def put_into_the_bin(site: Site) -> None:
    """As a program does that knows the token."""
    kind, _, token = printed(site, "Programs").partition(": ")
    headers = {kind: token, "Content-Type": "application/json"}
    url = f"{site.url.replace('basket.localhost', '127.0.0.1')}/asset/"
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    added = direct.open(urllib.request.Request(url, json.dumps(CARD).encode(), headers))
    address = url + json.loads(added.read())["identifier"]
    direct.open(urllib.request.Request(address, headers=headers, method="DELETE"))


def test_presenter_by_key_phone_by_link_and_nobody_else(
    abroad: Site, page: Page, phone: Page
) -> None:
    key = printed(abroad, "Presenter")
    visited: list[str] = []
    for each in (page, phone):
        each.on("request", lambda request: visited.append(request.url))

    page.goto(f"{abroad.url}/present")
    enter(page, "AAA-AAA")
    expect(page.get_by_role("alert")).to_have_text("That code or key isn’t right.")
    enter(page, key)
    page.get_by_label("Title").fill("Review")
    page.get_by_role("button", name="Start session").click()
    link = page.get_by_role("link", name="/join?code=").get_attribute("href")
    assert link is not None
    assert link.startswith(f"{abroad.url}/join?code=")

    phone.goto(f"{abroad.url}/join?code=AAA-AAA")
    expect(phone.get_by_role("alert")).to_have_text(
        "No live session has this code. Ask whoever presents for the link of today."
    )
    open_page(phone, link)
    phone.get_by_label("Your name", exact=True).fill("Grace")
    phone.get_by_role("button", name="Join", exact=True).click()
    expect(phone.get_by_text("Welcome, Grace.")).to_be_visible()
    expect(page.get_by_text("Grace")).to_be_visible()
    open_page(phone, f"{abroad.url}/present")
    expect(phone.get_by_text("This is for whoever presents.")).to_be_visible()

    apart(put_into_the_bin, abroad)
    for guest in (phone, page):
        open_page(guest, f"{abroad.url}/bin")
        guest.get_by_role("checkbox", name="Select Gold").click()
        expect(guest.get_by_role("button", name="Restore")).to_be_visible()
        settled(guest)
        erase = guest.get_by_role("button", name="Delete for good")
        expect(erase).to_have_count(0 if guest is phone else 1)
    erase.click()
    question = page.get_by_role("dialog", name="Delete 1 asset for good?")
    expect(question.get_by_text("“Gold”")).to_be_visible()
    question.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("1 asset is deleted for good.")).to_be_visible()
    expect(phone.get_by_text("The bin is empty.")).to_be_visible()

    page.get_by_role("button", name="You are").click()
    page.get_by_role("link", name="Sign out on this device").click()
    expect(page.get_by_label("Session code")).to_be_visible()
    assert not [address for address in visited if key in address]
    assert abroad.process.log.read_text().count(key) == 1
    assert heading(page, "Join a session").is_visible()
