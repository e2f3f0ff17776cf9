"""Beyond this machine: what a stranger, a guest and a presenter reach, on every route there is."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import serving
from app.bootstrap import Application
from app.security import authentication, revocation, tokens
from app.security import oidc as signin
from app.security.authentication import PASS_COOKIE
from app.security.requests import ROLE_HEADER
from app.security.tokens import PASS_SECONDS, keys_of
from app.settings import Settings
from services.access import Role
from services.errors import StoreUnavailable
from services.model.session import new_code
from tests.pages.conftest import Store
from tests.routes import Place, places

KEY, TOKEN = "a presenter's key", "a token for programs"
LAN = "192.168.1.7"
BEARER = {"authorization": f"Bearer {TOKEN}"}
Headers = dict[str, str]


@dataclass
class Heard:
    """What came back from the middleware, and who the app behind took the visitor for."""

    messages: list[Message] = field(default_factory=list)
    reached: bool = False
    role: str | None = None

    @property
    def status(self) -> int:
        return int(self.messages[0].get("status", 0))

    @property
    def headers(self) -> Headers:
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def body(self) -> str:
        return bytes(self.messages[-1].get("body", b"")).decode()


class House:
    """The app's own middleware before an app that only notes who comes."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.heard = Heard()
        self.middleware: ASGIApp = self._inside
        for stands in reversed(serving.middleware(application)):
            self.middleware = _before(stands, self.middleware)

    def shown(self, role: Role, now: float | None = None) -> Headers:
        """The cookie of somebody who was let in."""
        keys = keys_of(self.application.services().settings)
        told = keys.pass_for(role, time.time() if now is None else now)
        return {"cookie": f"{PASS_COOKIE}={told}"}

    def knock(
        self,
        place: Place,
        headers: Headers | None = None,
        *,
        query: str = "",
        body: bytes = b"",
        server: str = LAN,
        client: str = "192.168.1.9",
        scheme: str = "http",
    ) -> Heard:
        """One request, as uvicorn hands it over."""
        sent = {"host": f"{server}:8000", **(headers or {})}
        scope = {
            "type": place.kind,
            "scheme": scheme,
            "method": place.method,
            "path": place.path,
            "query_string": query.encode(),
            "server": (server, 8000),
            "client": (client, 5000),
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        }
        self.heard = heard = Heard()

        async def receive() -> Message:
            return {"type": "http.request", "body": body}

        async def send(message: Message) -> None:
            heard.messages.append(message)

        asyncio.run(_call(self.middleware, scope, receive, send))
        return heard

    async def _inside(self, scope: Scope, _: Receive, send: Send) -> None:
        told = dict(scope["headers"]).get(ROLE_HEADER.encode())
        self.heard.reached = True
        self.heard.role = told.decode() if told else None
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "websocket.accept"})


def _authentication(house: House) -> Middleware:
    stand = serving.middleware(house.application)
    (found,) = (one for one in stand if "sessions" in one.kwargs)
    return found


def _before(stands: Middleware, app: ASGIApp) -> ASGIApp:
    made: ASGIApp = stands.cls(app, *stands.args, **stands.kwargs)
    return made


async def _call(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)


def served(store: Store, folder: Path, **other: object) -> Settings:
    """Serve the store with these settings."""
    given = {"host": "0.0.0.0", "data_dir": folder, "presenter_key": KEY, "api_token": TOKEN}
    settings = Settings.model_validate(given | other)
    store.basket = replace(store.basket, settings=settings)
    return settings


