"""How long a person waits, in a real browser, from a click on a filter to the result."""

import contextlib
import re
from collections.abc import Callable
from itertools import cycle

from playwright.sync_api import Browser, Page

from tests.bench.browser import chromium, count_pattern, press, wait_for_text
from tests.bench.clicks import LABEL
from tests.bench.report import Result, at_most
from tests.bench.seeding import PROFILES, afternoon_with, product_with, profile_count
from tests.bench.servers import Site
from tests.bench.stats import in_turns, p50

ASSETS = 500
CLICKS = 3
WARM_UP = 2


def _choose(page: Page, profile: str, *, check_rows: bool) -> float:
    """Choose in the filter; milliseconds from the press on the option to the result shown."""
    chooser = page.get_by_test_id("stMultiSelect").filter(has_text=LABEL)
    chooser.get_by_role("combobox").click()
    option = page.get_by_role("option", name=re.compile(f"^{profile}", re.IGNORECASE))
    option.wait_for()
    in_rows = option.inner_text() if check_rows else ""
    return press(page, option, count_pattern(profile_count(ASSETS, profile)), in_rows)


def _choose_nothing(page: Page) -> None:
    page.keyboard.press("Escape")
    page.get_by_test_id("stMultiSelect").filter(has_text=LABEL).get_by_role("combobox").focus()
    page.keyboard.press("Backspace")
    wait_for_text(page, count_pattern(ASSETS))
    page.keyboard.press("Escape")


def _person(browser: Browser, site: Site, *, check_rows: bool) -> Callable[[], list[float]]:
    """Somebody with the page open, who clicks when called."""
    page = browser.new_page()
    page.goto(site.url)
    wait_for_text(page, count_pattern(ASSETS))
    profiles = cycle(PROFILES)

    def click(times: int = CLICKS) -> list[float]:
        page.bring_to_front()
        samples = []
        for _ in range(times):
            samples.append(_choose(page, next(profiles), check_rows=check_rows))
            _choose_nothing(page)
        return samples

    click(WARM_UP)
    return click


def on_a_filter() -> list[Result]:
    """500 assets; the count that both pages write ends the wait, for ours the rows as well.

    The rival draws its table on a canvas, whose rows cannot be looked at: it is believed as soon
    as it writes the count.
    """
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(product_with(ASSETS))
        rival = stack.enter_context(afternoon_with(ASSETS))
        browser = stack.enter_context(chromium())
        samples = in_turns(
            {
                "ours": _person(browser, ours, check_rows=True),
                "afternoon": _person(browser, rival, check_rows=False),
            },
            rounds=7,
        )
    return [
        Result(
            "click on a filter in Chromium, 500 assets ÷ the afternoon's page",
            "ms",
            at_most(0.25),
            p50(samples["ours"]),
            p50(samples["afternoon"]),
        )
    ]
