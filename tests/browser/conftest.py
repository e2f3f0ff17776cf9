"""Chromium and running apps; wherever a page goes in a test, it must not leave this machine."""

import contextlib
import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from app.demo import check, shoot
from app.demo.shots import MOMENT
from app.demo.stage import Stage, stage
from tests.bench.browser import chromium
from tests.bench.processes import wait_until
from tests.bench.seeding import OUR_TABLE, assets, clear, fill, our_item
from tests.bench.servers import Site, patient_product
from tests.browser.steps import WAIT_MS, names_of_the_index, total

NewContext = Callable[..., BrowserContext]

TAGS = ("ISA", "SIPP", "GIA", "Pension", "Cash", "Kids")
LOOPBACK = {"127.0.0.1", "localhost", "basket.localhost"}
"""Browsers look none of these names up."""
_CLIPBOARD = ["clipboard-read", "clipboard-write"]
DESK: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    expect.set_options(timeout=WAIT_MS)
    with chromium(shell=True) as started:
        yield started


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An app with 503 assets: for tests that add to it, but count on nothing except these."""
    with patient_product(tmp_path_factory.mktemp("index") / "data") as site:
        named = zip(assets(len(names_of_the_index())), names_of_the_index(), strict=True)
        items = [
            our_item(asset | _in_the_index(name, number))
            for number, (asset, name) in enumerate(named)
        ]
        fill(site.endpoint, OUR_TABLE, items)
        holds(site, len(items))
        yield site


def _in_the_index(name: str, number: int) -> dict[str, str]:
    profile = ("HIGH", "MEDIUM", "LOW")[number % 3]
    return {"name": name, "tag": TAGS[number % 6], "liquidityProfile": profile, "ccy": "USD"}


@pytest.fixture(scope="session")
def _one_after_the_other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An app for tests that each want it empty; starting one takes longer than most of them."""
    with patient_product(tmp_path_factory.mktemp("empty") / "data") as site:
        yield site


@pytest.fixture
def empty(_one_after_the_other: Site) -> Site:
    """An app that the test has to itself, with nothing in it."""
    site = _one_after_the_other
    clear(site.endpoint, OUR_TABLE)
    holds(site, 0)
    return site


def holds(site: Site, count: int) -> None:
    """Wait until the app knows of so many assets."""
    wait_until(site.process, lambda: total(site.url) == count)


@pytest.fixture(scope="session")
def _starter() -> Iterator[Stage]:
    with stage("starter", MOMENT) as made:
        yield made


@pytest.fixture
def on_a_stage(_starter: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What plays or pictures a script finds an app with the scenario “starter” running already."""
    for module in (check, shoot):
        monkeypatch.setattr(module, "stage", lambda *_: contextlib.nullcontext(_starter))


class Profiles:
    """Browser profiles that know nothing of each other, each forgetting all when a test is over.

    One that has been used has Streamlit's 6 MB of code read and compiled already, so it is used
    again by the next test that wants one of its kind.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, list[BrowserContext]] = {}
        self._used: list[tuple[str, BrowserContext]] = []
        self.asked: set[str | None] = set()
        self.broken: list[str] = []

    def open(self, **options: object) -> BrowserContext:
        """A profile that knows nothing; `options` are Playwright's."""
        options = {"viewport": DESK, "permissions": _CLIPBOARD, **options}
        kind = repr(sorted(options.items()))
        idle = self._idle.setdefault(kind, [])
        context = idle.pop() if idle else self._made(options)
        self._used.append((kind, context))
        return context

    def forget(self) -> None:
        """Close every tab; nothing that a test has done is left."""
        for kind, context in self._used:
            for tab in context.pages:
                tab.close()
            context.set_storage_state({})
            self._idle[kind].append(context)
        self._used.clear()
        self.asked.clear()
        self.broken.clear()

    def _made(self, options: dict[str, object]) -> BrowserContext:
        context = self._browser.new_context(**options)  # type: ignore[arg-type]  # options of all types
        context.set_default_timeout(WAIT_MS)
        context.on("request", lambda request: self.asked.add(_host(request.url)))
        context.on("weberror", lambda error: self.broken.append(str(error.error)))
        context.on(
            "page", lambda page: page.on("websocket", lambda ws: self.asked.add(_host(ws.url)))
        )
        return context


@pytest.fixture(scope="session")
def _profiles(browser: Browser) -> Profiles:
    return Profiles(browser)


@pytest.fixture
def new_context(_profiles: Profiles) -> Iterator[NewContext]:
    """Opens browser profiles that know nothing of each other.

    None of their pages may ask anybody but this machine for anything, or fail in its own code.
    """
    yield _profiles.open
    asked, broken = _profiles.asked - {None}, list(_profiles.broken)
    _profiles.forget()
    assert asked <= LOOPBACK
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
