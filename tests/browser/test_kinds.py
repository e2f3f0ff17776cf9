"""Every kind of field in a real browser: entered, emptied, kept; and a model saved meanwhile."""

import json
import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.bench.copies import copy_of_the_project, model_file
from tests.bench.servers import ROOT, Site, patient_product
from tests.browser.steps import choose, heading, open_page, settled, stored, submit, success
from tests.fakes.models import filled_in


@dataclass(frozen=True)
class Built:
    """A running copy of the project, and its model file."""

    site: Site
    model: Path

    @property
    def url(self) -> str:
        return self.site.url


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """An app whose model has a field of each kind."""
    folder = tmp_path_factory.mktemp("kinds")
    project = copy_of_the_project(folder / "project")
    model_file(project).write_text((ROOT / "tests" / "fakes" / "every_kind.py").read_text())
    with patient_product(folder / "data", project) as site:
        yield Built(site, model_file(project))


@pytest.fixture
def form(built: Built, page: Page) -> Page:
    """A tab with the empty form."""
    open_page(page, f"{built.url}/add")
    expect(page.get_by_role("combobox", name="Currency")).to_be_visible()
    return page


def add(url: str, **other: Any) -> str:
    """Add an asset as a program does; its identifier."""
    request = urllib.request.Request(
        f"{url}/asset/",
        json.dumps({**filled_in(), **other}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return str(json.loads(answer.read())["identifier"])


def read(url: str, identifier: str) -> dict[str, Any]:
    [asset] = [asset for asset in stored(url) if asset["identifier"] == identifier]
    return asset


def named(url: str, name: str) -> dict[str, Any]:
    [asset] = [asset for asset in stored(url) if asset["name"] == name]
    return asset


def text(page: Page, label: str) -> Locator:
    return page.get_by_role("textbox", name=label)


def group(page: Page, label: str) -> Locator:
    """Of a field whose options stand side by side."""
    return page.get_by_label(label, exact=True)


def type_day(page: Page, label: str, digits: str) -> None:
    """Type a day, or a moment, into its parts; they pass the cursor on."""
    page.get_by_role("group", name=label).get_by_role("spinbutton").first.click()
    page.keyboard.type(digits)
    page.keyboard.press("Escape")


def clear(page: Page, label: str) -> None:
    """Press the little cross in the field."""
    page.locator(".stElementContainer", has=page.get_by_label(label, exact=True)).get_by_role(
        "button", name=re.compile("clear", re.IGNORECASE)
    ).first.click()


def fill_in_what_is_needed(page: Page, name: str) -> None:
    text(page, "Name").fill(name)
    text(page, "Units").fill("1,250")
    text(page, "Price (GBP)").fill("1,250.50")
    choose(page, "Currency", "GBP")
    group(page, "Listed").get_by_role("radio", name="No").click()
    type_day(page, "Bought", "20261120")


def test_every_kind_of_field_is_filled_in_and_stored(built: Built, form: Page) -> None:
    fill_in_what_is_needed(form, "All kinds")
    text(form, "Story (optional)").fill("First line.\nSecond line.")
    text(form, "Fee (%, optional)").fill("0.10")
    choose(form, "Country (optional)", "GB")
    form.get_by_text("Watched", exact=True).click()
    type_day(form, "Matures (optional)", "20300131")
    type_day(form, "Valued at (UTC, optional)", "202611201407")
    group(form, "Risk").get_by_role("radio", name="Very low").click()
    choose(form, "Sector (optional)", "Bonds")
    labels = form.get_by_role("combobox", name="Labels (optional)")
    labels.click()
    for label in ("core", "my own"):
        labels.fill(label)
        # What another asset has already is offered as it is.
        form.get_by_role("option", name=re.compile(f"^(Add: )?{label}$")).click()
        # Behind the open list it is hidden from roles; what is typed before it is there is lost.
        expect(form.locator(f'[data-tag][aria-label="{label}"]').last).to_be_visible()
    form.keyboard.press("Escape")
    for label in ("High", "Very low"):
        group(form, "Risks (optional)").get_by_role("button", name=label).click()
    text(form, "Homepage (optional)").fill("https://example.com/gilt")
    text(form, "Person").fill("Ada")
    text(form, "E-mail").fill("ada@example.com")
    group(form, "Channel").get_by_role("radio", name="Letter").click()
    submit(form).click()

    expect(success(form)).to_be_visible()
    told = named(built.url, "All kinds")
    expected = filled_in() | {
        "name": "All kinds",
        "units": 1250,
        "valuedAt": "2026-11-20T14:07:00Z",
        "risks": told["risks"],
    }
    assert {name: told[name] for name in expected} == expected
    assert sorted(told["risks"]) == ["HIGH", "VERY_LOW"]


def test_what_is_only_looked_at_stays_as_it_is_to_the_last_character(
    built: Built, page: Page
) -> None:
    awkward = {
        "name": "Looked at",
        "story": "a\r\nb\u2028c \u202e",
        "units": 2**70,
        "price": "1250.5000",
        "valuedAt": "2026-11-20T16:05:00+02:00",
        "bought": "0033-04-03",
        "risks": ["HIGH", "VERY_LOW"],
        "labels": ["b", "a", "b"],
    }
    identifier = add(built.url, **awkward)
    before = read(built.url, identifier)
    open_page(page, f"{built.url}/asset?id={identifier}")
    page.get_by_role("button", name="Edit").click()
    text(page, "Person").fill("Grace")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Contact: Person: Ada → Grace")).to_be_visible()
    after = read(built.url, identifier)
    assert after["contact"] == {**before["contact"], "person": "Grace"}
    assert {name: after[name] for name in awkward} == {name: before[name] for name in awkward}


def test_every_optional_field_is_emptied_again(built: Built, page: Page) -> None:
    identifier = add(built.url, name="Emptied")
    open_page(page, f"{built.url}/asset?id={identifier}")
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_role("combobox", name="Sector")).to_have_value("Bonds")
    for label in ("Story", "Fee", "Homepage", "Person", "E-mail"):
        text(page, label).fill("")
    for label in ("Country", "Sector", "Labels", "Matures", "Valued at"):
        remark = "UTC, optional" if label == "Valued at" else "optional"
        clear(page, f"{label} ({remark})")
    for label in ("Low", "High"):
        group(page, "Risks (optional)").get_by_role("button", name=label, exact=True).click()
    group(page, "Channel").get_by_role("radio", name="Letter").click()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("button", name="Move to bin")).to_be_visible()
    after = read(built.url, identifier)
    empty = ("story", "fee", "country", "matures", "valuedAt", "sector", "homepage", "contact")
    assert [after[name] for name in empty] == [None] * len(empty)
    assert (after["labels"], after["risks"]) == ([], None)


