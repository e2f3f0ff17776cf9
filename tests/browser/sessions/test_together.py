"""Many assets at once, in a browser: picked, changed, taken back, taken along; and keys."""

import csv
import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.bench.servers import Site
from tests.browser.conftest import NewContext
from tests.browser.steps import add_by_api, names, open_page, rows, search, settled, stored


class Batch:
    """A few assets of a test's own, told by their tag."""

    def __init__(self, site: Site, count: int) -> None:
        self.site, self.tag = site, f"T{uuid4().hex[:8]}"
        self.names = [f"{self.tag} {number:03}" for number in range(count)]
        for name in self.names:
            add_by_api(site.url, name, tag=self.tag)

    @property
    def address(self) -> str:
        return f"{self.site.url}/?tag={self.tag}&sort=name"

    def told(self, attribute: str) -> list[object]:
        """What a program is told of them, in the order of their names; of the bin, nothing."""
        found = sorted(stored(self.site.url, self.tag), key=lambda asset: str(asset["name"]))
        return [asset[attribute] for asset in found]


@pytest.fixture
def batch(index: Site) -> Batch:
    return Batch(index, 6)


@pytest.fixture
def browse(batch: Batch, page: Page) -> Page:
    """Browse, narrowed down to the test's own assets."""
    open_page(page, batch.address)
    expect(names(page)).to_have_text(batch.names)
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    return page


def box(page: Page, row: int) -> Locator:
    return rows(page).nth(row).get_by_role("checkbox")


def selected(page: Page, text: str) -> None:
    """Expect the bar to say how much is picked; nothing for no bar at all."""
    bar = page.get_by_role("status").filter(has_text="selected")
    if text:
        expect(bar).to_have_text(re.compile(rf"^{text} selected"))
    else:
        expect(bar).to_have_count(0)


def picks(page: Page) -> list[bool]:
    return [box(page, row).is_checked() for row in range(rows(page).count())]


def in_form(page: Page, label: str, value: str) -> None:
    """Choose from a list in the form that lies over the page."""
    field = page.get_by_role("dialog").get_by_role("combobox", name=label)
    field.fill(value)
    page.get_by_role("option", name=re.compile(rf"^{value}( –|$)")).click()
    expect(field).to_have_value(re.compile(f"^{value}"))


def test_rows_are_picked_by_click_range_and_key_however_fast(browse: Page) -> None:
    box(browse, 1).check()
    selected(browse, "1")
    box(browse, 4).click(modifiers=["Shift"])
    selected(browse, "4")
    assert picks(browse) == [False, True, True, True, True, False]
    every = browse.get_by_role("checkbox", name="Select all on this page")
    assert every.evaluate("box => box.indeterminate")
    every.check()
    selected(browse, "6")
    browse.get_by_role("button", name="Clear", exact=True).click()
    selected(browse, "")
    assert not any(picks(browse))

    box(browse, 0).focus()
    browse.keyboard.press("Space")
    selected(browse, "1")
    expect(box(browse, 0)).to_be_focused()
    browse.keyboard.press("Tab")
    browse.keyboard.press("Tab")
    expect(box(browse, 1)).to_be_focused()
    browse.keyboard.press("Tab")
    browse.keyboard.press("Tab")
    browse.keyboard.press("Shift+Space")
    selected(browse, "3")
    settled(browse)
    expect(box(browse, 2)).to_be_focused()
    browse.get_by_role("button", name="Clear", exact=True).click()
    selected(browse, "")

    # Faster than the page follows.
    browse.evaluate("""() => {
      const roots = Array.from(document.querySelectorAll("*"), e => e.shadowRoot).filter(Boolean);
      const boxes = roots.flatMap(root => Array.from(root.querySelectorAll("td input")));
      boxes.forEach(box => box.click());
      boxes[0].click();
    }""")
    selected(browse, "5")
    assert picks(browse) == [False, True, True, True, True, True]


