"""Pictures reviewed in the app: decided and said something of, by two people, and accepted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.bench.servers import Site, patient_product
from tests.browser.conftest import NewContext
from tests.browser.steps import open_page
from tests.fakes.shots import SIZE, shot

CHANGED, NEW = "story/01-glance-desktop-light.png", "portfolio/add-phone-dark.png"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An app with one picture that has changed and one that is new."""
    shot(tmp_path / "before", CHANGED, "Browse")
    shot(tmp_path / "after", CHANGED, "Look around")
    shot(tmp_path / "after", NEW, "Add")
    after, before = (str(tmp_path / name) for name in ("after", "before"))
    with patient_product(
        tmp_path / "data", BASKET_PICTURES=after, BASKET_BASELINE=before
    ) as running:
        yield running


def test_two_people_review_pictures_and_the_baseline_is_accepted(
    site: Site, new_context: NewContext, tmp_path: Path
) -> None:
    ada, bob = new_context().new_page(), new_context().new_page()
    open_page(ada, f"{site.url}/review")
    open_page(bob, f"{site.url}/review")
    first = ada.get_by_role("article").first
    expect(first.get_by_text("This is everything that we hold")).to_be_visible()
    expect(first.get_by_role("img", name="before")).to_have_js_property("naturalWidth", SIZE[0])
    first.get_by_role("button", name="Slider").click()
    expect(first.get_by_label("Before to after")).to_be_visible()
    first.get_by_role("button", name="Difference").click()
    expect(first.get_by_role("img", name="Where it differs")).to_be_visible()

    first.locator(".frame").click(position={"x": 80, "y": 60})
    first.get_by_label("Pin 1", exact=True).fill("<b>Too small</b>")
    # Half written it outlives a reload.
    ada.reload()
    expect(first.get_by_label("Pin 1", exact=True)).to_have_value("<b>Too small</b>")
    first.get_by_role("button", name="Send the remarks").click()
    expect(first.get_by_text("it is on the board")).to_be_visible()
    expect(first.get_by_label("Pin 1", exact=True)).to_have_count(0)
    ada.get_by_role("button", name="Approve the rest that is shown").click()
    expect(ada.get_by_role("status").filter(has_text="2 of 2 decided")).to_be_visible()

    # The other one sees it without a click, and wants something else.
    theirs = bob.get_by_role("article").first
    expect(theirs.get_by_text("<b>Too small</b>")).to_be_visible()
    expect(theirs.get_by_text("Approved: Guest")).to_be_visible()
    theirs.get_by_label("Request changes").check()
    accept = ada.get_by_role("button", name="Save approved as new baseline (1)")
    accept.click()
    expect(ada.get_by_text("1 accepted")).to_be_visible()
    assert (tmp_path / "before" / NEW).read_bytes() == (tmp_path / "after" / NEW).read_bytes()
    assert (tmp_path / "before" / CHANGED).read_bytes() != (
        tmp_path / "after" / CHANGED
    ).read_bytes()

    open_page(bob, f"{site.url}/feedback")
    bob.get_by_role("link", name="Show what they saw").click()
    expect(bob).to_have_url(re.compile(r"/review\?shot=story%2F01-glance"))
    expect(bob.locator("article.meant")).to_be_in_viewport()