@pytest.fixture
def house(store: Store, tmp_path: Path) -> Iterator[House]:
    served(store, tmp_path)
    yield House(store.application)
    tokens._keys_of.cache_clear()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long the answers were held back, which nobody waits for here."""
    seconds: list[float] = []

    async def hold(wait: float) -> None:
        seconds.append(wait)

    monkeypatch.setattr(authentication, "_hold", hold)
    return seconds


@pytest.fixture
def code(store: Store, house: House) -> str:
    return store.basket.sessions.start(
        "Review", "", by="Ada", code=new_code(), role="presenter"
    ).code


HOME = Place("http", "/", "GET")
STREAM = Place("websocket", "/_stcore/stream", "GET")
ADD = Place("http", "/asset/", "POST")
KEPT = ("/healthz", "/report", "/_stcore/metrics", "/_stcore/agent/")
STREAMLITS = {"", "_stcore", "auth", "component", "media", "oauth2callback"}
LEAVE = Place("http", "/leave", "GET")
ENTER = Place("http", "/enter", "POST")
JOIN = Place("http", "/join", "GET")


def test_a_stranger_reaches_no_route_and_a_presenter_each(house: House) -> None:
    for place in places():
        asked = house.knock(place)
        assert not asked.reached, place
        assert asked.status in (0, 401), place
        assert house.knock(place, house.shown("presenter")).role == "presenter", place
        assert house.knock(place, BEARER).role == "presenter", place


def test_a_guest_reaches_pages_and_reads_assets(house: House) -> None:
    for place in places():
        writes = place.path.startswith("/asset") and place.method not in ("GET", "HEAD", "OPTIONS")
        heard = house.knock(place, house.shown("guest"))
        assert heard.reached == (not writes and not place.path.startswith(KEPT)), place
        if not heard.reached:
            assert heard.status == 403, place
        elif place.kind == "http":
            assert heard.role == "guest", place


def test_a_new_route_is_the_presenters_until_it_is_said_that_it_is_not(house: House) -> None:
    own = {place.path.split("/")[1] for place in places()} - STREAMLITS

    assert own == {"healthz", "report", "live", "asset", "browser", "pictures"}
    assert _authentication(house).kwargs["kept"] == {"healthz", "report"}


@pytest.mark.parametrize(
    "path",
    ["/report", "/report/", "/report/../report", "/healthz", "/asset/../report", "/asset//import"],
)
def test_no_spelling_of_a_path_makes_a_guest_a_presenter(house: House, path: str) -> None:
    assert not house.knock(Place("http", path, "POST"), house.shown("guest")).reached


def test_the_lifespan_passes_without_a_pass(house: House) -> None:
    reached = []

    async def app(scope: Scope, *_: object) -> None:
        reached.append(scope["type"])

    async def nothing(*_: object) -> Any:
        raise AssertionError

    asyncio.run(
        _call(
            _before(_authentication(house), app),
            {"type": "lifespan"},
            nothing,
            nothing,
        )
    )

    assert reached == ["lifespan"]


def test_nobody_says_himself_who_he_is(house: House) -> None:
    claims = {ROLE_HEADER: "presenter"}

    assert not house.knock(HOME, claims).reached
    assert house.knock(HOME, house.shown("guest") | claims).role == "guest"
    assert house.knock(STREAM, house.shown("guest") | claims).role == "guest"


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host"])
def test_whoever_comes_through_a_proxy_is_not_at_home(
    store: Store, house: House, tmp_path: Path, name: str
) -> None:
    served(store, tmp_path, host="127.0.0.1")

    assert house.knock(HOME, server="127.0.0.1").role == "presenter"
    assert not house.knock(HOME, {name: "10.0.0.1"}, server="127.0.0.1").reached
    assert not house.knock(HOME, server=LAN).reached


def test_no_key_opens_the_door_from_an_address(house: House, code: str) -> None:
    refused = house.knock(JOIN, {"accept": "text/html"}, query="code=a+presenter%27s+key")
    came = house.knock(JOIN, {"accept": "text/html"}, query=f"code={code}")

    assert refused.status == 403
    assert "set-cookie" not in refused.headers
    assert KEY not in refused.body
    assert (came.status, came.headers["location"]) == (303, f"/join?code={code}")
    assert house.knock(HOME, {"cookie": came.headers["set-cookie"].split(";")[0]}).role == "guest"


def test_a_pass_is_for_this_browser_alone_and_is_not_kept_on_the_way(house: House) -> None:
    came = house.knock(ENTER, body=b"key=a+presenter%27s+key&to=/present")

    flags = {part.strip().lower() for part in came.headers["set-cookie"].split(";")[1:]}
    assert {"httponly", "samesite=lax", "path=/", f"max-age={PASS_SECONDS}"} <= flags
    assert came.headers["location"] == "/present"
    assert came.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("scheme", "public", "secure"),
    [
        ("http", "", False),
        ("http", "http://demo.example", False),
        ("https", "", True),
        ("http", "https://demo.example", True),
    ],
)
def test_a_pass_goes_over_tls_alone_where_there_is_tls(
    store: Store, house: House, tmp_path: Path, scheme: str, public: str, secure: bool
) -> None:
    served(store, tmp_path, public_url=public)

    came = house.knock(ENTER, body=b"key=a+presenter%27s+key", scheme=scheme)

    assert ("secure" in came.headers["set-cookie"].lower().split("; ")) == secure


def test_below_a_path_forms_cookies_and_ways_out_stay_there(
    store: Store, house: House, tmp_path: Path, provider: None
) -> None:
    served(store, tmp_path, public_url="https://demo.example/basket")

    asked = house.knock(Place("http", "/basket/add", "GET"), {"accept": "text/html"}, query="a=1")
    came = house.knock(ENTER, body=b"key=a+presenter%27s+key&to=/add")
    left = house.knock(LEAVE, signed_in())

    assert 'action="/basket/enter"' in asked.body
    assert 'value="/add?a=1"' in asked.body
    assert 'href="/basket/auth/login?provider=x"' in asked.body
    assert came.headers["location"] == "/basket/add"
    assert "Path=/basket;" in came.headers["set-cookie"]
    assert left.headers["location"] == "/basket/auth/logout"
    assert "Path=/basket;" in left.headers["set-cookie"]
    report = Place("http", "/basket/report", "GET")
    assert not house.knock(report, house.shown("guest")).reached
    assert house.knock(report, house.shown("presenter")).reached


def test_whoever_is_asked_is_asked_in_a_way_that_fits(house: House) -> None:
    page = house.knock(HOME, {"accept": "text/html"})
    program = house.knock(HOME)
    posts = house.knock(ADD, {"accept": "text/html"})

    assert 'value="/"' in page.body
    for heard in (program, posts):
        assert heard.headers["www-authenticate"] == "Bearer"
        assert "keys.json" in heard.body
    assert house.knock(Place("http", "/enter", "GET")).status == 200
    form = b"key=a+presenter%27s+key&x="
    assert house.knock(ENTER, body=form.ljust(2000, b"x")).status == 303
    assert house.knock(ENTER, body=form.ljust(2001, b"x")).status == 403


def test_a_pass_that_has_expired_is_none(house: House) -> None:
    assert not house.knock(HOME, house.shown("presenter", time.time() - PASS_SECONDS - 1)).reached


def test_an_open_page_is_closed_when_its_pass_expires(house: House) -> None:
    heard: list[Message] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        heard.append(await receive())

    async def forever() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def nowhere(_: Message) -> None:
        pass

    seconds_left = 1.5
    sent = house.shown("guest", time.time() - PASS_SECONDS + seconds_left)
    headers = [(name.encode(), value.encode()) for name, value in sent.items()]
    stands = _authentication(house)
    scope = {"type": "websocket", "path": "/live", "headers": headers, "query_string": b""}
    asyncio.run(_call(_before(stands, inside), scope, forever, nowhere))

    assert heard == [{"type": "websocket.disconnect", "code": 1008}]


def test_leaving_forgets_the_pass(house: House) -> None:
    left = house.knock(LEAVE, house.shown("presenter"))

    assert (left.status, left.headers["location"]) == (303, "/")
    assert f'{PASS_COOKIE}=""' in left.headers["set-cookie"]
    assert "max-age=0" in left.headers["set-cookie"].lower()


@pytest.mark.parametrize("role", ["guest", "presenter"])
def test_who_has_left_cannot_come_back_with_a_copy_of_the_pass(
    house: House, role: Role, tmp_path: Path
) -> None:
    mine, other = house.shown(role), house.shown(role)
    assert house.knock(STREAM, mine).role == role

    house.knock(LEAVE, mine)

    assert not house.knock(HOME, mine).reached
    assert not house.knock(STREAM, mine).reached
    assert house.knock(HOME, other).role == role
    # Nor after a restart.
    tokens._revoked_tokens_in.cache_clear()
    assert not house.knock(HOME, mine).reached
    assert house.knock(ENTER, mine, body=b"key=a+presenter%27s+key").status == 303


def test_a_pass_that_was_ended_does_not_stand_before_one_that_is_good(
    house: House, provider: None
) -> None:
    key = house.shown("presenter")
    house.knock(LEAVE, key)

    both = {"cookie": f"{key['cookie']}; {signed_in()['cookie']}"}
    assert house.knock(HOME, both).role == "guest"


def test_who_signs_out_is_not_signed_in_with_a_copy_either(house: House, provider: None) -> None:
    mine, other = signed_in(), signed_in({"email": "eve@example.org"})
    assert house.knock(HOME, mine).reached

    left = house.knock(LEAVE, mine)

    assert left.headers["location"] == "/auth/logout"
    assert not house.knock(HOME, mine).reached
    assert house.knock(HOME, other).reached


def test_who_signs_out_where_the_provider_is_asked_is_signed_out_for_every_copy(
    house: House, provider: None
) -> None:
    mine = signed_in()
    key = house.shown("presenter")

    assert house.knock(Place("http", signin.OUT, "GET"), mine).reached

    assert not house.knock(HOME, mine).reached
    both = {"cookie": f"{signed_in({'sub': '2'})['cookie']}; {key['cookie']}"}
    house.knock(Place("http", signin.OUT, "GET"), both)
    assert house.knock(HOME, key).role == "presenter"
    other = signed_in({"sub": "3"})
    assert house.knock(Place("http", "/auth/login", "GET"), other).reached
    assert house.knock(HOME, other).reached
    # Who has not signed in is not sent to the provider to sign out.
    assert house.knock(LEAVE, key).headers["location"] == "/"


def test_who_has_nothing_to_show_leaves_without_a_trace(house: House, tmp_path: Path) -> None:
    assert house.knock(LEAVE, {"cookie": f"{PASS_COOKIE}=guest.1.2.3.4"}).status == 303
    assert not (tmp_path / "ended.json").exists()


def test_a_guests_pass_ends_with_its_session_and_the_presenters_does_not(
    store: Store, house: House, code: str
) -> None:
    came = house.knock(ENTER, body=f"key={code}".encode())
    guest = {"cookie": came.headers["set-cookie"].split(";")[0]}
    assert house.knock(STREAM, guest).role == "guest"
    store.basket.sessions.close(code, by="Ada", role="presenter")
    time.sleep(revocation._LOOK_SECONDS)

    assert not house.knock(STREAM, guest).reached
    assert not house.knock(HOME, guest).reached
    assert house.knock(HOME, house.shown("presenter")).reached


def test_a_guest_of_a_session_that_has_just_begun_is_let_in(
    store: Store, house: House, code: str
) -> None:
    keys = keys_of(house.application.services().settings)

    def role(session: str) -> str | None:
        made = keys.pass_for("guest", time.time(), session)
        return house.knock(STREAM, {"cookie": f"{PASS_COOKIE}={made}"}).role

    assert role(code) == "guest"
    second = store.basket.sessions.start(
        "Next", "", by="Ada", code=new_code(), role="presenter"
    ).code
    assert role(second) == "guest"
    assert role(code) is None


def test_while_the_store_is_away_guests_stay(
    store: Store, house: House, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keys_of(house.application.services().settings).pass_for("guest", time.time(), code)

    def away() -> None:
        raise StoreUnavailable

    monkeypatch.setattr(store.basket.sessions, "all", away)

    assert house.knock(HOME, {"cookie": f"{PASS_COOKIE}={made}"}).role == "guest"


def test_which_sessions_are_on_is_not_asked_for_each_request(
    store: Store, house: House, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = keys_of(house.application.services().settings).pass_for("guest", time.time(), code)
    asked = []

    def codes(_: object) -> frozenset[str]:
        asked.append(code)
        return frozenset(asked)

    monkeypatch.setattr(revocation.OpenSessions, "_look", codes)
    for _ in range(20):
        assert house.knock(HOME, {"cookie": f"{PASS_COOKIE}={made}"}).reached

    assert len(asked) == 1


def _listening(house: House, cookie: str, then: Callable[[], None]) -> tuple[list[Message], bool]:
    """What an open page hears after something has happened; whether it still listens then."""
    heard: list[Message] = []
    coming = asyncio.Event()

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        while not heard or heard[-1]["type"] != "websocket.disconnect":
            heard.append(await receive())
            if len(heard) == 2:
                coming.clear()
                await asyncio.to_thread(then)

    async def receive() -> Message:
        if len(heard) >= 2:
            await coming.wait()
        return {"type": "websocket.receive", "text": "x"}

    async def nowhere(_: Message) -> None:
        pass

    async def listen() -> bool:
        middleware = _before(_authentication(house), inside)
        headers = [(b"cookie", cookie.encode())]
        scope = {"type": "websocket", "path": "/live", "headers": headers, "query_string": b""}
        try:
            async with asyncio.timeout(2.5):
                await _call(middleware, scope, receive, nowhere)
        except TimeoutError:
            return True
        await asyncio.sleep(0)
        return len(asyncio.all_tasks()) > 1

    return heard, asyncio.run(listen())


def _leave(house: House, cookie: str) -> None:
    house.knock(LEAVE, {"cookie": cookie})


def test_an_open_page_is_closed_when_its_pass_is_ended(house: House) -> None:
    mine = house.shown("guest")["cookie"]
    heard, listens = _listening(house, mine, lambda: _leave(house, mine))

    assert not listens
    assert heard[2:] == [{"type": "websocket.disconnect", "code": 1008}]


def test_an_open_page_of_a_guest_is_closed_with_the_session(
    store: Store, house: House, code: str
) -> None:
    made = keys_of(house.application.services().settings).pass_for("guest", time.time(), code)

    def close() -> None:
        store.basket.sessions.close(code, by="Ada", role="presenter")

    heard, listens = _listening(house, f"{PASS_COOKIE}={made}", close)

    assert not listens
    assert heard[2:] == [{"type": "websocket.disconnect", "code": 1008}]


def test_an_open_page_stays_open_while_its_pass_is_good(house: House) -> None:
    heard, listens = _listening(house, house.shown("guest")["cookie"], lambda: None)

    assert listens
    assert len(heard) == 2


def test_guessing_tokens_is_slowed_and_the_right_one_always_counts(
    house: House, held: list[float]
) -> None:
    answers = [house.knock(ADD, {"authorization": f"Bearer {n}"}).status for n in range(8)]

    assert answers == [401] * 8
    assert held == [1, 2, 4]
    assert house.knock(ADD, BEARER).reached


def test_what_a_proxy_of_ones_own_asks_for_is_no_guess(house: House, held: list[float]) -> None:
    for _ in range(9):
        assert house.knock(HOME, {"authorization": "Basic dXNlcjpwYXNz"}).status == 401

    assert held == []


def test_a_hundred_codes_at_once_are_as_slow_as_one_after_the_other(
    house: House, held: list[float]
) -> None:
    answers = [house.knock(ENTER, body=b"key=AAA-AA%d" % n).status for n in range(20)]

    assert answers == [403] * 20
    assert held == [1, 2, 4, 8, 16] + [30] * 10


def test_fifty_people_join_at_once_while_somebody_at_their_address_guesses(
    house: House, code: str, held: list[float]
) -> None:
    for n in range(200):
        house.knock(ENTER, body=b"key=AAA-A%02d" % (n % 100))
        house.knock(ADD, {"authorization": f"Bearer {n}"})
    held.clear()
    come = [_request("GET", "/join", query=f"code={code}".encode()) for _ in range(25)]
    come += [_request("POST", "/enter", body=f"key={code}".encode()) for _ in range(25)]
    guesses = [_request("POST", "/enter", body=b"key=AAA-B%02d" % n) for n in range(50)]
    mixed = [one for pair in zip(guesses, come, strict=True) for one in pair]

    heard = asyncio.run(_all_at_once(house.middleware, mixed))

    assert heard[1::2] == [303] * 50
    assert heard[0::2] == [403] * 50
    assert held == [30] * 50
    assert house.knock(ENTER, body=f"key={KEY}".encode()).status == 303
    assert house.knock(HOME, BEARER).reached


def test_a_right_code_does_not_make_the_next_guesses_free(
    house: House, code: str, held: list[float]
) -> None:
    for n in range(8):
        house.knock(ENTER, body=b"key=AAA-AA%d" % n)
        assert house.knock(ENTER, body=f"key={code}".encode()).status == 303

    assert held == [1, 2, 4]


def test_no_more_wrong_codes_are_held_back_than_a_flood_may_cost(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authentication, "_MOST_HELD_BACK", 3)
    free = asyncio.Event()

    async def hold(_: float) -> None:
        await free.wait()

    monkeypatch.setattr(authentication, "_hold", hold)
    guesses = [_request("POST", "/enter", body=b"key=AAA-C%02d" % n) for n in range(20)]

    async def flood() -> list[int]:
        first = [asyncio.create_task(_status(house.middleware, each)) for each in guesses]
        async with asyncio.timeout(10):
            while sum(each.done() for each in first) < 17:
                await asyncio.sleep(0)
        free.set()
        return await asyncio.gather(*first)

    heard = asyncio.run(flood())

    assert sorted(heard) == [403] * 8 + [429] * 12


def test_the_link_of_a_session_that_is_over_is_no_guess(
    store: Store, house: House, code: str, held: list[float]
) -> None:
    store.basket.sessions.close(code, by="Ada", role="presenter")
    for _ in range(9):
        came = house.knock(JOIN, {"accept": "text/html"}, query=f"code={code}")
        assert came.status == 403
        assert "This session is over." in came.body

    assert held == []


def test_a_code_that_cannot_be_looked_up_is_neither_right_nor_wrong(
    store: Store, house: House, held: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: str) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(store.basket.sessions, "get", away)
    for _ in range(9):
        asked = house.knock(ENTER, body=b"key=AAA-AAA")
        assert (asked.status, asked.headers["retry-after"]) == (503, "5")

    assert held == []
    assert house.knock(ENTER, body=f"key={KEY}".encode()).status == 303


def _request(method: str, path: str, *, query: bytes = b"", body: bytes = b"") -> Scope:
    return {
        "type": "http",
        "scheme": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "server": (LAN, 8000),
        "client": ("192.168.1.9", 5000),
        "headers": [(b"host", f"{LAN}:8000".encode())],
        "body": body,
    }


async def _all_at_once(app: ASGIApp, asked: list[Scope]) -> list[int]:
    return await asyncio.gather(*(_status(app, each) for each in asked))


async def _status(app: ASGIApp, asked: Scope) -> int:
    heard: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": asked["body"]}

    async def send(message: Message) -> None:
        heard.append(message.get("status", 0))

    await app(asked, receive, send)
    return heard[0]


SECRET = "a secret for cookies"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider is configured, as far as the door can tell."""
    monkeypatch.setattr(signin, "is_configured", lambda: True)
    monkeypatch.setattr(signin, "way_in", lambda: "/auth/login?provider=x")
    monkeypatch.setattr("streamlit.web.server.server_util.get_cookie_secret", lambda: SECRET)