def test_what_is_picked_stays_so_whatever_happens_to_the_table_and_is_taken_along(
    browse: Page, batch: Batch
) -> None:
    box(browse, 0).check()
    box(browse, 2).check()
    late = f"{batch.tag} 000 late"
    add_by_api(batch.site.url, late, tag=batch.tag)
    expect(names(browse).nth(1)).to_have_text(late)
    assert picks(browse) == [True, False, False, True, False, False, False]
    browse.get_by_role("columnheader", name="Name").get_by_role("button").click()
    expect(names(browse).first).to_have_text(batch.names[-1])
    selected(browse, "2")
    search(browse, f"{batch.tag} 000")
    expect(rows(browse)).to_have_count(2)
    expect(browse.get_by_text("1 not shown")).to_be_visible()
    browse.get_by_role("button", name="Select all 2").click()
    selected(browse, "3")

    browse.locator(".st-key-picked").get_by_role("button", name="Export").click()
    with browse.expect_download() as download:
        browse.get_by_role("button", name="CSV", exact=True).click()
    assert re.fullmatch(r"assets-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    with download.value.path().open(encoding="utf-8-sig", newline="") as lines:
        found = [line["name"] for line in csv.DictReader(lines)]
    assert found == [batch.names[0], batch.names[2], late]


def test_a_field_of_many_is_edited_after_a_preview_and_taken_back(
    browse: Page, batch: Batch
) -> None:
    for row in (0, 1, 2):
        box(browse, row).check()
    selected(browse, "3")
    browse.get_by_role("button", name="Edit a field").click()
    in_form(browse, "Field", "Currency")
    in_form(browse, "Currency", "CHF")
    expect(browse.get_by_text("3 assets get Currency = CHF.")).to_be_visible()
    # News from others arrive while the form is open, and leave it alone.
    add_by_api(batch.site.url, f"{batch.tag} 999", tag=batch.tag)
    expect(rows(browse)).to_have_count(7)
    browse.get_by_role("button", name="Change 3 assets").dblclick()
    expect(browse.get_by_text("3 assets are changed")).to_be_visible()
    assert batch.told("ccy") == ["CHF"] * 3 + ["GBP"] * 4
    assert batch.told("version") == [2] * 3 + [1] * 4
    browse.get_by_role("button", name="Undo").click()
    expect(browse.get_by_text("3 assets are as before again")).to_be_visible()
    assert batch.told("ccy") == ["GBP"] * 7
    selected(browse, "3")


def test_a_page_that_is_closed_leaves_nothing_undone_or_done_twice(
    index: Site, new_context: NewContext, page: Page
) -> None:
    batch = Batch(index, 40)
    leaving = new_context().new_page()
    open_page(leaving, batch.address)
    leaving.get_by_role("checkbox", name="Select all on this page").check()
    leaving.get_by_role("button", name="Select all 40").click()
    selected(leaving, "40")
    leaving.get_by_role("button", name="Edit a field").click()
    in_form(leaving, "Field", "Currency")
    in_form(leaving, "Currency", "CHF")
    leaving.get_by_role("button", name="Change 40 assets").click()
    expect(leaving.get_by_role("dialog")).to_have_count(0)
    leaving.close()
    open_page(page, f"{batch.address}&ccy=CHF")
    expect(page.get_by_text(re.compile("of 40 assets$"))).to_be_visible()
    assert batch.told("version") == [2] * 40


def test_a_phone_picks_cards(batch: Batch, phone: Page) -> None:
    open_page(phone, batch.address)
    box(phone, 0).tap()
    selected(phone, "1")
    expect(phone.get_by_role("button", name="Move to bin")).to_be_in_viewport()
    phone.get_by_role("checkbox", name="Select all on this page").tap()
    selected(phone, "6")
    phone.get_by_role("button", name="Clear", exact=True).tap()
    selected(phone, "")


def test_a_double_click_moves_them_to_the_bin_once_and_one_undo_brings_all_back(
    browse: Page, batch: Batch
) -> None:
    box(browse, 0).check()
    box(browse, 4).click(modifiers=["Shift"])
    selected(browse, "5")
    browse.get_by_role("button", name="Move to bin").dblclick()
    expect(browse.get_by_text("5 assets are moved to the bin")).to_be_visible()
    expect(names(browse)).to_have_text(batch.names[5:])
    browse.get_by_role("button", name="Undo").dblclick()
    expect(names(browse)).to_have_text(batch.names)
    assert batch.told("version") == [3] * 5 + [1]


def test_keys_search_add_and_let_go_but_never_while_somebody_types(browse: Page) -> None:
    box(browse, 0).check()
    selected(browse, "1")
    browse.keyboard.press("?")
    keys = browse.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    browse.keyboard.press("a")
    browse.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    selected(browse, "1")
    browse.keyboard.press("Escape")
    selected(browse, "")
    browse.keyboard.press("/")
    expect(browse.get_by_role("searchbox")).to_be_focused()
    browse.keyboard.type("a/?")
    expect(browse.get_by_role("searchbox")).to_have_value("a/?")
    expect(keys).to_be_hidden()
    browse.keyboard.press("Escape")
    expect(browse.get_by_role("searchbox")).not_to_be_focused()
    browse.keyboard.press("a")
    name = browse.get_by_label("Name", exact=True)
    name.fill("")
    browse.keyboard.type("/a?")
    expect(name).to_have_value("/a?")
