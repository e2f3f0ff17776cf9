"""Open pages outlive the app: killed, stopped, or out of reach of a phone that slept."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.bench.processes import free_port, spawned, wait_until
from tests.bench.servers import ROOT, Site, get
from tests.browser.conftest import PHONE, NewContext
from tests.browser.sessions.test_questions import ask, asked
from tests.browser.sessions.test_talk import bar, join, said
from tests.browser.sessions.test_together import in_form
from tests.browser.steps import add_by_api, heading, names, open_page, settled, stored


class Home:
    """A data folder and the ports that its app always has, so that links outlive a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port, self._moto = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    @contextlib.contextmanager
    def app(self) -> Iterator[Site]:
        """The app, ready; it knows a page no longer as soon as that has lost its line."""
        environment = {
            "BASKET_PORT": str(self._port),
            "BASKET_DYNAMODB_ENDPOINT": f"http://127.0.0.1:{self._moto}",
            "BASKET_DATA_DIR": str(self._folder / "data"),
            "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "0",
        }
        command = [sys.executable, str(ROOT / "tests" / "patience.py")]
        log = self._folder / "log"
        with spawned("app", command, folder=ROOT, log=log, environment=environment) as process:
            wait_until(process, lambda: get(f"{self.url}/healthz") is not None)
            yield Site(self.url, process)


class Phone:
    """A phone that can fall asleep: its lines are cut, and none comes about until it wakes up."""

    def __init__(self, new_context: NewContext) -> None:
        context = new_context(viewport=PHONE, has_touch=True, is_mobile=True)
        self._sleeps = False
        self._lines: list[WebSocketRoute] = []
        context.route_web_socket("**/*", self._connect)
        self.page = context.new_page()

    @contextlib.contextmanager
    def asleep(self) -> Iterator[None]:
        """Inside the block it sleeps."""
        self._sleeps = True
        while self._lines:
            self._lines.pop().close()
        yield
        self._sleeps = False

    def _connect(self, line: WebSocketRoute) -> None:
        if self._sleeps:
            line.close()
        else:
            self._lines += [line, line.connect_to_server()]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def away(page: Page) -> Locator:
    return page.get_by_role("status").filter(has_text="Reconnecting… What you typed is kept.")


