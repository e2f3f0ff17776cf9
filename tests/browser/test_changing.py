"""Editing, conflicts, the bin, and what others see of it without a click."""

import json
import re
import urllib.request

from playwright.sync_api import Locator, Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import NewContext
from tests.browser.steps import add_by_api, fill_in, heading, names, open_page, rows, stored, submit


def change_by_api(url: str, identifier: str, version: int, **fields: str) -> None:
    """Change an asset as a program does."""
    request = urllib.request.Request(
        f"{url}/asset/{identifier}",
        json.dumps({"version": version, **fields}).encode(),
        {"Content-Type": "application/json", "X-Basket-User": "Ada"},
        method="PATCH",
    )
    urllib.request.urlopen(request).close()


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def open_asset(page: Page, site: Site, identifier: str, name: str) -> None:
    open_page(page, f"{site.url}/asset?id={identifier}")
    expect(heading(page, name)).to_be_visible()


def test_an_edit_is_given_up_or_saved_and_stands_in_the_history(empty: Site, page: Page) -> None:
    identifier = add_by_api(empty.url, "Gold")
    open_asset(page, empty, identifier, "Gold")

    button(page, "Edit").click()
    page.get_by_label("Name", exact=True).fill("Given up")
    button(page, "Cancel").click()
    expect(heading(page, "Gold")).to_be_visible()
    assert stored(empty.url)[0]["version"] == 1

    button(page, "Edit").click()
    page.get_by_label("Name", exact=True).fill("Silver")
    button(page, "Save").click()

    expect(heading(page, "Silver")).to_be_visible()
    expect(page.get_by_text("Name: Gold → Silver")).to_be_visible()
    (asset,) = stored(empty.url)
    assert (asset["name"], asset["version"]) == ("Silver", 2)


def test_of_two_edits_at_once_the_person_chooses_field_by_field(empty: Site, page: Page) -> None:
    identifier = add_by_api(empty.url, "Gold", tag="ISA")
    open_asset(page, empty, identifier, "Gold")
    button(page, "Edit").click()
    page.get_by_label("Name", exact=True).fill("Mine")
    page.get_by_role("radio", name="Low").click()
    change_by_api(empty.url, identifier, 1, name="Theirs", tag="SIPP")

    button(page, "Save").click()

    expect(page.get_by_text("Ada changed this asset while you did.")).to_be_visible()
    expect(page.get_by_role("radio", name="Yours: Mine")).to_be_checked()
    expect(page.get_by_text("Tag: SIPP (Ada)")).to_be_visible()
    expect(page.get_by_text("Liquidity profile: Low (yours)")).to_be_visible()
    assert stored(empty.url)[0]["name"] == "Theirs"
    page.get_by_text("Ada: Theirs").click()
    button(page, "Save my choice").click()
    expect(heading(page, "Theirs")).to_be_visible()
    (asset,) = stored(empty.url)
    told = (asset["name"], asset["tag"], asset["liquidityProfile"], asset["version"])
    assert told == ("Theirs", "SIPP", "LOW", 3)


def test_what_goes_to_the_bin_comes_back_by_undo_and_from_the_bin(empty: Site, page: Page) -> None:
    identifier = add_by_api(empty.url, "Gold")
    add_by_api(empty.url, "Silver")
    open_asset(page, empty, identifier, "Gold")

    button(page, "Move to bin").click()
    expect(names(page)).to_have_text(["Silver"])
    button(page, "Undo").click()
    expect(names(page)).to_have_text(["Silver", "Gold"])
    expect(button(page, "Undo")).to_have_count(0)

    page.get_by_role("link", name="Gold", exact=True).click()
    button(page, "Move to bin").click()
    expect(names(page)).to_have_text(["Silver"])
    page.get_by_role("navigation", name="App pages").get_by_role("link", name="Bin").click()
    expect(names(page)).to_have_text(["Gold"])
    names(page).click()
    button(page, "Restore").click()

    expect(button(page, "Move to bin")).to_be_visible()
    assert sorted(asset["name"] for asset in stored(empty.url)) == ["Gold", "Silver"]


def test_what_a_program_adds_appears_without_a_click_and_is_marked(empty: Site, page: Page) -> None:
    add_by_api(empty.url, "Gold")
    open_page(page, empty.url)
    expect(names(page)).to_have_text(["Gold"])
    expect(page.locator("tr.fresh")).to_have_count(0)

    add_by_api(empty.url, "Silver")

    expect(names(page)).to_have_text(["Silver", "Gold"])
    expect(page.locator("tr.fresh")).to_contain_text("Silver")


def test_news_disturb_neither_scroll_nor_what_is_half_typed(empty: Site, page: Page) -> None:
    for number in range(30):
        add_by_api(empty.url, f"Asset {number:02}")
    open_page(page, empty.url)
    expect(rows(page)).to_have_count(25)
    box = page.get_by_test_id("stMain")
    rows(page).last.scroll_into_view_if_needed()
    before = box.evaluate("main => main.scrollTop")

    add_by_api(empty.url, "Asset 30")

    expect(names(page).first).to_have_text("Asset 30")
    assert box.evaluate("main => main.scrollTop") == before > 0
    page.get_by_role("link", name="Add asset").click()
    page.get_by_label("Name", exact=True).press_sequentially("Half a na")
    add_by_api(empty.url, "Asset 31")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Half a na")


def test_another_browsers_click_is_seen_here(empty: Site, new_context: NewContext) -> None:
    add_by_api(empty.url, "Gold")
    here, there = new_context().new_page(), new_context().new_page()
    open_page(here, empty.url)
    open_page(there, f"{empty.url}/add")
    fill_in(there, "Silver")

    submit(there).click()

    expect(names(here)).to_have_text(["Silver", "Gold"])


def test_activity_tells_who_did_what_newest_first_and_live(empty: Site, page: Page) -> None:
    identifier = add_by_api(empty.url, "Gold")
    open_page(page, f"{empty.url}/activity")
    entries = page.get_by_role("listitem")
    expect(entries).to_have_text([re.compile("API added Gold")])

    change_by_api(empty.url, identifier, 1, name="Silver")

    expect(entries.first).to_contain_text("Ada changed Silver")
    expect(entries.first).to_contain_text("Name: Gold → Silver")
    expect(entries).to_have_count(2)
    expect(rows(page)).to_have_count(0)
