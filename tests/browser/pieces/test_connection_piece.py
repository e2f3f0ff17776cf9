"""What a page says and does while the app is away, by itself, its clock in our hands."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pieces.pieces import still_piece

_APP = """() => {
  document.body.insertAdjacentHTML("beforeend", `
    <div class="stApp" data-test-connection-state="CONNECTED" data-test-script-state="notRunning">
      <div class="stMain"><input aria-label="Name" type="text"></div>
    </div>`);
  window.app = document.querySelector(".stApp");
  window.told = [];
  window.hold = (event) => document.dispatchEvent(new CustomEvent("basket-held",
    {detail: {event, value: 1, root: window.app, tell: (event) => window.told.push(event)}}));
}"""
MEMORY = {"tab": "a"}


class Piece:
    """The piece, and the app as it looks from there."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._draw = still_piece(page, "shell/connection/connection.js")
        page.evaluate(_APP)
        self._drawn = 0
        self.is_drawn()

    def __call__(self, connection: str, script: str = "notRunning", seconds: float = 1) -> None:
        """Have the connection and the run be in these states for a while."""
        self._page.evaluate(
            "([one, two]) => Object.assign(app.dataset,"
            " {testConnectionState: one, testScriptState: two})",
            [connection, script],
        )
        self._page.clock.run_for(int(seconds * 1000))

    def is_drawn(self, copy: str = "own", **memory: str) -> None:
        """A run of the app has come to its end."""
        self._drawn += 1
        memory = {**MEMORY, **memory}
        self._draw({"memory": memory, "copy": copy, "drawn": str(self._drawn)})

    def runs(self, copy: str = "own") -> None:
        """The app is back, and draws the page."""
        self("CONNECTED", "running")
        self.is_drawn(copy)


@pytest.fixture
def turn(page: Page) -> Piece:
    return Piece(page)


def said(page: Page) -> str:
    return page.get_by_role("status", include_hidden=True).text_content() or ""


