"""Two people on their own, each in a copy of the basket: neither sees what the other does."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import NewContext
from tests.browser.sessions.test_tour_panel import press
from tests.browser.steps import add_by_api, fill_in, heading, names, open_page, settled, success

BADGE = "Your own copy: nobody else sees it"
EMPTY = "Your basket is empty"


def begin(page: Page, site: Site) -> None:
    open_page(page, f"{site.url}/?tour=first-asset")
    expect(page.get_by_text(BADGE)).to_be_visible()
    expect(page.get_by_text(EMPTY)).to_be_visible()


def add_the_first(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add the first asset").click()
    fill_in(page, name)
    page.get_by_test_id("stForm").get_by_role("button", name="Add asset").click()
    expect(success(page)).to_be_visible()
    page.get_by_role("link", name="Browse").click()
    expect(names(page)).to_have_text([name])


def test_two_people_each_add_the_first_asset(index: Site, new_context: NewContext) -> None:
    ada, bob = new_context().new_page(), new_context().new_page()
    begin(ada, index)
    begin(bob, index)
    add_the_first(ada, "Ada's first")
    add_by_api(index.url, "Everybody's")
    add_the_first(bob, "Bob's first")
    expect(names(ada)).to_have_text(["Ada's first"])

    # Another tab of Ada's shows the same, and follows what she does in the first one.
    other = ada.context.new_page()
    open_page(other, index.url)
    expect(names(other)).to_have_text(["Ada's first"])
    names(ada).first.click()
    expect(heading(ada, "Ada's first")).to_be_visible()
    settled(ada)
    ada.get_by_role("button", name="Move to bin").click()
    expect(other.get_by_text(EMPTY)).to_be_visible()
    # A reload and a file show Bob's, too.
    bob.reload()
    settled(bob)
    expect(names(bob)).to_have_text(["Bob's first"])
    assert exported(bob) == ["Bob's first"]

    press(bob, "Leave the tour")
    expect(bob.get_by_text(BADGE)).to_have_count(0)
    expect(names(bob).first).to_have_text("Everybody's")
    ada.get_by_role("button", name="Back to the shared data").click()
    expect(ada.get_by_text(BADGE)).to_have_count(0)
    # The tab in which nobody has clicked follows by itself.
    expect(names(other).first).to_have_text("Everybody's")


def exported(page: Page) -> list[str]:
    """The names in the file that the page offers."""
    page.get_by_role("button", name="Export", exact=True).click()
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").first.click()
    text = Path(started.value.path()).read_text(encoding="utf-8-sig")
    return [row["name"] for row in csv.DictReader(io.StringIO(text))]
