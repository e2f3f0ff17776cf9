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
from tests.bench.servers import Site, get, patient_product
from tests.browser.steps import WAIT_MS, names_of_the_index, total

NewContext = Callable[..., BrowserContext]

TAGS = ("ISA", "SIPP", "GIA", "Pension", "Cash", "Kids")
LOOPBACK = {"127.0.0.1", "localhost", "basket.localhost"}
"""Browsers look none of these names up."""
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
    # A test may have killed its Moto: whoever asks has it started again.
    wait_until(site.process, lambda: get(f"{site.url}/asset/?limit=1") is not None)
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


@pytest.fixture
def failures() -> list[str]:
    """What has failed in a page's own code; a test that wants a failure takes it out."""
    return []


@pytest.fixture
def new_context(browser: Browser, failures: list[str]) -> Iterator[NewContext]:
    """Opens browser profiles that know nothing of each other.

    None of their pages may ask anybody but this machine for anything, or fail in its own code.
    """
    opened: list[BrowserContext] = []
    asked: set[str | None] = set()

    def open_context(**options: object) -> BrowserContext:
        context = browser.new_context(**({"viewport": DESK} | options))  # type: ignore[arg-type]  # options of all types
        context.set_default_timeout(WAIT_MS)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.on("request", lambda request: asked.add(_host(request.url)))
        context.on("weberror", lambda error: failures.append(str(error.error)))
        context.on("console", lambda line: _note_failure(line.text, failures))
        context.on("page", lambda page: page.on("websocket", lambda ws: asked.add(_host(ws.url))))
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert asked - {None} <= LOOPBACK
    assert not failures


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A tab of a wide window."""
    return new_context().new_page()


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """A tab of a phone."""
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


def _note_failure(said: str, broken: list[str]) -> None:
    """What our own pieces of page catch themselves."""
    if said.startswith("A part of the page failed"):
        broken.append(said)


def _host(url: str) -> str | None:
    """Whom a URL asks; None for one that carries its content itself."""
    return None if re.match("(data|blob|about):", url) else urlsplit(url).hostname