def test_a_moment_s_loss_is_not_worth_a_word(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER", seconds=0.3)
    assert said(page) == ""


def test_it_is_said_that_the_app_is_away_and_that_it_is_back(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    assert said(page) == "Reconnecting… What you typed is kept."
    turn("CONNECTED", seconds=0.2)
    turn("CONNECTED", "running")
    assert said(page) == "Reconnecting… What you typed is kept."
    turn.is_drawn()
    turn("CONNECTED")
    assert said(page) == "We’re back. Nothing was lost."
    expect(page.get_by_role("status")).to_be_visible()
    turn("CONNECTED", seconds=10)
    assert said(page) == ""
    expect(page.get_by_role("status")).to_be_hidden()


@pytest.mark.parametrize("status", [200, 401, 503])
def test_who_is_not_let_in_any_more_is_asked_anew_and_nobody_else(
    page: Page, turn: Piece, status: int
) -> None:
    page.route("**/_stcore/health", lambda route: route.fulfill(status=status))
    with page.expect_response("**/_stcore/health"):
        turn("PINGING_SERVER", seconds=2)
    if status == 401:
        # Drawn anew, the page knows nothing of before.
        page.wait_for_function("window.told === undefined")
    else:
        # It is asked again, by the page as it was.
        with page.expect_response("**/_stcore/health"):
            turn("PINGING_SERVER", seconds=2)
        assert page.evaluate("window.told") == []


def test_a_server_that_is_back_is_noticed_soon_however_long_it_was_away(
    page: Page, turn: Piece
) -> None:
    page.evaluate("window.tried = []; setTimeout(() => tried.push('connected'), 8000)")
    turn("PINGING_SERVER", seconds=0.1)
    page.evaluate("setTimeout(() => tried.push('away'), 8000)")
    turn("PINGING_SERVER")
    assert page.evaluate("tried") == ["away"]


def test_in_another_copy_nobody_is_told_that_nothing_was_lost(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    turn.runs(copy="another")
    turn("CONNECTED")
    assert said(page) == "We’re back."


@pytest.mark.parametrize(
    ("after", "told"),
    [({}, "We’re back."), ({"file": "two.csv"}, "We’re back. Nothing was lost.")],
)
def test_nobody_is_told_that_nothing_was_lost_whose_file_is_gone(
    page: Page, turn: Piece, after: dict[str, str], told: str
) -> None:
    turn.is_drawn(file="two.csv")
    turn("PINGING_SERVER")
    turn("CONNECTED", "running")
    turn.is_drawn(**after)
    turn("CONNECTED")
    assert said(page) == told


def test_a_run_is_asked_for_once_unless_streamlit_has_begun_one(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    turn("CONNECTED", seconds=0.5)
    assert len(page.evaluate("window.sent")) == 1
    turn.runs()
    turn("CONNECTED")
    turn("PINGING_SERVER")
    turn.runs()
    turn("CONNECTED", seconds=5)
    assert len(page.evaluate("window.sent")) == 1


def test_until_it_is_drawn_the_page_is_not_back_and_asks_again(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    page.evaluate("hold('one')")
    # Streamlit may say for a moment that nothing runs before the first run begins.
    turn("CONNECTED", "rerunRequested", seconds=0.2)
    turn("CONNECTED", seconds=3)
    assert page.evaluate("window.told") == []
    assert said(page) == "Reconnecting… What you typed is kept."
    assert len(page.evaluate("window.sent")) > 1
    turn.runs()
    turn("CONNECTED")
    assert page.evaluate("window.told") == ["one"]


def test_a_page_that_cannot_be_drawn_is_not_waited_for_for_ever(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    turn("CONNECTED", seconds=30)
    assert said(page) != "Reconnecting… What you typed is kept."
    assert len(page.evaluate("window.sent")) == 5


def test_who_followed_a_link_meanwhile_is_taken_there(page: Page, turn: Piece) -> None:
    page.evaluate("""() => { window.turned = [];
      addEventListener("popstate", () => window.turned.push(location.pathname)); }""")
    turn("PINGING_SERVER")
    page.evaluate("history.pushState({}, '', '/asset')")
    turn("CONNECTED", seconds=0.5)
    assert page.evaluate("[window.turned, window.sent]") == [["/asset"], []]
    turn.runs()
    turn("CONNECTED")
    assert said(page) == "We’re back. Nothing was lost."


def test_what_the_page_is_in_the_middle_of_is_told_before_the_app_is_back(
    page: Page, turn: Piece
) -> None:
    page.evaluate(
        "document.addEventListener('basket-away', ({detail}) => { window.kept = detail; })"
    )
    turn("PINGING_SERVER")
    assert page.evaluate("window.kept") == MEMORY


def test_what_was_pressed_meanwhile_is_told_once_and_in_its_order(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    page.evaluate("['one', 'two', 'one'].forEach(hold)")
    turn.runs()
    assert page.evaluate("window.told") == []
    turn("CONNECTED", seconds=2)
    assert page.evaluate("window.told") == ["one", "two"]
    assert said(page) == "We’re back. Nothing was lost."


def test_what_cannot_be_told_any_more_is_said(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    page.evaluate(
        "hold('one'); const {parentElement} = app; app.remove();"
        "window.app = app.cloneNode(true); parentElement.append(window.app)"
    )
    turn.runs()
    turn("CONNECTED")
    assert said(page) == "We’re back. What you pressed meanwhile was not sent: press it again."


def test_one_can_go_on_typing_and_no_dialog_lies_over_the_page(page: Page, turn: Piece) -> None:
    turn("PINGING_SERVER")
    page.evaluate("""
      const field = document.querySelector("input");
      field.disabled = true;
      app.insertAdjacentHTML("beforeend",
        `<div role="dialog">Connection error <button aria-label="Close">×</button></div>`);
      app.querySelector("button").onclick = () => app.querySelector("[role=dialog]").remove();
    """)
    page.clock.run_for(500)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not page.evaluate("document.querySelector('input').disabled")


_FIELD = """() => {
  const field = Object.assign(document.createElement("input"), {value: "Gold"});
  field.setAttribute("aria-label", "Name");
  const main = document.createElement("div");
  main.className = "stMain";
  main.append(field);
  document.querySelector(".stMain")?.remove();
  // Beside the body, which shows the piece alone.
  document.documentElement.append(main);
}"""
_DIALOG = """(said) => document.documentElement.insertAdjacentHTML("beforeend", `
  <section role="dialog" tabindex="-1">${said}<input aria-label="Other"></section>`)"""
_DISABLE = "() => { document.querySelector('[aria-label=Name]').disabled = true; }"


@pytest.fixture
def field(page: Page) -> Locator:
    """A field of the page in which somebody types, behind its second letter."""
    page.evaluate(_FIELD)
    field = page.get_by_label("Name")
    field.click()
    field.evaluate("(field) => field.setSelectionRange(2, 2)")
    page.keyboard.type("-")
    return field


def test_who_types_goes_on_when_streamlit_closes_the_field(
    page: Page, turn: Piece, field: Locator
) -> None:
    turn("PINGING_SERVER")
    page.evaluate(_DISABLE)
    page.keyboard.type("+")
    expect(field).to_have_value("Go-+ld")


def test_who_types_goes_on_in_what_is_drawn_anew(page: Page, turn: Piece, field: Locator) -> None:
    turn("PINGING_SERVER")
    page.evaluate(_FIELD)
    turn("CONNECTED", "running")
    page.keyboard.type("+")
    expect(field).to_have_value("Gol+d")


@pytest.mark.parametrize(("said", "led_back"), [("Connection error", True), ("Edit", False)])
def test_a_dialog_is_where_one_types_unless_it_is_streamlit_s_own_word(
    page: Page, turn: Piece, field: Locator, said: str, led_back: bool
) -> None:
    turn("PINGING_SERVER")
    page.evaluate(_DIALOG, said)
    page.get_by_label("Other").focus()
    turn("PINGING_SERVER")
    page.evaluate("() => document.querySelector('[role=dialog]').remove()")
    turn("PINGING_SERVER")
    assert field.evaluate("(field) => field === document.activeElement") is led_back


def test_a_letter_that_meets_streamlit_s_dialog_is_typed_where_one_was(
    page: Page, turn: Piece, field: Locator
) -> None:
    turn("PINGING_SERVER")
    # The clock stands still: nothing but the key itself can lead back.
    page.evaluate(_DIALOG, "Connection error")
    page.get_by_label("Other").focus()
    page.keyboard.type("+")
    expect(field).to_have_value("Go-+ld")


def test_a_field_that_was_closed_before_the_loss_is_told_is_open_at_once(
    page: Page, turn: Piece, field: Locator
) -> None:
    page.evaluate(_DISABLE)
    turn("PINGING_SERVER", seconds=0)
    expect(field).to_be_enabled()
    page.keyboard.type("+")
    expect(field).to_have_value("Go-+ld")


def test_who_has_left_a_field_is_not_led_back_to_it(
    page: Page, turn: Piece, field: Locator
) -> None:
    page.mouse.click(700, 500)
    turn("PINGING_SERVER")
    page.keyboard.type("+")
    turn("CONNECTED", "running")
    page.keyboard.type("+")
    expect(field).to_have_value("Go-ld")
    expect(field).not_to_be_focused()


_TYPE = "(typed) => { document.querySelector('[aria-label=Name]').value = typed; }"
_OTHERS = "() => { document.documentElement.dataset.basketModules = 'others'; window.mark = 1; }"


def test_a_page_whose_app_was_restarted_with_other_modules_is_loaded_anew(
    page: Page, turn: Piece
) -> None:
    page.evaluate(_OTHERS)
    turn.is_drawn()
    page.clock.run_for(100)
    page.wait_for_function("() => window.mark === undefined")


def test_who_is_typing_decides_when_the_page_is_loaded_anew(page: Page, turn: Piece) -> None:
    page.evaluate(_TYPE, "Gold")
    page.evaluate(_OTHERS)
    turn.is_drawn()
    page.clock.run_for(10_000)
    assert said(page) == "There is a new version of this page. Reload it when you are done here."
    assert page.evaluate("window.mark")

    page.evaluate(_TYPE, "")
    page.clock.run_for(100)
    page.wait_for_function("() => window.mark === undefined")


def test_a_page_of_the_same_modules_is_not_loaded_anew(page: Page, turn: Piece) -> None:
    page.evaluate("() => { window.mark = 1; }")
    turn.is_drawn()
    turn("PINGING_SERVER")
    turn.runs()
    turn("CONNECTED", seconds=10)
    assert page.evaluate("window.mark")


_OTHER_RELEASE = """() => {
  window.root = document.body.attachShadow({mode: "open"});
  root.innerHTML = "<div><style></style></div><div class=connection>Reconnecting…</div>";
}"""


def test_what_another_release_has_said_is_taken_away(page: Page) -> None:
    draw = still_piece(page, "shell/connection/connection.js")
    page.evaluate(_APP)
    page.evaluate(_OTHER_RELEASE)
    draw({"memory": MEMORY, "copy": "own", "drawn": "1"})

    shown = "() => Array.from(root.querySelectorAll('.connection'), (strip) => strip.textContent)"
    assert page.evaluate(shown) == [""]
