"""Authentication middleware: session tokens for guests and presenters, one token for programs."""

import asyncio
import math
import time
from collections.abc import Callable, Container, Iterable
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.security import oidc
from app.security.local_client import is_local_client
from app.security.rate_limiter import RateLimiter
from app.security.refusals import (
    AWAY,
    NO_SESSION,
    OVER,
    SOON,
    TOO_MANY,
    UNKNOWN,
    ask_to_log_in,
    forbidden,
    login_response,
)
from app.security.requests import (
    base_path,
    bearer_token,
    client_address,
    first_segment,
    form_body,
    is_secure,
    join_address,
    own_path,
    with_role,
)
from app.security.reverse_proxy import route_path
from app.security.revocation import GuardedReceive, OpenSessions
from app.security.tokens import PASS_SECONDS, Keys, SessionToken, keys_of, revoked_tokens_of
from app.settings import Settings
from services.access import Role
from services.errors import SessionClosed, SessionNotFound, StoreUnavailable
from services.model.session import code_of
from services.sessions.service import SessionService

PASS_COOKIE = "basket_pass"  # noqa: S105 - its name, not what is in it
_MOST_HELD_BACK = 100
"""Answers to wrong tries at a time; each holds a connection."""
_UNCHANGING = ("GET", "HEAD", "OPTIONS")
_PRESENTERS = ("/_stcore/metrics", "/_stcore/agent")
_EVER = SessionToken("presenter", math.inf)
_Comes = tuple[Role, str]


class AuthenticationMiddleware:
    """Asks everybody who comes from elsewhere for a pass, on every route and the websocket.

    A pass is given for a live session's code (a guest's) or for the presenter's key; programs send
    the token instead; who has signed in with the provider that the secrets name needs neither.
    """

    def __init__(
        self,
        app: ASGIApp,
        settings: Callable[[], Settings],
        sessions: Callable[[], SessionService],
        kept: Container[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`settings` and `sessions`: of the app, asked for when a request comes.

        `kept`: first parts of the paths that are the presenter's alone.
        """
        self._app = app
        self._settings = settings
        self._sessions = sessions
        self._kept = kept
        self._clock = clock
        self._codes, self._tokens = RateLimiter(), RateLimiter()
        self._held_back = 0
        self._on = OpenSessions(sessions)

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
        else:
            await self._app(with_role(scope, found.role if found else None), receive, send)

    async def _talk(
        self, found: SessionToken | None, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if found is None:
            await send({"type": "websocket.close", "code": 1008, "reason": "Log in first."})
            return
        line = GuardedReceive(receive, lambda: self._still_good(found)) if found.id else None
        try:
            await self._app(with_role(scope, found.role), line.hear if line else receive, send)
        finally:
            if line:
                line.hang_up()

    async def _answer(self, found: SessionToken | None, request: Request) -> Response | None:
        """The answer to somebody who is not let in; None for who is."""
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
        return None if self._may(found.role, request) else forbidden()

    async def _enter(self, request: Request) -> Response:
        if request.method != "POST":
            return login_response(request, "/")
        asked = parse_qs((await form_body(request)).decode("utf-8", "replace"))
        typed, to = (asked.get(name, [""])[0] for name in ("key", "to"))
        return await self._let_in(request, typed, own_path(to), self._by_key_or_code, UNKNOWN)

    async def _stranger(self, request: Request) -> Response:
        """Whoever follows the link of a live session comes in as a guest; others are asked."""
        code = request.query_params.get("code", "")
        if request.method == "GET" and route_path(request.scope) == "/join" and code:
            # No key opens this way: what stands in an address is seen, sent on and remembered.
            to = f"/join?code={code_of(code)}"
            return await self._let_in(request, code, to, self._by_code, NO_SESSION)
        # Another kind of credentials is for a proxy on the way.
        if bearer_token(request) and not await self._hold_back(self._tokens, request):
            return JSONResponse({"error": TOO_MANY}, 429, SOON)
        return ask_to_log_in(request)

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
            return login_response(request, to, AWAY, 503, SOON)
        except SessionClosed:
            return login_response(request, to, OVER, 403)
        except SessionNotFound:
            if await self._hold_back(self._codes, request):
                return login_response(request, to, unknown, 403)
            return login_response(request, to, TOO_MANY, 429, SOON)
        answer = RedirectResponse(
            base_path(request) + (join_address(session, to) if session else to), 303
        )
        answer.set_cookie(
            PASS_COOKIE,
            self._keys().pass_for(role, self._clock(), session),
            max_age=PASS_SECONDS,
            path=base_path(request) or "/",
            httponly=True,
            samesite="lax",
            secure=is_secure(request, self._settings().public_url),
        )
        return answer

    async def _hold_back(self, tries: RateLimiter, request: Request) -> bool:
        """Wait before a wrong try is answered; False if too many wait already."""
        wait = tries.failed(client_address(request.scope))
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
        if self._keys().is_token(bearer_token(asks)):
            return _EVER
        shown, told = self._shown(asks)
        if told is None and is_local_client(scope, self._settings()):
            return _EVER
        known = [each for each in (shown, told) if each]
        return max(known, key=lambda each: (each.role == "presenter", each.until), default=None)

    def _shown(self, asks: HTTPConnection) -> tuple[SessionToken | None, SessionToken | None]:
        """The pass of a browser, and what it has from the provider."""
        now, settings = self._clock(), self._settings()
        shown = self._keys().read(asks.cookies.get(PASS_COOKIE, ""), now)
        who = oidc.signed_in(asks.cookies)
        told = who.pass_on(settings.presenter_names, now) if who else None
        ended = revoked_tokens_of(settings)
        good = [each if each and not ended.has(each) else None for each in (shown, told)]
        return good[0], good[1]

    async def _still_good(self, found: SessionToken | None) -> SessionToken | None:
        """The same, unless it has expired, was ended, or its session is over."""
        if found is None or not found.id:
            return found
        if found.until <= self._clock() or revoked_tokens_of(self._settings()).has(found):
            return None
        return found if await self._on.has(found.session) else None

    async def _leave(self, request: Request) -> Response:
        """End what the browser has shown; who has signed in with a provider signs out there too."""
        await self._end(self._shown(request))
        base = base_path(request)
        signed_in = oidc.USER_COOKIE in request.cookies and oidc.is_configured()
        answer = RedirectResponse(base + (oidc.OUT if signed_in else "/"), 303)
        answer.delete_cookie(PASS_COOKIE, path=base or "/", httponly=True, samesite="lax")
        return answer

    async def _end(self, shown: Iterable[SessionToken | None]) -> None:
        """Let nobody in any more by what was shown."""
        if good := [each for each in shown if each]:
            ended = revoked_tokens_of(self._settings())
            await asyncio.to_thread(ended.end, good, self._clock())

    def _may(self, role: Role, request: Request) -> bool:
        if role == "presenter":
            return True
        path = route_path(request.scope)
        if first_segment(path) == "asset":
            return request.method in _UNCHANGING
        return first_segment(path) not in self._kept and not path.startswith(_PRESENTERS)

    def _by_key_or_code(self, typed: str) -> _Comes:
        """As whom a key or a code lets in, and for which session.

        Raises SessionNotFound, SessionClosed, StoreUnavailable.
        """
        return ("presenter", "") if self._keys().is_presenter_key(typed) else self._by_code(typed)

    def _by_code(self, code: str) -> _Comes:
        """The same for a code alone."""
        return "guest", self._sessions().open(code).code

    def _keys(self) -> Keys:
        return keys_of(self._settings())


async def _hold(seconds: float) -> None:
    await asyncio.sleep(seconds)
