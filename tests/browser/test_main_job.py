"""The main job, from an empty basket to an asset that survives, on real parts throughout."""

from playwright.sync_api import Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import NewContext
from tests.browser.steps import (
    add_by_api,
    fill_in,
    heading,
    names,
    open_page,
    rows,
    search,
    stored,
    submit,
    success,
    tally,
)


def add_by_hand(page: Page, url: str, name: str) -> None:
    open_page(page, url)
    page.get_by_role("link", name="Add asset").click()
    expect(heading(page, "Add asset")).to_be_visible()
    fill_in(page, name)
    submit(page).click()
    expect(success(page)).to_be_visible()


def test_an_asset_is_added_seen_found_shared_and_joined_by_one_from_curl(
    empty: Site, page: Page, new_context: NewContext
) -> None:
    add_by_hand(page, empty.url, "S&P500")
    expect(page.get_by_text("S&P500", exact=True).first).to_be_visible()
    page.get_by_role("button", name="See all assets").click()
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text(["S&P500ISAHighGBPjust now"])

    add_by_api(empty.url, "Gilt 2030", tag="GIA", liquidity="LOW")
    page.reload()
    expect(names(page)).to_have_text(["Gilt 2030", "S&P500"])

    search(page, "s&p")
    tally(page, "1 asset")
    page.get_by_role("button", name="Tag ISA: 1").click()
    expect(page).to_have_url(f"{empty.url}/?q=s%26p&tag=ISA")
    colleague = new_context().new_page()
    open_page(colleague, page.url)
    expect(names(colleague)).to_have_text(["S&P500"])
    expect(colleague.get_by_role("searchbox")).to_have_value("s&p")
    expect(colleague.get_by_role("button", name="Tag ISA: 1")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert len(stored(empty.url)) == 2


def test_the_first_visitor_is_led_to_the_form_and_sees_what_others_add_without_a_click(
    empty: Site, page: Page
) -> None:
    open_page(page, empty.url)
    expect(page.get_by_role("heading", name="Your basket is empty")).to_be_visible()
    expect(page.get_by_role("searchbox")).to_have_count(0)
    page.get_by_role("button", name="Add the first asset").click()
    expect(heading(page, "Add asset")).to_be_visible()
    expect(page).to_have_url(f"{empty.url}/add")
    page.go_back()
    expect(page.get_by_role("heading", name="Your basket is empty")).to_be_visible()

    add_by_api(empty.url, "Gold")
    expect(names(page)).to_have_text(["Gold"])
    add_by_api(empty.url, "Silver")
    expect(names(page)).to_have_text(["Silver", "Gold"])
    page.get_by_role("columnheader", name="Name").get_by_role("button").click()
    expect(names(page)).to_have_text(["Gold", "Silver"])
