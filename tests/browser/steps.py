"""What visitors and programs do, in the words of the pages."""

import csv
import json
import re
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.bench.servers import ROOT

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
WAIT_MS = 60_000
"""After this long a page is taken to hang; nothing is said of how fast it should be."""
# Proxies of the machine must not see requests to loopback.
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_INDEX = ROOT.parent / "shared" / "data" / "sp500-constituents.csv"


def apart(
    act: Callable[Arguments, Answer], *given: Arguments.args, **named: Arguments.kwargs
) -> Answer:
    """Do it in a thread of its own: in the tests' own one Playwright's event loop is running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(act, *given, **named).result()


def names_of_the_index() -> list[str]:
    """503 names of real companies, or as many made-up ones."""
    if not _INDEX.exists():
        return [f"Company {number:03} & Sons" for number in range(503)]
    with _INDEX.open(newline="", encoding="utf-8") as lines:
        return [line["Security"] for line in csv.DictReader(lines)]


def _ask(request: urllib.request.Request | str) -> dict[str, Any]:
    with _DIRECT.open(request, timeout=20) as answer:
        told: dict[str, Any] = json.loads(answer.read())
        return told


def add_by_api(
    url: str, name: str, *, tag: str = "ISA", liquidity: str = "HIGH", currency: str = "GBP"
) -> str:
    """Add an asset as a program does; its identifier."""
    body = {"name": name, "tag": tag, "liquidityProfile": liquidity, "ccy": currency}
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    request = urllib.request.Request(f"{url}/asset/", json.dumps(body).encode(), headers)
    return str(_ask(request)["identifier"])


def stored(url: str, search: str = "") -> list[dict[str, Any]]:
    """The assets that a program finds."""
    return list(_ask(f"{url}/asset/?{urlencode({'search': search, 'limit': 1000})}")["items"])


def total(url: str) -> int:
    """How many assets a program is told of."""
    return int(_ask(f"{url}/asset/?limit=1")["total"])


def moto_pid(url: str) -> int:
    """The process id of the Moto behind an app."""
    return int(_ask(f"{url}/healthz")["pid"])


def open_page(page: Page, address: str) -> None:
    """Go to an address and wait until its page stands."""
    page.goto(address)
    settled(page)


# Looked at often: Playwright's `expect` looks twice a second, and most pages stand in between.
_STANDS = """() => {
  const shadows = Array.from(document.querySelectorAll("*"), (one) => one.shadowRoot);
  return document.querySelector(".st-key-foot button")
    && shadows.some((root) => root?.querySelector('[aria-label="Say what you think"]'))
    && !document.querySelector("[data-test-script-state=running], [aria-busy=true]");
}"""


def settled(page: Page) -> None:
    """Wait until the last line of the page is there and no rerun is on its way."""
    page.wait_for_function(_STANDS, polling=40, timeout=WAIT_MS)


def heading(page: Page, title: str) -> Locator:
    return page.get_by_role("heading", name=title, exact=True, level=1)


def submit(page: Page) -> Locator:
    """The button under the form."""
    return page.get_by_test_id("stForm").get_by_role("button", name="Add asset")


def choose(page: Page, label: str, value: str) -> None:
    """Type into a list and pick what it then offers under that value."""
    field = page.get_by_role("combobox", name=label, exact=True)
    field.click()
    field.fill(value)
    pattern = re.compile(rf"^{re.escape(value)}( –|$)")
    new = page.get_by_role("option", name=f"Add: {value}", exact=True)
    known = page.get_by_role("option", name=pattern)
    expect(known.or_(new).first).to_be_visible()
    (known if known.count() else new).click()
    expect(field).to_have_value(pattern)


def fill_in(
    page: Page,
    name: str,
    tag: str = "ISA",
    liquidity: str = "High",
    currency: str = "GBP",
) -> None:
    """Fill in the form for an asset."""
    page.get_by_label("Name", exact=True).fill(name)
    choose(page, "Tag", tag)
    page.get_by_role("radio", name=liquidity).click()
    choose(page, "Currency", currency)


def filled_in(page: Page, name: str, tag: str, liquidity: str, currency: str) -> None:
    """Expect the form to hold this."""
    expect(page.get_by_label("Name", exact=True)).to_have_value(name)
    expect(page.get_by_role("combobox", name="Tag")).to_have_value(tag)
    expect(page.get_by_role("radio", name=liquidity)).to_be_checked()
    expect(page.get_by_role("combobox", name="Currency")).to_have_value(
        re.compile(f"^{currency}( –|$)")
    )


def success(page: Page) -> Locator:
    return page.get_by_text("Added to the basket", exact=False)


def table(page: Page) -> Locator:
    return page.get_by_label("Assets", exact=True).locator("tbody")


def rows(page: Page) -> Locator:
    return table(page).locator("tr")


def names(page: Page) -> Locator:
    """The first column of the table: links to the assets."""
    return rows(page).get_by_role("link")


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(words)
    page.get_by_role("searchbox", name="Search").press("Enter")


def tally(page: Page, text: str) -> None:
    """Expect the page to say how much it shows, such as “1–25 of 503 assets”."""
    expect(page.get_by_text(re.compile(rf"^{re.escape(text)}$"))).to_be_visible()
