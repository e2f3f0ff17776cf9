"""The piece of page that listens for changes, by itself."""

import pytest
from playwright.sync_api import Page, WebSocketRoute

from tests.browser.pieces.pieces import Draw, piece


def _tell_news(line: WebSocketRoute) -> None:
    line.send('{"basket": "2", "model": "1", "leading": {}}')


def test_news_arrive_although_streamlit_does_not_tell_when_it_is_at_work(page: Page) -> None:
    page.route_web_socket("**/live?*", _tell_news)
    listens = piece(page, "shell/connection/updates.js")

    listens({"marks": {"basket": "1"}, "tab": "one", "copy": ""})

    page.wait_for_function("window.sent.length")
    assert page.evaluate("window.sent")[0]["basket"] == "2"


@pytest.fixture
def told(page: Page) -> Draw:
    """The piece, once it has told the app of news; its clock goes as fast as a test wants."""
    page.route_web_socket("**/live?*", _tell_news)
    page.clock.install()
    listens = piece(page, "shell/connection/updates.js")
    listens({"marks": {"basket": "1"}, "tab": "one", "copy": ""})
    page.wait_for_function("window.sent.length")
    return listens


@pytest.mark.usefixtures("told")
def test_news_that_nobody_heard_are_told_again_but_not_for_ever(page: Page) -> None:
    page.clock.run_for(60_000)
    assert len(page.evaluate("window.sent")) == 3


def test_news_that_were_heard_are_told_once(page: Page, told: Draw) -> None:
    told({"marks": {"basket": "2"}, "tab": "one", "copy": ""})

    page.clock.run_for(60_000)
    assert len(page.evaluate("window.sent")) == 1


def test_news_that_came_while_a_page_was_on_its_way_are_news_for_it(page: Page) -> None:
    page.route_web_socket("**/live?*", _tell_news)
    listens = piece(page, "shell/connection/updates.js")
    page.evaluate(
        "() => { window.heard = new Promise((done) =>"
        " document.addEventListener('basket-told', done, {once: true})); }"
    )
    listens({"marks": {"model": "1"}, "tab": "one", "copy": ""})
    page.evaluate("window.heard.then(() => 1)")

    page.evaluate("""window.module.default({
      parentElement: document.body.appendChild(document.createElement("div")),
      data: {marks: {basket: "1"}, tab: "one", copy: ""},
      setTriggerValue: (_, value) => window.sent.push(value)})""")

    page.wait_for_function("window.sent.some((one) => one.basket === '2')")