def signed_in(told: dict[str, object] | None = None, secret: str = SECRET) -> Headers:
    """The cookie that Streamlit sets after somebody has signed in."""
    usual = {"is_logged_in": True, "iat": time.time(), "email": "bob@example.org"}
    signs = URLSafeTimedSerializer(secret, salt=signin.USER_COOKIE)
    return {"cookie": f"{signin.USER_COOKIE}={signs.dumps(json.dumps(usual | (told or {})))}"}


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ({"email": "bob@example.org"}, "guest"),
        ({"email": "Ada@Example.org"}, "presenter"),
        ({"email": "eve@team.example"}, "presenter"),
        ({"email": "eve@other.example", "hd": "team.example"}, "presenter"),
        ({"email": "ada@example.org", "email_verified": False}, "guest"),
        ({"email": "eve@not-team.example"}, "guest"),
        ({"email": "@team.example@evil.example"}, "guest"),
        ({"email": None}, "guest"),
        ({"email": ["ada@example.org"]}, "guest"),
        ({"is_logged_in": False}, None),
        ({"is_logged_in": "yes"}, None),
        ({"iat": 0}, None),
        ({"iat": "now"}, None),
    ],
)
def test_who_signs_in_is_what_the_settings_say(
    store: Store,
    house: House,
    provider: None,
    tmp_path: Path,
    told: dict[str, object],
    role: str | None,
) -> None:
    served(store, tmp_path, presenters="ada@example.org, @team.example")

    assert house.knock(STREAM, signed_in(told)).role == role


