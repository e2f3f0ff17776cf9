"""Chromium and running apps; wherever a page goes in a test, it must not leave this machine."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.bench.browser import chromium
from tests.bench.servers import Site, product
from tests.browser.steps import WAIT_MS, add_by_api, names_of_the_index

NewContext = Callable[..., BrowserContext]

LOOPBACK = {"127.0.0.1", "localhost"}
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    expect.set_options(timeout=WAIT_MS)
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An app with 503 assets: for tests that add to it, but count on nothing except these."""
    with product(tmp_path_factory.mktemp("index") / "data") as site:
        for number, name in enumerate(names_of_the_index()):
            add_by_api(
                site.url,
                name,
                tag=("ISA", "SIPP", "GIA", "Pension", "Cash", "Kids")[number % 6],
                liquidity=("HIGH", "MEDIUM", "LOW")[number % 3],
                currency="USD",
            )
        yield site


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Site]:
    """An app of the test's own, with nothing in it."""
    with product(tmp_path / "data") as site:
        yield site


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Opens browser profiles that know nothing of each other.

    None of their pages may ask anybody but this machine for anything, or fail in its own code.
    """
    opened: list[BrowserContext] = []
    asked: set[str | None] = set()
    broken: list[str] = []

    def open_context(**options: object) -> BrowserContext:
        context = browser.new_context(**({"viewport": DESK} | options))  # type: ignore[arg-type]  # options of all types
        context.set_default_timeout(WAIT_MS)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.on("request", lambda request: asked.add(_host(request.url)))
        context.on("weberror", lambda error: broken.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda ws: asked.add(_host(ws.url))))
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert asked - {None} <= LOOPBACK
    assert not broken


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A tab of a wide window."""
    return new_context().new_page()


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """A tab of a phone."""
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


def _host(url: str) -> str | None:
    """Whom a URL asks; None for one that carries its content itself."""
    return None if re.match("(data|blob|about):", url) else urlsplit(url).hostname
