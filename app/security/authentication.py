"""Lets people in, and only them, where the app is served beyond this machine."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping
from urllib.parse import parse_qs, quote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import bootstrap
from app.security import oidc
from app.security.local_client import is_local_client
from app.security.login_page import entrance
from app.security.reverse_proxy import route_path
from app.security.tokens import (
    PASS_SECONDS,
    Keys,
    RateLimiter,
    SessionToken,
    keys_of,
    revoked_tokens_of,
)
from services.access import Role, acting_as
from services.errors import SessionClosed, SessionNotFound, StoreUnavailable
from services.model.session import code_of

PASS_COOKIE = "basket_pass"  # noqa: S105 - its name, not what is in it
ROLE_HEADER = "x-basket-role"
"""Where a page finds what was found out here: whoever asks cannot set it."""
_UNKNOWN = "No live session has this code, and the presenter’s key is another one."
_NO_SESSION = "No live session has this code. Ask whoever presents for the link of today."
_OVER = "This session is over. Ask whoever presents for the link of today."
_AWAY = "Codes cannot be looked up just now. Try again in a moment."
_TOO_MANY = "Too many wrong tries at once. Try again in a moment."
_NO_TOKEN = "Send the token as a bearer token: it is in keys.json in the app’s data folder."  # noqa: S105
_LARGEST_FORM = 2000
_SOON = {"Retry-After": "5"}
_MOST_HELD_BACK = 100
"""Answers to wrong tries at a time; each holds a connection."""
_UNCHANGING = ("GET", "HEAD", "OPTIONS")
_PRESENTERS = ("/_stcore/metrics", "/_stcore/agent")
_EVER = SessionToken("presenter", math.inf)
_Comes = tuple[Role, str]
_LOOK_SECONDS = 1.0
"""So long after its end a pass may still be good."""


class AuthenticationMiddleware:
    """Asks everybody who comes from elsewhere for a pass, on every route and the websocket.

    A pass is given for a live session's code (a guest's) or for the presenter's key; programs send
    the token instead; who has signed in with the provider that the secrets name needs neither.
    """

    def __init__(
        self,
        app: ASGIApp,
        kept: Container[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`kept`: first parts of the paths that are the presenter's alone."""
        self._app = app
        self._kept = kept
        self._clock = clock
        self._codes, self._tokens = RateLimiter(), RateLimiter()
        self._held_back = 0
        self._on = _Sessions()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on who may come in."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        found = await self._still_good(self._pass_of(scope))
        if scope["type"] == "websocket":
            await self._talk(found, scope, receive, send)
        elif answer := await self._answer(found, Request(scope, receive)):
            answer.headers["cache-control"] = "no-store"
            await answer(scope, receive, send)
        elif found is None:
            await self._app(_known_as(scope, None), receive, send)
        else:
            with acting_as(found.role):
                await self._app(_known_as(scope, found.role), receive, send)

    async def _talk(
        self, found: SessionToken | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if found is None:
            await send({"type": "websocket.close", "code": 1008, "reason": "Come in first."})
            return
        line = _Line(receive, lambda: self._still_good(found)) if found.id else None
        try:
            await self._app(_known_as(scope, found.role), line.hear if line else receive, send)
        finally:
            if line:
                line.hang_up()

    async def _answer(self, found: SessionToken | None, request: Request) -> Response | None:
        """What is said at the door; None for somebody who may go on."""
        path = route_path(request.scope)
        if path == "/enter":
            return await self._enter(request)
        if path == "/leave":
            return await self._leave(request)
        if path in oidc.WAYS and oidc.is_configured():
            if path == oidc.OUT:
                await self._end(self._shown(request)[1:])
            return None
        if found is None:
            return await self._stranger(request)
        return None if self._may(found.role, request) else _forbidden()

    async def _enter(self, request: Request) -> Response:
        if request.method != "POST":
            return _page(request, "/")
        asked = parse_qs((await _body(request)).decode("utf-8", "replace"))
        typed, to = (asked.get(name, [""])[0] for name in ("key", "to"))
        return await self._let_in(request, typed, _own(to), _by_key_or_code, _UNKNOWN)

    async def _stranger(self, request: Request) -> Response:
        """Whoever follows the link of a live session comes in as a guest; others are asked."""
        code = request.query_params.get("code", "")
        if request.method == "GET" and route_path(request.scope) == "/join" and code:
            # No key opens this way: what stands in an address is seen, sent on and remembered.
            to = f"/join?code={code_of(code)}"
            return await self._let_in(request, code, to, _by_code, _NO_SESSION)
        # Another kind of credentials is for a proxy on the way.
        if _bearer(request) and not await self._hold_back(self._tokens, request):
            return JSONResponse({"error": _TOO_MANY}, 429, _SOON)
        return _ask(request)

    async def _let_in(
        self,
        request: Request,
        typed: str,
        to: str,
        comes_as: Callable[[str], _Comes],
        unknown: str,
    ) -> Response:
        try:
            # In a thread: the store may take a while to say which sessions are live.
            role, session = await asyncio.to_thread(comes_as, typed)
        except StoreUnavailable:
            return _page(request, to, _AWAY, 503, _SOON)
        except SessionClosed:
            return _page(request, to, _OVER, 403)
        except SessionNotFound:
            if await self._hold_back(self._codes, request):
                return _page(request, to, unknown, 403)
            return _page(request, to, _TOO_MANY, 429, _SOON)
        answer = RedirectResponse(_base(request) + (_join(session, to) if session else to), 303)
        answer.set_cookie(
            PASS_COOKIE,
            _keys().pass_for(role, self._clock(), session),
            max_age=PASS_SECONDS,
            path=_base(request) or "/",
            httponly=True,
            samesite="lax",
            secure=_is_secure(request),
        )
        return answer

    async def _hold_back(self, tries: RateLimiter, request: Request) -> bool:
        """Wait before a wrong try is answered; False if too many wait already."""
        wait = tries.failed(_address(request.scope))
        if wait and self._held_back >= _MOST_HELD_BACK:
            return False
        self._held_back += 1
        try:
            if wait:
                await _hold(wait)
        finally:
            self._held_back -= 1
        return True

    def _pass_of(self, scope: Scope) -> SessionToken | None:
        """As whom somebody comes, by whatever they show."""
        asks = HTTPConnection(scope)
        if _keys().is_token(_bearer(asks)):
            return _EVER
        shown, told = self._shown(asks)
        if told is None and is_local_client(scope, bootstrap.basket().settings):
            return _EVER
        known = [each for each in (shown, told) if each]
        return max(known, key=lambda each: (each.role == "presenter", each.until), default=None)

    def _shown(self, asks: HTTPConnection) -> tuple[SessionToken | None, SessionToken | None]:
        """The pass of a browser, and what it has from the provider."""
        now, settings = self._clock(), bootstrap.basket().settings
        shown = _keys().read(asks.cookies.get(PASS_COOKIE, ""), now)
        who = oidc.signed_in(asks.cookies)
        told = who.pass_on(settings.presenter_names, now) if who else None
        ended = revoked_tokens_of(settings)
        good = [each if each and not ended.has(each) else None for each in (shown, told)]
        return good[0], good[1]

    async def _still_good(self, found: SessionToken | None) -> SessionToken | None:
        """The same, unless it has expired, was ended, or its session is over."""
        if found is None or not found.id:
            return found
        if found.until <= self._clock() or revoked_tokens_of(bootstrap.basket().settings).has(
            found
        ):
            return None
        return found if await self._on.has(found.session) else None

    async def _leave(self, request: Request) -> Response:
        """End what the browser has shown; who has signed in with a provider signs out there too."""
        await self._end(self._shown(request))
        base = _base(request)
        signed_in = oidc.USER_COOKIE in request.cookies and oidc.is_configured()
        answer = RedirectResponse(base + (oidc.OUT if signed_in else "/"), 303)
        answer.delete_cookie(PASS_COOKIE, path=base or "/", httponly=True, samesite="lax")
        return answer

    async def _end(self, shown: Iterable[SessionToken | None]) -> None:
        """Let nobody in any more by what was shown."""
        if good := [each for each in shown if each]:
            ended = revoked_tokens_of(bootstrap.basket().settings)
            await asyncio.to_thread(ended.end, good, self._clock())

    def _may(self, role: Role, request: Request) -> bool:
        if role == "presenter":
            return True
        path = route_path(request.scope)
        if _first(path) == "asset":
            return request.method in _UNCHANGING
        return _first(path) not in self._kept and not path.startswith(_PRESENTERS)


def _by_key_or_code(typed: str) -> _Comes:
    """As whom a key or a code lets in, and for which session.

    Raises SessionNotFound, SessionClosed, StoreUnavailable.
    """
    return ("presenter", "") if _keys().is_presenter_key(typed) else _by_code(typed)


def _by_code(code: str) -> _Comes:
    """The same for a code alone."""
    return "guest", bootstrap.basket().sessions.open(code).code


def _bearer(asks: HTTPConnection) -> str:
    """The token that a program sends; empty for who sends none."""
    kind, _, sent = asks.headers.get("authorization", "").partition(" ")
    return sent if kind.lower() == "bearer" else ""


async def _hold(seconds: float) -> None:
    await asyncio.sleep(seconds)


def _keys() -> Keys:
    return keys_of(bootstrap.basket().settings)


def _known_as(scope: Scope, role: Role | None) -> Scope:
    name = ROLE_HEADER.encode()
    others = [header for header in scope["headers"] if header[0] != name]
    said = [(name, role.encode())] if role else []
    return {**scope, "headers": [*others, *said]}


class _Sessions:
    """Which sessions are on, as of the last second."""

    def __init__(self) -> None:
        self._codes: frozenset[str] = frozenset()
        self._looked = -math.inf

    async def has(self, code: str) -> bool:
        """Whether the session is on; yes for none, and while nobody can say."""
        fresh = time.monotonic() - self._looked < _LOOK_SECONDS
        if not code or (fresh and code in self._codes):
            return True
        try:
            self._codes = await asyncio.to_thread(_codes_of_sessions_that_are_on)
        except StoreUnavailable:
            return True
        self._looked = time.monotonic()
        return code in self._codes


def _codes_of_sessions_that_are_on() -> frozenset[str]:
    return frozenset(one.code for one in bootstrap.basket().sessions.all() if one.is_open)


class _Line:
    """Hears a websocket while its pass is good; then it is as if the visitor had left."""

    def __init__(self, receive: Receive, is_good: Callable[[], Awaitable[object]]) -> None:
        self._receive = receive
        self._is_good = is_good
        self._coming: asyncio.Future[Message] | None = None
        self._look_at = time.monotonic() + _LOOK_SECONDS

    async def hear(self) -> Message:
        """What comes next."""
        while True:
            coming = self._coming = self._coming or asyncio.ensure_future(self._receive())
            await asyncio.wait({coming}, timeout=max(0.0, self._look_at - time.monotonic()))
            if time.monotonic() >= self._look_at:
                self._look_at = time.monotonic() + _LOOK_SECONDS
                if not await self._is_good():
                    return {"type": "websocket.disconnect", "code": 1008}
            if coming.done():
                self._coming = None
                return coming.result()

    def hang_up(self) -> None:
        """Nobody hears any more."""
        if self._coming:
            self._coming.cancel()


def _first(path: str) -> str:
    return path.removeprefix("/").partition("/")[0]


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


def _forbidden() -> Response:
    return JSONResponse({"error": "Only the presenter can do this."}, 403)


def _ask(request: Request) -> Response:
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        query = request.scope["query_string"].decode("latin-1")
        return _page(request, route_path(request.scope) + (f"?{query}" if query else ""), "", 401)
    return JSONResponse({"error": _NO_TOKEN}, 401, {"WWW-Authenticate": "Bearer"})


def _page(
    request: Request,
    to: str,
    problem: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    base = _base(request)
    way = base + oidc.way_in() if oidc.is_configured() else ""
    return HTMLResponse(entrance(to, problem, way, base), status, headers)


def _base(request: Request) -> str:
    """The path under which the app is served; empty at the root."""
    return str(request.scope.get("root_path", ""))


def _is_secure(request: Request) -> bool:
    """Whether the browser speaks HTTPS, which a proxy may not have told."""
    public = bootstrap.basket().settings.public_url
    return request.url.scheme == "https" or public.startswith("https:")


def _join(code: str, to: str) -> str:
    """Where a guest is asked for a name, however the code has come; from there it goes on."""
    on = "" if to == "/" or to.startswith("/join") else f"&to={quote(to, safe='')}"
    return f"/join?code={code}{on}"


def _own(to: str) -> str:
    """A path of this app, whatever somebody has put there."""
    try:
        elsewhere = urlsplit(to).netloc
    except ValueError:
        return "/"
    clean = to.startswith("/") and not to.startswith(("//", "/\\")) and not elsewhere
    return to if clean and to.isprintable() else "/"


async def _body(request: Request) -> bytes:
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > _LARGEST_FORM:
            return b""
    return found