def test_open_pages_go_on_where_they_were_when_the_app_was_away(
    home: Home, page: Page, new_context: NewContext
) -> None:
    sleeper = Phone(new_context)
    phone, browse, form = sleeper.page, new_context().new_page(), page.context.new_page()
    edit, board = page.context.new_page(), page.context.new_page()
    everywhere = (page, phone, browse, form, edit, board)
    comment, answer = phone.get_by_label("Your comment"), browse.get_by_label("Your answer")
    name, changed = (one.get_by_label("Name", exact=True) for one in (form, edit))

    def all_are_cut_off() -> None:
        for one in everywhere:
            expect(away(one)).to_be_visible()

    def all_are_back() -> None:
        for one in everywhere:
            expect(away(one)).to_be_hidden()

    with home.app() as site:
        for asset in ("Gold", "Silver"):
            add_by_api(home.url, asset)
        open_page(page, f"{home.url}/present")
        page.get_by_label("Title").fill("Away")
        page.get_by_role("button", name="Start session").click()
        join(phone, page, "Ada")
        join(browse, page, "Grace")
        ask(page, "What is missing?", "Free text")
        open_page(browse, home.url)
        browse.get_by_role("checkbox", name="Select Gold").check()
        expect(browse.get_by_text("1 selected")).to_be_visible()
        answer.fill("A ch")
        open_page(form, f"{home.url}/add")
        asked(phone).get_by_role("button", name="Not now").tap()
        bar(phone).get_by_role("button", name="Give feedback").tap()
        name.fill("Plat")
        open_page(edit, home.url)
        edit.get_by_role("link", name="Silver").click()
        edit.get_by_role("button", name="Edit").click()
        changed.fill("Sil")
        bar(browse).get_by_role("button", name="Good", exact=True).click()
        open_page(board, f"{home.url}/feedback")
        expect(said(board, "👍")).to_be_visible()
        os.kill(site.process.pid, signal.SIGKILL)
        site.process.popen.wait(20)
        all_are_cut_off()
        comment.fill("Half a thought")
        bar(browse).get_by_role("button", name="Great").click()
        answer.press("End")
        answer.press_sequentially("art")
        # The keyboard is where it was, as if nothing had happened.
        form.keyboard.type("inum")
        changed.press("End")
        changed.press_sequentially("ver 2")
        said(board, "👍").get_by_role("button", name="Agree").click()
        expect(form.get_by_role("dialog", name="Connection error")).to_have_count(0)

    with home.app() as site:
        all_are_back()
        expect(names(browse)).to_have_text(["Silver", "Gold"])
        expect(browse.get_by_role("checkbox", name="Select Gold")).to_be_checked()
        expect(browse.get_by_text("1 selected")).to_be_visible()
        expect(comment).to_have_value("Half a thought")
        expect(answer).to_have_value("A chart")
        expect(answer).to_be_focused()
        expect(name).to_have_value("Platinum")
        expect(name).to_be_focused()
        expect(page.get_by_text("Reaction 2", exact=True)).to_be_visible()
        expect(said(board, "👍").get_by_role("button", name="Agree · 1")).to_be_visible()
        expect(changed).to_have_value("Silver 2")
        edit.get_by_role("button", name="Save").click()
        expect(heading(edit, "Silver 2")).to_be_visible()
        edit.get_by_role("link", name="All assets").click()
        expect(names(edit)).to_have_text(["Silver 2", "Gold"])
        os.kill(site.process.pid, signal.SIGINT)
        site.process.popen.wait(20)
        all_are_cut_off()
        answer.press("Enter")
        edit.get_by_role("link", name="Gold").click()

    with home.app():
        all_are_back()
        expect(heading(edit, "Gold")).to_be_visible()
        expect(page.get_by_text("1 of 2 here have answered")).to_be_visible()
        expect(page.get_by_role("list", name="Answers").first).to_contain_text("A chart")
        with sleeper.asleep():
            expect(away(phone)).to_be_visible()
            add_by_api(home.url, "Copper")
            phone.get_by_role("button", name="Send").tap()
        expect(away(phone)).to_be_hidden()
        expect(page.get_by_text("Idea 1", exact=True)).to_be_visible()
        expect(names(browse)).to_have_text(["Copper", "Silver 2", "Gold"])
        expect(name).to_have_value("Platinum")
        _finish(form)
        expect(names(browse)).to_have_text(["Platinum", "Copper", "Silver 2", "Gold"])
        assert len(stored(home.url)) == 4


def test_what_is_open_and_not_begun_yet_is_there_again_or_said_to_be_gone(
    home: Home, page: Page, new_context: NewContext
) -> None:
    bringing = page.context.new_page()
    with home.app() as site:
        add_by_api(home.url, "Gold")
        open_page(page, home.url)
        page.get_by_role("checkbox", name="Select Gold").check()
        page.get_by_role("button", name="Edit a field").click()
        in_form(page, "Field", "Currency")
        in_form(page, "Currency", "CHF")
        expect(page.get_by_text("1 asset gets Currency = CHF.")).to_be_visible()
        open_page(bringing, f"{home.url}/import")
        file = {"name": "two.csv", "mimeType": "text/csv", "buffer": b"name,tag\nA,ISA\n"}
        bringing.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        expect(bringing.get_by_text("two.csv: 1 rows")).to_be_visible()
        os.kill(site.process.pid, signal.SIGKILL)
        site.process.popen.wait(20)
        for one in (page, bringing):
            expect(away(one)).to_be_visible()

    with home.app():
        expect(page.get_by_text("1 asset gets Currency = CHF.")).to_be_visible()
        page.get_by_role("button", name="Change 1 asset").click()
        expect(page.get_by_text("1 asset is changed")).to_be_visible()
        assert [one["ccy"] for one in stored(home.url)] == ["CHF"]
        gone = "two.csv has to be given once more: the app was restarted."
        expect(bringing.get_by_role("alert")).to_contain_text(gone)
        bringing.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        expect(bringing.get_by_text("two.csv: 1 rows")).to_be_visible()


def _finish(form: Page) -> None:
    """Save what was begun before the app was away twice."""
    form.get_by_role("combobox", name="Tag").fill("ISA")
    form.keyboard.press("Enter")
    form.get_by_role("radio", name="High").click()
    form.get_by_role("combobox", name="Currency").fill("GBP")
    form.keyboard.press("Enter")
    form.get_by_role("button", name="Add asset").click()
    expect(form.get_by_text("Added to the basket.")).to_be_visible()
    expect(heading(form, "Platinum")).to_be_visible()
    settled(form)
