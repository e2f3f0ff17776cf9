"""How long it takes from the command to the first page, empty or with much to remember."""

import contextlib
import socket
import time
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.bench.browser import chromium, count_pattern, wait_for_text
from tests.bench.processes import wait_until
from tests.bench.protocol import PageError
from tests.bench.report import Result, at_most
from tests.bench.seeding import (
    OUR_TABLE,
    assets,
    create_table,
    data_with,
    fill,
    our_item,
)
from tests.bench.servers import (
    Site,
    product_spawned,
    rival_spawned,
    scratch,
    stock_moto,
    stock_moto_spawned,
)
from tests.bench.stats import in_turns, p50

EMPTY = r"^Your basket is empty$|" + count_pattern(0)
"""What the pages show of an empty store: ours an invitation, the afternoon's an empty table."""
ROUNDS = 5
MANY = 50_000


def _listens(site: Site) -> bool:
    where = urlsplit(site.url)
    with contextlib.suppress(OSError), socket.create_connection((where.hostname, where.port), 1):
        return True
    return False


def _opened(browser: Browser, site: Site, pattern: str, begin: float) -> list[float]:
    """Open the page in a browser that has never seen it; seconds since `begin` until it shows."""
    # Chromium answers a refused connection with a page of its own: come when somebody is there.
    wait_until(site.process, lambda: _listens(site), every=0.005)
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(site.url, wait_until="commit")
        try:
            wait_for_text(page, pattern)
        except PageError as error:
            raise site.process.failure(f"showed an error ({error})") from error
        return [time.perf_counter() - begin]


def empty() -> list[Result]:
    """From the command to the first page in a Chromium that runs already; nothing stored yet."""
    with chromium() as browser:

        def ours() -> list[float]:
            begin = time.perf_counter()
            with scratch() as folder, product_spawned(folder) as site:
                return _opened(browser, site, EMPTY, begin)

        def rival() -> list[float]:
            begin = time.perf_counter()
            with stock_moto_spawned() as moto, rival_spawned("afternoon", moto.url) as site:
                return _opened(browser, site, EMPTY, begin)

        for warm_up in (ours, rival):
            warm_up()
        samples = in_turns({"ours": ours, "rival": rival}, ROUNDS)
    return [
        Result(
            "command to first page ÷ the afternoon's two processes",
            "s",
            at_most(1.2),
            p50(samples["ours"]),
            p50(samples["rival"]),
        )
    ]


def with_50000_assets() -> list[Result]:
    """From the command until Browse shows 50,000 assets that only the journal knew."""
    with chromium() as browser:

        def ours() -> list[float]:
            with data_with(MANY) as folder:
                begin = time.perf_counter()
                with product_spawned(folder) as site:
                    return _opened(browser, site, count_pattern(MANY), begin)

        def refill() -> list[float]:
            items = [our_item(asset) for asset in assets(MANY)]
            with stock_moto() as moto:
                create_table(moto.url, stream=True)
                begin = time.perf_counter()
                fill(moto.url, OUR_TABLE, items)
                return [time.perf_counter() - begin]

        samples = in_turns({"ours": ours, "rival": refill}, rounds=3)
    seconds, rival = p50(samples["ours"]), p50(samples["rival"])
    return [
        Result("start with 50,000 assets until Browse shows them", "s", at_most(8), seconds),
        Result(
            "start with 50,000 assets ÷ refilling a stock Moto in batches",
            "s",
            at_most(0.5),
            seconds,
            rival,
        ),
    ]
