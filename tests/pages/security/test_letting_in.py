"""Beyond this machine: who comes in, as what, and what that allows; asked as a browser asks."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from inspect import signature
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.api.routes import Api
from app.features.browse.bulk import form as bulk_form
from app.features.browse.table import selection
from app.features.feedback.board.commands import command_of
from app.security import authentication, tokens
from app.security.authentication import PASS_COOKIE, AuthenticationMiddleware
from app.security.requests import ROLE_HEADER
from app.settings import ROOT, Settings
from app.shell import state
from services.errors import NotAllowed
from services.model.session import new_code
from tests.fakes.talk import given
from tests.pages.conftest import BIN, BROWSE, Store, Visit

KEY, TOKEN = "a presenter's key", "a token for programs"
CARD = {"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}
HTML = {"accept": "text/html"}


@pytest.fixture
def abroad(store: Store, tmp_path: Path) -> Iterator[Store]:
    """The app, served beyond this machine."""
    settings = Settings(host="0.0.0.0", data_dir=tmp_path, presenter_key=KEY, api_token=TOKEN)
    store.basket = replace(store.basket, settings=settings)
    yield store
    tokens._keys_of.cache_clear()


@pytest.fixture
def code(abroad: Store) -> str:
    """The code of the live session."""
    return abroad.basket.sessions.start(
        "Review", "", by="Ada", code=new_code(), role="presenter"
    ).code


def _page(request: Request) -> JSONResponse:
    return JSONResponse({"role": request.headers.get(ROLE_HEADER)})


async def _talk(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(str(websocket.headers.get(ROLE_HEADER)))
    await websocket.close()


@pytest.fixture
def visitor(abroad: Store) -> Callable[[], TestClient]:
    """A new browser each time."""
    routes = [
        Mount("/asset", app=Api(abroad.application.services)),
        WebSocketRoute("/_stcore/stream", _talk),
    ]
    routes += [Route(path, _page) for path in ("/", "/add", "/join", "/report", "/healthz")]
    middleware = Middleware(
        AuthenticationMiddleware,
        settings=lambda: abroad.basket.settings,
        sessions=lambda: abroad.basket.sessions,
        kept={"report", "healthz"},
    )
    app = Starlette(routes=routes, middleware=[middleware])
    return lambda: TestClient(app, base_url="http://demo.example", follow_redirects=False)


def enter(browser: TestClient, key: str, to: str = "/") -> int:
    return browser.post("/enter", data={"key": key, "to": to}).status_code


@pytest.mark.parametrize("path", ["/", "/add", "/report?session=OPEN", "/healthz", "/asset/"])
def test_a_stranger_is_asked_for_a_code_on_every_path(
    visitor: Callable[[], TestClient], path: str
) -> None:
    asked = visitor().get(path, headers=HTML)

    assert asked.status_code == 401
    assert "Session code" in asked.text
    assert visitor().post("/asset/", json=CARD).status_code == 401
    with pytest.raises(WebSocketDisconnect), visitor().websocket_connect("/_stcore/stream"):
        pass


def test_the_link_of_a_live_session_lets_a_guest_in(
    visitor: Callable[[], TestClient], code: str
) -> None:
    browser = visitor()
    came = browser.get("/join", params={"code": code.lower().replace("-", " ")}, headers=HTML)

    assert came.status_code == 303
    assert came.headers["location"] == f"/join?code={code}"
    assert "httponly" in came.headers["set-cookie"].lower()
    assert browser.get("/add").json() == {"role": "guest"}
    shown = {"cookie": f"{PASS_COOKIE}={browser.cookies[PASS_COOKIE]}"}
    with browser.websocket_connect("/_stcore/stream", headers=shown) as talk:
        assert talk.receive_text() == "guest"


def test_a_closed_session_lets_nobody_in(
    visitor: Callable[[], TestClient], abroad: Store, code: str
) -> None:
    abroad.basket.sessions.close(code, by="Ada", role="presenter")

    assert enter(visitor(), code) == 403
    assert visitor().get("/join", params={"code": code}, headers=HTML).status_code == 403


def test_a_guest_reads_assets_but_neither_writes_by_program_nor_takes_the_report(
    visitor: Callable[[], TestClient], code: str
) -> None:
    browser = visitor()
    assert enter(browser, code) == 303

    assert browser.get("/asset/").status_code == 200
    assert browser.post("/asset/", json=CARD).status_code == 403
    assert browser.delete("/asset/some").status_code == 403
    assert browser.get("/report").status_code == 403
    assert browser.get("/healthz").status_code == 403


@pytest.mark.parametrize(
    ("to", "leads"),
    [
        ("/", "/join?code={code}"),
        ("/?tour=first-asset", "/join?code={code}&to=%2F%3Ftour%3Dfirst-asset"),
        ("//evil", "/join?code={code}"),
        ("/join?code=AAA-AAA", "/join?code={code}"),
    ],
)
def test_a_typed_code_leads_to_where_a_name_is_asked_and_on_from_there(
    visitor: Callable[[], TestClient], code: str, to: str, leads: str
) -> None:
    typed = {"key": code.lower().replace("-", " "), "to": to}
    answer = visitor().post("/enter", data=typed, follow_redirects=False)
    assert answer.headers["location"] == leads.format(code=code)
    answer = visitor().post("/enter", data={"key": KEY, "to": "/add"}, follow_redirects=False)
    assert answer.headers["location"] == "/add"


def test_the_presenters_key_opens_everything(visitor: Callable[[], TestClient]) -> None:
    browser = visitor()
    assert enter(browser, KEY) == 303

    assert browser.get("/report").json() == {"role": "presenter"}
    assert browser.post("/asset/", json=CARD).status_code == 201


def test_a_program_sends_its_token(visitor: Callable[[], TestClient]) -> None:
    sent = {"Authorization": f"Bearer {TOKEN}"}

    assert visitor().post("/asset/", json=CARD, headers=sent).status_code == 201
    assert visitor().get("/asset/", headers={"Authorization": "Bearer x"}).status_code == 401


def test_guessing_codes_is_answered_ever_more_slowly_and_the_right_one_at_once(
    visitor: Callable[[], TestClient], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[float] = []

    async def hold(seconds: float) -> None:
        held.append(seconds)

    monkeypatch.setattr(authentication, "_hold", hold)
    browser = visitor()
    answers = [enter(browser, f"AAA-AA{number}") for number in range(2, 9)]

    assert answers == [403] * 7
    assert held == [1, 2]
    assert enter(browser, code) == 303
    assert held == [1, 2]


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "//[evil",
    ],
)
def test_the_door_leads_nowhere_else(visitor: Callable[[], TestClient], to: str) -> None:
    came = visitor().post("/enter", data={"key": KEY, "to": to})

    assert came.headers["location"] == "/"


def test_a_made_up_pass_is_none(visitor: Callable[[], TestClient]) -> None:
    browser = visitor()
    browser.cookies.set(PASS_COOKIE, "presenter.99999999999.0000")

    assert browser.get("/", headers=HTML).status_code == 401


def test_the_presenters_pages_ask_a_guest_for_the_key(abroad: Store, visit: Visit) -> None:
    pages = [page for page in (ROOT / "pages").glob("*.py") if _checks(ast.parse(page.read_text()))]
    assert {page.stem for page in pages} >= {"model", "present", "scenarios"}
    for page in pages:
        app = visit(BROWSE)
        # What somebody else's click would have left in the state of the page.
        app.session_state[state.SCENARIO] = "empty"
        app.session_state[state.CONSIDERED] = "remove"
        app.switch_page(str(page)).run()

        assert "This is for whoever presents." in "".join(part.value for part in app.html), page
        assert not app.button, page
        assert not app.exception, page


def test_a_guest_is_shown_no_page_of_the_presenters_and_no_way_to_delete_for_good(
    abroad: Store, visit: Visit
) -> None:
    (asset,) = abroad.fill(["Gold"])
    abroad.service.bin(asset.identifier, by="Ada")
    app = visit(BIN)
    app.session_state[state.PICKED] = {"bin": selection._Selection({asset.identifier: None})}
    chosen = {asset.identifier: asset.version + 1}
    app.session_state[state.BULK_FORM] = bulk_form._Form("erase", chosen)
    app.run()
    assert "Restore" in [button.label for button in app.button]
    (erase,) = [button for button in app.button if button.label == "Delete for good"]
    erase.click().run()

    assert "This is for whoever presents." in "".join(part.value for part in app.html)
    assert [kept.identifier for kept in abroad.assets] == [asset.identifier]


@pytest.mark.parametrize(
    "told",
    [{"do": "triage", "status": "done"}, {"do": "merge", "into": ""}],
    ids=["answer", "merge"],
)
def test_what_a_guest_has_the_board_send_is_refused(
    abroad: Store, code: str, told: dict[str, str]
) -> None:
    feedback = abroad.basket.feedback
    feedback.give(code, given("Colour"), person="ada", by="Ada")
    (one,) = feedback.all()
    command = command_of({"session": code, "id": one.identifier, **told})

    assert command is not None
    with pytest.raises(NotAllowed):
        command.execute(feedback, "eve", "Eve", "guest")
    assert feedback.all() == (one,)


def _checks(tree: ast.AST) -> bool:
    """Whether it asks for a presenter."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(getattr(called, "id", "") == "check_presenter" for called in calls)


