"""Chromium, and a stopwatch that runs inside the page."""

import contextlib
import shutil
from collections.abc import Iterator

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.bench.protocol import PageError

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_ONE_PROCESS = ["--renderer-process-limit=1", "--disable-site-isolation-trials"]
"""A process for each page costs a fifth of what a page costs."""
WAIT_MS = 60_000.0

# Whether a short text of the page, by itself, matches the pattern; and whether each row of its
# HTML table, if a text for that is given, has the text in it. A table may be in a shadow root.
_SHOWN = """
  const roots = () => [document, ...Array.from(
    document.querySelectorAll("*"), element => element.shadowRoot).filter(Boolean)];
  const all = selector => roots().flatMap(root => Array.from(root.querySelectorAll(selector)));
  const shown = (pattern, inRows) =>
    all("p, span, caption, small").some(element => pattern.test(element.textContent.trim()))
    && (!inRows || all("tbody tr").every(row => row.textContent.includes(inRows)));
"""
# Milliseconds from the next press of a button until the page shows the text. Looks at each
# change of the document, so the resolution is the change itself and not a poll's interval.
_STOPWATCH = f"""([source, inRows, limit]) => {{{_SHOWN}
  const pattern = new RegExp(source);
  window.benchStopwatch = new Promise((resolve, reject) => {{
    let pressed = null;
    document.addEventListener(
      "pointerdown", event => {{ pressed = event.timeStamp; }}, {{capture: true, once: true}});
    const observer = new MutationObserver(() => {{
      if (pressed === null || !shown(pattern, inRows)) return;
      observer.disconnect();
      resolve(performance.now() - pressed);
    }});
    for (const root of roots()) observer.observe(
      root, {{subtree: true, childList: true, characterData: true, attributes: true}});
    setTimeout(() => reject(new Error("the page never showed " + source)), limit);
  }});
}}"""


@contextlib.contextmanager
def chromium(*, shell: bool = False) -> Iterator[Browser]:
    """The machine's Chromium if it has one, else Playwright's own.

    `shell`: rather the one that never had a window, which opens a page in half the time; a person
    waits for the other.
    """
    names = ("chromium-headless-shell", "chromium") if shell else ("chromium",)
    program = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        flags = FLAGS + _ONE_PROCESS if shell else FLAGS
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        try:
            yield browser
        finally:
            browser.close()


def count_pattern(count: int) -> str:
    """What all pages write beside a table of so many assets: “71 assets”, “1–25 of 71 assets”."""
    return rf"^([\d,]+–[\d,]+ of )?{count:,} assets?$"


def press(page: Page, target: Locator, pattern: str, in_rows: str = "") -> float:
    """Press the target; milliseconds until the page shows a text that matches the pattern.

    With `in_rows`, each row of the page's HTML table must contain that text as well.
    """
    page.evaluate(_STOPWATCH, [pattern, in_rows, WAIT_MS])
    target.click()
    return float(page.evaluate("window.benchStopwatch"))


def wait_for_text(page: Page, pattern: str) -> None:
    """Wait until the page shows a text that matches the pattern, looking at every frame."""
    page.wait_for_function(
        f"""source => {{{_SHOWN} return shown(new RegExp(source))
          || document.querySelector('[data-testid="stException"]'); }}""",
        arg=pattern,
        polling="raf",
        timeout=WAIT_MS,
    )
    # The script may have failed instead: say so at once.
    if (failure := page.get_by_test_id("stException")).count():
        raise PageError(failure.first.inner_text())