def test_a_model_saved_while_somebody_types_asks_for_the_new_field_and_loses_nothing(
    built: Built, form: Page
) -> None:
    fill_in_what_is_needed(form, "Typed before")
    before = built.model.read_text()
    added = '    rating: int = Field(title="Rating", ge=1, le=5)\n'
    place = "    story: LongText | None"
    try:
        built.model.write_text(before.replace(place, added + place))
        submit(form).click()

        expect(form.get_by_role("alert")).to_have_text(["Enter a rating."])
        expect(text(form, "Name")).to_have_value("Typed before")
        expect(text(form, "Price (GBP)")).to_have_value("1,250.50")
        expect(form.get_by_role("combobox", name="Currency")).to_have_value(re.compile("^GBP"))
        expect(form.get_by_role("group", name="Bought")).to_contain_text(
            re.compile(r"2026\D+11\D+20")
        )
        text(form, "Rating").fill("5")
        submit(form).click()
        expect(success(form)).to_be_visible()
        told = named(built.url, "Typed before")
        assert (told["rating"], told["units"]) == (5, 1250)
    finally:
        built.model.write_text(before)
    open_page(form, f"{built.url}/asset?id={told['identifier']}")
    expect(form.get_by_role("heading", name="Not in the model")).to_be_visible()


def test_only_an_address_that_says_where_it_leads_is_a_link(built: Built, page: Page) -> None:
    plain = add(built.url, name="Plain")
    tricky = add(built.url, name="Tricky", homepage="https://bank.example@evil.example/")
    open_page(page, f"{built.url}/asset?id={plain}")
    link = page.get_by_role("link", name="https://example.com/gilt")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(link).to_have_attribute("href", "https://example.com/gilt")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "ada@example.com"

    open_page(page, f"{built.url}/asset?id={tricky}")
    expect(heading(page, "Tricky")).to_be_visible()
    expect(page.get_by_text("https://bank.example@evil.example/")).to_be_visible()
    expect(page.get_by_role("link", name="evil")).to_have_count(0)


def test_the_form_with_every_kind_fits_a_phone(built: Built, phone: Page) -> None:
    identifier = add(built.url, name="On a phone", story="W" * 300)
    for address in ("add", f"asset?id={identifier}"):
        open_page(phone, f"{built.url}/{address}")
        settled(phone)
        assert phone.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), address