def test_a_sign_in_that_somebody_has_made_up_is_none(house: House, provider: None) -> None:
    assert not house.knock(HOME, signed_in(secret="another secret")).reached
    assert not house.knock(HOME, {"cookie": f"{signin.USER_COOKIE}=x"}).reached


def test_the_way_to_the_provider_is_open_where_there_is_one_and_only_there(
    house: House, provider: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in signin.WAYS:
        assert house.knock(Place("http", path, "GET")).reached
    assert "Sign in with your organisation" in house.knock(HOME, {"accept": "text/html"}).body
    monkeypatch.setattr(signin, "is_configured", lambda: False)
    for path in signin.WAYS:
        assert not house.knock(Place("http", path, "GET")).reached
    assert "Sign in" not in house.knock(HOME, {"accept": "text/html"}).body
    assert not house.knock(HOME, signed_in()).reached


def test_at_home_who_signs_in_as_no_presenter_is_a_guest(
    store: Store, house: House, provider: None, tmp_path: Path
) -> None:
    served(store, tmp_path, host="127.0.0.1")

    def role(headers: Headers) -> str | None:
        return house.knock(STREAM, headers, server="127.0.0.1").role

    assert role({}) == "presenter"
    assert role(signed_in()) == "guest"
    both = signed_in()["cookie"] + "; " + house.shown("presenter")["cookie"]
    assert role({"cookie": both}) == "presenter"
