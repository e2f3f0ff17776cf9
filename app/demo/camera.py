"""Chromium as a camera: pages at rest, as tall as what is on them, the same bytes each time."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    ViewportSize,
    async_playwright,
)

from app.command_line import PYTHON
from app.demo.shots import Place, Scheme, Viewport
from app.settings import passed_on
from app.streamlit_compat import dom
from services.errors import BasketError

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    # What is painted again only in part, or by whichever thread is free, differs by a shade.
    "--disable-partial-raster",
    "--num-raster-threads=1",
    "--disable-skia-runtime-opts",
    "--disable-checker-imaging",
]
_ONLY_OUR_FONTS = {"FONTCONFIG_FILE": str(Path(__file__).parent / "fonts" / "fonts.conf")}
"""What the app's own fonts lack is drawn in fonts that are the same on every machine (Linux)."""
_WAIT_MS = 20_000
_LOOKS = 12
"""So often a page is pictured until two pictures in a row are alike."""
_TALLEST = 15_000
_WIDE: ViewportSize = {"width": 3200, "height": 900}
"""So wide that no link of the navigation is folded away."""
_PAINT_AFRESH = """async () => { const frame = () => new Promise(requestAnimationFrame);
  const style = document.documentElement.style;
  style.visibility = 'hidden'; await frame(); await frame();
  style.visibility = ''; await frame(); await frame(); }"""
_CALM = """*, *::before, *::after { animation: none !important; transition: none !important;
  caret-color: transparent !important; scroll-behavior: auto !important; }"""


class BadPicture(Exception):  # noqa: N818 - says what it is
    """A page that is not as it should be; what is to be seen is in the picture."""


class CameraMissing(BasketError):  # noqa: N818 - says what there is not
    """There is no browser to take pictures with."""


@contextlib.asynccontextmanager
async def camera(*, only_looks: bool = False) -> AsyncIterator[Browser]:
    """The machine's Chromium if it has one, else Playwright's own.

    `only_looks`: no pictures that others are compared with, so rather the one that never had a
    window, which opens a page in half the time.
    """
    async with async_playwright() as playwright:
        names = ("chromium-headless-shell", "chromium") if only_looks else ("chromium",)
        chromium = next(filter(None, map(shutil.which, names)), None)
        try:
            browser = await playwright.chromium.launch(
                executable_path=chromium, args=_FLAGS, env={**passed_on(**_ONLY_OUR_FONTS)}
            )
        except Error as error:
            raise CameraMissing(
                "There is no Chromium that starts. Install one: "
                f"{PYTHON} -m playwright install chromium ({str(error).splitlines()[0]})"
            ) from error
        try:
            yield browser
        finally:
            await browser.close()


@contextlib.asynccontextmanager
async def window(browser: Browser, viewport: Viewport, moment: datetime) -> AsyncIterator[Page]:
    """A window with a profile of its own, whose clock stands still."""
    context = await browser.new_context(
        viewport={"width": viewport.width, "height": viewport.height},
        reduced_motion="reduce",
        is_mobile=viewport.is_phone,
        has_touch=viewport.is_phone,
        locale="en-GB",
        timezone_id="UTC",
    )
    try:
        yield await _page(context, moment)
    finally:
        await context.close()


async def _page(context: BrowserContext, moment: datetime) -> Page:
    context.set_default_timeout(_WAIT_MS)
    page = await context.new_page()
    await page.clock.set_fixed_time(moment)
    return page


async def pages(browser: Browser, url: str) -> list[Place]:
    """Every page that the app's navigation leads to, and the first asset's if there is one."""
    page = await browser.new_page(viewport=_WIDE)
    try:
        await page.goto(url)
        await page.wait_for_function(dom.AT_REST, timeout=_WAIT_MS)
        links = await page.get_by_test_id(dom.NAVIGATION_LINK).evaluate_all(
            "all => all.map(a => a.href)"
        )
    finally:
        await page.close()
    paths = [urlsplit(link).path.strip("/") for link in links]
    return [Place(path or "browse", path) for path in paths]


async def at_rest(page: Page) -> None:
    """Wait until a page shows all that it is going to. Raises what Playwright raises."""
    await page.wait_for_function(dom.AT_REST)


async def visit(page: Page, viewport: Viewport, address: str) -> None:
    """Go to an address and wait until its page is at rest. Raises what Playwright raises."""
    await page.set_viewport_size({"width": viewport.width, "height": viewport.height})
    await page.goto(address)
    await at_rest(page)
    await page.add_style_tag(content=_CALM)


async def take(page: Page, scheme: Scheme) -> bytes:
    """A picture of the whole page, by day or by night. Raises BadPicture, and as `visit` does.

    Loading a page takes longer than anything else, and it looks the same when its colours are
    changed afterwards (compared, Streamlit 1.67).
    """
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    before = b""
    for _ in range(_LOOKS):
        await _grow(page)
        await page.evaluate(_PAINT_AFRESH)
        picture = await page.screenshot(animations="disabled", caret="hide")
        if picture == before:
            await _check(page)
            return picture
        before = picture
        await asyncio.sleep(0.05)
    raise BadPicture("the page does not come to rest")


async def _grow(page: Page) -> None:
    """Make the window as tall as what is on the page: a picture shows what is in the window."""
    size = page.viewport_size
    needed = min(_TALLEST, int(await page.evaluate(dom.HEIGHT)))
    if size and needed > size["height"]:
        await page.set_viewport_size({"width": size["width"], "height": needed})
        await at_rest(page)


async def keep(page: Page, file: Path) -> None:
    """A picture of the page as it is, for whoever looks for what went wrong."""
    with contextlib.suppress(Exception):
        file.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=file, timeout=5_000)


async def _check(page: Page) -> None:
    if await page.get_by_test_id(dom.EXCEPTION).count():
        raise BadPicture("the page shows an error")
    if await page.get_by_role("dialog").get_by_text("Page not found").count():
        raise BadPicture("the app has no such page")
    if await page.locator(dom.DISCONNECTED).count():
        raise BadPicture("the page has lost the app")
