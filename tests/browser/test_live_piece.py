"""The piece of page that listens for changes, by itself."""

from playwright.sync_api import Page, WebSocketRoute

from tests.browser.pieces import piece


def _tell_news(line: WebSocketRoute) -> None:
    line.send('{"basket": "2", "leading": {}}')


def test_news_arrive_although_streamlit_does_not_tell_when_it_is_at_work(page: Page) -> None:
    page.route_web_socket("**/live?*", _tell_news)
    listens = piece(page, "live")

    listens({"marks": {"basket": "1"}, "tab": "one", "copy": ""})

    page.wait_for_function("window.sent.length")
    assert page.evaluate("window.sent")[0]["basket"] == "2"
