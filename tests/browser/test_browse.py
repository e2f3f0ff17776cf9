"""Browse with real names, many of them: the address says what is seen, and every way to narrow."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import NewContext
from tests.browser.steps import names, names_of_the_index, open_page, rows, search, settled, stored

TAGGED_KIDS = [name for number, name in enumerate(names_of_the_index()) if number % 6 == 5]


@pytest.fixture
def browse(index: Site, page: Page) -> Page:
    """A tab with Browse, put in an order that does not depend on what other tests add."""
    open_page(page, f"{index.url}/?tag=Kids")
    expect(rows(page)).to_have_count(25)
    return page


def header(page: Page, label: str) -> None:
    """Click a column's header."""
    page.get_by_role("columnheader", name=label).get_by_role("button").click()


def in_order(names: list[str]) -> list[str]:
    return sorted(names, key=str.lower)


def test_503_real_names_are_browsed_searched_and_sorted(index: Site, page: Page) -> None:
    open_page(page, index.url)
    expect(page.get_by_text(re.compile(r"^1–25 of \d{3} assets$"))).to_be_visible()
    expect(rows(page)).to_have_count(25)
    header(page, "Name")
    # Other tests add assets of their own.
    everybody = [asset["name"] for asset in stored(index.url)]
    expect(names(page).first).to_have_text(in_order(everybody)[0])
    wanted = names_of_the_index()[250]
    search(page, wanted.upper())
    expect(page.get_by_role("link", name=wanted, exact=True)).to_be_visible()
    for shown in names(page).all_inner_texts():
        assert wanted.lower() in shown.lower()
    search(page, "no company is called this")
    expect(page.get_by_text("No asset matches.")).to_be_visible()
    expect(rows(page)).to_have_count(0)


def test_what_is_sorted_and_paged_is_in_the_address_and_a_link_opens_just_that(
    browse: Page, new_context: NewContext
) -> None:
    header(browse, "Name")
    expect(names(browse)).to_have_text(in_order(TAGGED_KIDS)[:25])
    expect(browse.get_by_role("columnheader", name="Name")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(browse).to_have_url(re.compile(r"[?&]sort="))
    first = browse.url
    header(browse, "Name")
    expect(names(browse)).to_have_text(in_order(TAGGED_KIDS)[::-1][:25])
    assert browse.url != first

    browse.get_by_role("button", name="Next page").click()
    second = in_order(TAGGED_KIDS)[::-1][25:50]
    expect(names(browse)).to_have_text(second)
    expect(browse).to_have_url(re.compile(r"[?&]page=2"))
    browse.reload()
    expect(names(browse)).to_have_text(second)
    colleague = new_context().new_page()
    open_page(colleague, browse.url)
    expect(names(colleague)).to_have_text(second)


def test_the_table_follows_each_letter_and_whatever_narrows_goes_back_to_the_first_page(
    browse: Page,
) -> None:
    page_two = re.compile(r"[?&]page=2")
    ways: list[Callable[[], None]] = [
        lambda: browse.get_by_role("button", name="Liquidity profile Low").click(),
        lambda: search(browse, "a"),
        lambda: browse.get_by_role("button", name="Clear filters").click(),
    ]
    for narrow in ways:
        browse.get_by_role("button", name="Next page").click()
        expect(browse).to_have_url(page_two)
        narrow()
        expect(browse).not_to_have_url(page_two)
        expect(browse.get_by_text(re.compile("^1–"))).to_be_visible()
        expect(rows(browse)).to_have_count(25)

    wanted = TAGGED_KIDS[40]
    # The table may be drawn a moment before the field.
    expect(browse.get_by_role("searchbox")).to_have_value("")
    browse.get_by_role("searchbox").press_sequentially(wanted, delay=30)
    expect(names(browse).first).to_have_text(wanted)
    settled(browse)
    expect(browse.get_by_role("searchbox")).to_have_value(wanted)


def test_a_bar_filters_and_pressed_again_no_longer_does(browse: Page) -> None:
    bar = browse.get_by_role("button", name="Liquidity profile Low")
    tagged = f"{len(TAGGED_KIDS)} assets"
    expect(browse.get_by_text(re.compile(f"of {tagged}$"))).to_be_visible()
    bar.click()
    # Every sixth name is a Kids one, every third one Low: all of these are, by construction.
    expect(bar).to_have_attribute("aria-pressed", "true")
    expect(browse).to_have_url(re.compile("liquidityProfile=LOW"))
    expect(browse.get_by_text(re.compile(f"of {tagged}$"))).to_be_visible()
    expect(rows(browse).filter(has_text="Low")).to_have_count(25)
    bar.click()
    expect(bar).to_have_attribute("aria-pressed", "false")
    expect(browse).not_to_have_url(re.compile("liquidityProfile"))

    search(browse, "zzzz")
    expect(rows(browse)).to_have_count(0)
    browse.get_by_role("button", name="Clear filters").click()
    expect(rows(browse)).to_have_count(25)
    expect(browse.get_by_role("searchbox")).to_have_value("")
    expect(browse).not_to_have_url(re.compile("[?&](q|tag)="))
    expect(browse.get_by_role("button", name="Clear filters")).to_have_count(0)


def test_a_row_opens_its_asset_and_there_are_two_ways_back_to_the_same_view(browse: Page) -> None:
    header(browse, "Name")
    wanted = in_order(TAGGED_KIDS)[3]
    expect(names(browse).nth(3)).to_have_text(wanted)
    view = browse.url
    rows(browse).nth(3).get_by_role("cell").nth(1).click()
    expect(browse.get_by_role("heading", name=wanted, exact=True)).to_be_visible()
    browse.go_back()
    expect(browse).to_have_url(view)
    expect(names(browse)).to_have_text(in_order(TAGGED_KIDS)[:25])

    names(browse).first.click()
    browse.get_by_role("link", name="All assets").click()
    expect(names(browse)).to_have_text(in_order(TAGGED_KIDS)[:25])
    expect(browse.get_by_text(re.compile(f"of {len(TAGGED_KIDS)} assets$"))).to_be_visible()


def test_the_api_documentation_renders_without_the_internet(index: Site, page: Page) -> None:
    page.goto(f"{index.url}/asset/docs")
    expect(page.get_by_role("heading", name="Asset Basket")).to_be_visible()
    page.get_by_role("button", name="post /", exact=True).click()
    expect(page.get_by_text("liquidityProfile").first).to_be_visible()
    expect(page).to_have_title(re.compile("Asset Basket"))
