"""Our JavaScript modules, as a browser fetches them."""

import re

from playwright.sync_api import Page, expect

from tests.bench.servers import Site
from tests.browser.steps import add_by_api, open_page

_TABLE = "**/features/browse/table/table.js"


def test_a_first_visit_needs_no_module_that_it_is_not_told_of_at_once(
    page: Page, empty: Site
) -> None:
    add_by_api(empty.url, name="Gold")
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.partition("/browser/")[2]))
    with page.expect_response(f"{empty.url}/") as answered:
        open_page(page, empty.url)
    expect(page.get_by_role("row", name="Gold")).to_be_visible()
    expect(page.get_by_role("button", name="Give feedback")).to_be_visible()

    named = set(re.findall("<browser/([^>]+)>", answered.value.headers["link"]))
    assert asked - {""} == named


def test_a_part_whose_module_does_not_come_says_so_and_appears_when_it_does(
    page: Page, empty: Site
) -> None:
    add_by_api(empty.url, name="Gold")
    page.route(_TABLE, lambda route: route.abort())
    open_page(page, empty.url)
    expect(page.get_by_text("This part of the page is not loaded yet.")).to_be_visible()
    # Everything else goes on.
    expect(page.get_by_role("button", name="More filters")).to_be_visible()

    page.unroute(_TABLE)
    expect(page.get_by_role("row", name="Gold")).to_be_visible()
    expect(page.get_by_text("This part of the page is not loaded yet.")).to_have_count(0)


def test_a_part_that_fails_at_once_says_so_and_nothing_else_fails(
    page: Page, empty: Site, failures: list[str]
) -> None:
    add_by_api(empty.url, name="Gold")
    fails = "export default () => { throw new Error('no'); };"
    page.route(_TABLE, lambda route: route.fulfill(body=fails, content_type="text/javascript"))
    open_page(page, empty.url)
    expect(page.get_by_text("This part of the page cannot be shown.")).to_be_visible()
    expect(page.get_by_role("button", name="More filters")).to_be_visible()
    assert all("A part of the page failed: table" in one for one in failures)
    failures.clear()