def presenters_deeds() -> list[tuple[str, str]]:
    """Class and method of all that is the presenter's, as the services say it."""
    return [
        (kind.name, method.name)
        for file in (ROOT / "services").rglob("*.py")
        for kind in ast.walk(ast.parse(file.read_text()))
        if isinstance(kind, ast.ClassDef)
        for method in kind.body
        if isinstance(method, ast.FunctionDef)
        and (_checks(method) or "NotAllowed" in (ast.get_docstring(method) or ""))
    ]


@pytest.mark.parametrize(("kind", "name"), presenters_deeds(), ids=".".join)
def test_what_a_presenter_does_is_refused_to_a_guest_before_anything_else(
    abroad: Store, kind: str, name: str
) -> None:
    services = (getattr(abroad.basket, field.name) for field in fields(abroad.basket))
    (service,) = [service for service in services if type(service).__name__ == kind]
    deed = getattr(service, name)
    needed = [one for one in signature(deed).parameters.values() if one.default is one.empty]
    anything = {one.name: _Untouchable() for one in needed}
    if (kind, name) in UNDER_CONDITIONS:
        return
    with pytest.raises(NotAllowed):
        deed(**anything)


UNDER_CONDITIONS = {("BulkService", "go_on")}
"""Asked for a presenter only at times; tests/unit/bulk/test_erasing.py tells when."""


class _Untouchable:
    """Fails whoever does anything with it."""

    def __getattribute__(self, name: str) -> object:
        raise AssertionError(f"{name} was asked for before it was known who asks")
