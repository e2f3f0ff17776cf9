"""Lets people in, and only them, where the app is served beyond this machine."""

import math
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app import bootstrap
from app.entrance import entrance
from app.gate import is_loopback
from app.passes import PASS_SECONDS, Keys, Tries, keys_of
from services.access import Role
from services.errors import BasketError
from services.model.session import code_of

PASS_COOKIE = "basket_pass"  # noqa: S105 - its name, not what is in it
ROLE = "basket.role"
"""Where the scope of a request says what was found out here."""
_UNKNOWN = "No live session has this code, and the presenter’s key is another one."
_LARGEST_FORM = 2000
_UNCHANGING = ("GET", "HEAD", "OPTIONS")
_PRESENTERS = ("/report", "/healthz")


class Door:
    """Asks everybody who comes from elsewhere for a pass, on every route and the websocket.

    A pass is given for a live session's code (a guest's) or for the presenter's key; programs send
    the token instead.
    """

    def __init__(self, app: ASGIApp, clock: Callable[[], float] = time.time) -> None:
        self._app = app
        self._clock = clock
        self._tries = Tries()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who may come in."""
        if scope["type"] == "lifespan" or _is_at_home(scope):
            await self._app(scope, receive, send)
            return
        role = self._role(scope)
        if scope["type"] == "websocket":
            await self._talk(role, scope, receive, send)
        elif answer := await self._answer(role, Request(scope, receive)):
            await answer(scope, receive, send)
        else:
            await self._app({**scope, ROLE: role}, receive, send)

    async def _talk(self, role: Role | None, scope: Scope, receive: Receive, send: Send) -> None:
        if role is None:
            await send({"type": "websocket.close", "code": 1008, "reason": "Come in first."})
        else:
            await self._app({**scope, ROLE: role}, receive, send)

    async def _answer(self, role: Role | None, request: Request) -> Response | None:
        """What is said at the door; None for somebody who may go on."""
        if _path(request) == "/enter":
            return await self._enter(request)
        if role is None:
            return self._by_link(request) or _ask(request)
        return None if _may(role, request) else _forbidden()

    async def _enter(self, request: Request) -> Response:
        if request.method != "POST":
            return HTMLResponse(entrance("/"))
        asked = parse_qs((await _body(request)).decode("utf-8", "replace"))
        typed, to = (asked.get(name, [""])[0] for name in ("key", "to"))
        return self._let_in(request, typed, _own(to))

    def _by_link(self, request: Request) -> Response | None:
        """Whoever follows the link of a live session comes in as a guest."""
        code = request.query_params.get("code", "")
        if request.method != "GET" or _path(request) != "/join" or not code:
            return None
        return self._let_in(request, code, f"/join?code={code_of(code)}")

    def _let_in(self, request: Request, typed: str, to: str) -> Response:
        who = request.client.host if request.client else ""
        if (wait := self._tries.wait(who)) > 0:
            seconds = math.ceil(wait)
            said = f"Too many tries. Wait {seconds} seconds, then try again."
            return HTMLResponse(entrance(to, said), 429, {"Retry-After": str(seconds)})
        role = _role_for(typed)
        if role is None:
            self._tries.failed(who)
            return HTMLResponse(
                entrance(
                    to, "No live session has this code, and the presenter’s key is another one."
                ),
                403,
            )
        self._tries.succeeded(who)
        answer = RedirectResponse(to, 303)
        answer.set_cookie(
            PASS_COOKIE,
            _keys().pass_for(role, self._clock()),
            max_age=PASS_SECONDS,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    def _role(self, scope: Scope) -> Role | None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        kind, _, sent = headers.get(b"authorization", "").partition(" ")
        if kind.lower() == "bearer" and _keys().is_token(sent):
            return "presenter"
        return role_of(_cookie(headers.get(b"cookie", "")), self._clock())


def role_of(shown: str, now: float) -> Role | None:
    """Whom a pass of this app lets in; None without a good one."""
    return _keys().role_on(shown, now) if shown else None


def _role_for(typed: str) -> Role | None:
    if _keys().is_presenter_key(typed):
        return "presenter"
    try:
        session = bootstrap.basket().sessions.get(typed)
    except BasketError:
        return None
    return "guest" if session.is_open else None


def _keys() -> Keys:
    return keys_of(bootstrap.basket().settings)


def _is_at_home(scope: Scope) -> bool:
    """Whether app and visitor are on one machine, and nobody was meant to come from elsewhere."""
    server = (scope.get("server") or ("",))[0]
    return is_loopback(bootstrap.basket().settings.host) and is_loopback(server)


def _may(role: Role, request: Request) -> bool:
    if role == "presenter":
        return True
    path = _path(request)
    if path.startswith("/asset/") or path == "/asset":
        return request.method in _UNCHANGING
    return not path.startswith(_PRESENTERS)


def _path(request: Request) -> str:
    """What the routes go by, and not what a Host header makes of it."""
    return str(request.scope["path"])


def _forbidden() -> Response:
    return JSONResponse({"error": "Only the presenter can do this."}, 403)


def _ask(request: Request) -> Response:
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        where = _path(request) + (f"?{request.url.query}" if request.url.query else "")
        return HTMLResponse(entrance(where), 401)
    said = "Send the token that the app printed when it started as a bearer token."
    return JSONResponse({"error": said}, 401, {"WWW-Authenticate": "Bearer"})


def _own(to: str) -> str:
    """A path of this app, whatever somebody has put there."""
    parts = urlsplit(to)
    clean = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.netloc
    return to if clean and to.isprintable() else "/"


async def _body(request: Request) -> bytes:
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > _LARGEST_FORM:
            return b""
    return found


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(PASS_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
