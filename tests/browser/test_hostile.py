"""Whatever text somebody gives an asset, everybody sees exactly that text, and nothing else."""

import threading
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from tests.bench.servers import Site
from tests.browser.steps import (
    add_by_api,
    fill_in,
    names,
    open_page,
    rows,
    search,
    settled,
    submit,
    success,
)

TEXTS = {
    "script": "<script>window.hostile = true</script>",
    "handler": '<img src=x onerror="window.hostile = true">',
    "far image": '<img src="http://example.invalid/a.png">',
    "markdown image": "![](http://example.invalid/pixel.png)",
    "markdown link": "[click](javascript:window.hostile=true)",
    "shortcode": ":smile: :red[warning] :material/delete:",
    "formula": "costs $x$ and $$y^2$$",
    "emphasis": "**bold** _it_ `code` # heading",
    "right to left": "שלום abc مرحبا",
    "overridden": "\u202egnp.exe\u202c",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 🧺",
    "longest": "W" * 120,
    "template": "${7*7} {{7*7}} %s {0}",
    "entity": "&lt;b&gt; &amp; \"quoted\" 'text'",
}


LONGEST = 120
"""Characters of a name."""


def together(texts: Iterable[str]) -> list[str]:
    """The texts in as few names as hold them."""
    found = [""]
    for text in texts:
        if len(found[-1]) + len(text) < LONGEST:
            found[-1] = f"{found[-1]} {text}".strip()
        else:
            found.append(text)
    return found


@pytest.fixture(scope="module")
def identifiers(index: Site) -> dict[str, str]:
    """By text: the asset that has it as its name and, as far as it fits, as its tag."""
    return {
        text: add_by_api(index.url, text, tag=text[:60], currency="XTS") for text in TEXTS.values()
    }


def test_the_table_shows_every_name_and_tag_exactly_as_typed(
    index: Site, page: Page, identifiers: dict[str, str]
) -> None:
    open_page(page, f"{index.url}/?ccy=XTS")
    expect(rows(page)).to_have_count(len(TEXTS))
    for text, identifier in identifiers.items():
        row = rows(page).filter(has=page.locator(f'a[href="asset?id={identifier}"]'))
        assert row.get_by_role("link").inner_text() == text
        assert row.locator("td[data-label=Tag]").inner_text() == text[:60].strip()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.hostile") is None


def test_an_assets_own_page_shows_its_name_exactly_as_typed(index: Site, page: Page) -> None:
    texts = together(TEXTS.values())
    added = {text: add_by_api(index.url, text, currency="XDR") for text in texts}
    open_page(page, f"{index.url}/?ccy=XDR")
    for text, identifier in added.items():
        page.locator(f'a[href="asset?id={identifier}"]').click()
        expect(page.get_by_text(identifier, exact=True)).to_be_visible()
        assert page.locator(".st-key-facts dd").first.inner_text() == text
        assert page.get_by_role("heading", level=1).first.inner_text() == text
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("window.hostile") is None
        page.get_by_role("link", name="All assets").click()


def test_hostile_text_typed_by_hand_and_put_into_the_address_stays_text(
    index: Site, page: Page
) -> None:
    script = TEXTS["handler"]
    open_page(page, f"{index.url}/add")
    fill_in(page, script, script, "High", "CHF")
    submit(page).click()
    expect(success(page)).to_be_visible()
    expect(page.locator(".st-key-facts dd").first).to_have_text(script)
    page.get_by_role("button", name="See all assets").click()
    search(page, f"CHF {script}")
    expect(names(page).first).to_have_text(script)
    page.get_by_role("button", name=f"Tag {script}").click()
    page.reload()
    expect(names(page)).to_have_text([script])
    assert page.evaluate("window.hostile") is None


class _Stranger(BaseHTTPRequestHandler):
    """A page of somebody else's."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>stranger</title>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def stranger() -> Iterator[str]:
    """Another site: to a browser, "localhost" is one if the app is at 127.0.0.1."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Stranger) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}/"
        server.shutdown()


def test_a_page_of_another_site_can_neither_frame_the_app_nor_add_to_it(
    index: Site, page: Page, stranger: str
) -> None:
    page.goto(stranger)
    page.evaluate(
        """url => new Promise(done => {
          const frame = document.createElement("iframe");
          Object.assign(frame, {src: url, onload: done});
          document.body.append(frame);
        })""",
        index.url,
    )
    assert page.frames[1].query_selector("#root") is None
    with page.expect_response(f"{index.url}/asset/") as answer:
        page.evaluate(
            """url => fetch(url, {method: "POST", mode: "no-cors", body: "{}"}).catch(String)""",
            f"{index.url}/asset/",
        )
    assert answer.value.status == 403
