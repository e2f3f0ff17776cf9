"""The form: one asset for one intention, plain words for what is wrong."""

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.bench.servers import Site
from tests.browser.steps import (
    add_by_api,
    choose,
    fill_in,
    filled_in,
    heading,
    names,
    open_page,
    search,
    settled,
    stored,
    submit,
    success,
)


@pytest.fixture
def name() -> str:
    """A name that nothing else has."""
    return f"Form {uuid4().hex}"


@pytest.fixture
def form(index: Site, page: Page) -> Page:
    """A tab with the empty form."""
    open_page(page, f"{index.url}/add")
    # Lists come a moment after the rest: their code is loaded when the first one is drawn.
    expect(page.get_by_role("combobox", name="Currency")).to_be_visible()
    return page


def test_what_is_wrong_is_said_beside_its_field_kept_on_the_way_and_fixed(
    index: Site, form: Page, name: str
) -> None:
    submit(form).click()
    expect(form.get_by_role("alert")).to_have_text(
        ["Enter a name.", "Enter a tag.", "Choose a liquidity profile.", "Choose a currency."]
    )

    fill_in(form, name, "SIPP", "Low", "ZZZ")
    submit(form).click()
    problem = form.get_by_role("alert")
    expect(problem).to_have_text(
        ["“ZZZ” is not a currency code. Use a three-letter ISO code such as GBP."]
    )
    currency = form.get_by_role("combobox", name="Currency").bounding_box()
    place = problem.bounding_box()
    assert currency
    assert place
    assert 0 <= place["y"] - (currency["y"] + currency["height"]) < 40
    assert stored(index.url, name) == []

    form.get_by_role("link", name="Browse").click()
    expect(heading(form, "Assets")).to_be_visible()
    form.get_by_role("link", name="Add asset").click()
    filled_in(form, name, "SIPP", "Low", "ZZZ")
    choose(form, "Currency", "EUR")
    submit(form).click()
    expect(success(form)).to_be_visible()
    assert [asset["ccy"] for asset in stored(index.url, name)] == ["EUR"]
    expect(form.get_by_test_id("stException")).to_have_count(0)


def test_a_double_click_adds_one_asset_and_so_does_enter(
    index: Site, form: Page, name: str
) -> None:
    fill_in(form, name)
    submit(form).dblclick()
    expect(success(form)).to_be_visible()
    settled(form)
    assert len(stored(index.url, name)) == 1

    form.get_by_role("button", name="Add another").click()
    expect(form.get_by_label("Name", exact=True)).to_have_value("")
    expect(form.get_by_role("combobox", name="Currency")).to_have_value("")
    expect(form.get_by_role("radio", checked=True)).to_have_count(0)
    fill_in(form, f"{name} again")
    form.get_by_label("Name", exact=True).press("Enter")
    expect(success(form)).to_be_visible()
    assert len(stored(index.url, name)) == 2

    form.get_by_role("button", name="Open it").click()
    expect(form.get_by_role("link", name="All assets")).to_be_visible()
    expect(heading(form, f"{name} again")).to_be_visible()
    form.get_by_role("link", name="Add asset").click()
    expect(form.get_by_label("Name", exact=True)).to_have_value("")
    expect(success(form)).to_have_count(0)


def test_the_form_can_be_filled_in_with_the_keyboard_alone(
    index: Site, form: Page, name: str
) -> None:
    keyboard = form.keyboard
    form.get_by_label("Name", exact=True).focus()
    keyboard.type(name)
    keyboard.press("Tab")
    expect(form.get_by_role("combobox", name="Tag")).to_be_focused()
    keyboard.type("Bike")
    expect(form.get_by_role("option", name="Add: Bike")).to_be_visible()
    keyboard.press("Enter")
    form.get_by_role("radio", name="High").focus()
    keyboard.press("Space")
    form.get_by_role("combobox", name="Currency").focus()
    keyboard.type("pound ster")
    expect(form.get_by_role("option", name="GBP – Pound Sterling")).to_be_visible()
    keyboard.press("Enter")
    submit(form).focus()
    keyboard.press("Enter")
    expect(success(form)).to_be_visible()
    (asset,) = stored(index.url, name)
    assert (asset["tag"], asset["ccy"]) == ("Bike", "GBP")


def test_the_page_of_an_asset_opens_by_its_link_and_that_of_none_says_so(
    index: Site, page: Page, name: str
) -> None:
    identifier = add_by_api(index.url, name, tag="Pension", liquidity="MEDIUM", currency="JPY")
    open_page(page, f"{index.url}/asset?id={identifier}")
    expect(heading(page, name)).to_be_visible()
    for label, value in {
        "Name": name,
        "Tag": "Pension",
        "Liquidity profile": "Medium",
        "Currency": "JPY – Yen",
        "Version": "1",
    }.items():
        term = page.locator("dt", has_text=label).first
        expect(term.locator("xpath=following-sibling::dd[1]")).to_have_text(value)
    added = page.locator("dt", has_text="Added").locator("xpath=following-sibling::dd[1]")
    expect(added).to_contain_text("UTC, by API")
    code = page.get_by_text(identifier, exact=True)
    code.hover()
    page.get_by_role("button", name="Copy to clipboard").click()
    assert page.evaluate("navigator.clipboard.readText()") == identifier

    open_page(page, f"{index.url}/asset?id=%3Cscript%3E")
    expect(page.get_by_role("alert")).to_contain_text("This asset is not in the basket.")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.get_by_role("link", name="All assets").click()
    expect(heading(page, "Assets")).to_be_visible()


def test_ones_name_stands_beside_what_one_adds(index: Site, form: Page, name: str) -> None:
    form.get_by_role("button", name="You are Guest").click()
    form.get_by_role("textbox", name="Your name").fill("Ada :smile: *L*")
    form.get_by_role("textbox", name="Your name").press("Enter")
    expect(form.get_by_role("button", name="You are Ada :smile: *L*")).to_be_visible()
    form.keyboard.press("Escape")
    fill_in(form, name)
    submit(form).click()
    expect(form.locator("dd", has_text="by Ada :smile: *L*")).to_be_visible()
    form.get_by_role("button", name="See all assets").click()
    search(form, name)
    expect(names(form)).to_have_text([name])
    assert stored(index.url, name)[0]["createdBy"] == "Ada :smile: *L*"
