"""Request guard: refuses foreign hosts and origins, and bodies that are too large."""

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.security.reverse_proxy import route_path
from services.network import is_loopback

_ONCE = (b"host", b"origin", b"sec-fetch-site", b"sec-fetch-mode", b"content-length")
"""Said twice, a header means one thing here and another to whoever reads it behind."""
_MB = 1024 * 1024
_LARGEST = {"/_stcore/upload_file/": 201 * _MB, "/asset/import": 200 * _MB, "/asset": 2 * _MB}
"""By the beginning of a path: how much may arrive there. A file has 200 MB, an asset 400 KB."""
_LARGEST_ELSEWHERE = _MB // 16
_ONLY_HERE = (
    "This app is served to this machine only, under its own name. Set BASKET_PUBLIC_URL for others."
)
_WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "connect-src 'self' {sockets}data: blob:; frame-ancestors 'self'; form-action 'self'; "
    "base-uri 'self'; object-src 'none'"
)
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}


def _always() -> bool:
    return True


class RequestGuard:
    """Checks Host, Origin, Sec-Fetch-Site and the body's size as it arrives.

    Routes mounted on Streamlit's App have none of these checks, and its websocket accepts a
    rebound DNS name (measured, Streamlit 1.67).
    """

    def __init__(
        self,
        app: ASGIApp,
        at_home: Callable[[], bool] = _always,
        public: Callable[[], str] = str,
    ) -> None:
        """`at_home`: whether the app is served to this machine only; `public`: its name outside."""
        self._app = app
        self._at_home = at_home
        self._public = public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is in order."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif reason := _objection(scope, at_home=self._at_home()):
            await _refuse(scope, receive, send, 403, reason)
        elif scope["type"] == "http":
            await _within_limits(self._app, scope, receive, send, self._public())
        else:
            await self._app(scope, receive, send)


def _objection(scope: Scope, *, at_home: bool) -> str | None:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    names = [name for name, _ in scope["headers"]]
    if any(names.count(name) > 1 for name in _ONCE):
        return "This request says two things at once."
    server = (scope.get("server") or ("",))[0]
    host = _name(headers.get(b"host", ""))
    # Served to others, too, everybody needs a pass, which a rebound name does not have.
    if at_home and is_loopback(server) and not is_loopback(host):
        return _ONLY_HERE
    origin = headers.get(b"origin")
    if origin is not None and _site(origin) != headers.get(b"host"):
        return "Pages of other sites may not use this app."
    if headers.get(b"sec-fetch-site") == "cross-site" and not _is_visit(scope, headers):
        return "Pages of other sites may not use this app."
    return None


def _is_visit(scope: Scope, headers: dict[bytes, str]) -> bool:
    """Whether somebody follows a link to here."""
    return scope.get("method") == "GET" and headers.get(b"sec-fetch-mode") == "navigate"


def _site(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, reason: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": reason})
        return
    await JSONResponse({"error": reason}, status)(scope, receive, send)


@lru_cache
def _policy(*hosts: str) -> bytes:
    """What a page under these names may do: nothing goes elsewhere, by no websocket either."""
    plain = [host for host in hosts if re.fullmatch(r"[A-Za-z0-9._:\[\]-]+", host)]
    sockets = "".join(f"ws://{host} wss://{host} " for host in dict.fromkeys(plain))
    return _POLICY.format(sockets=sockets).encode()


def _largest(scope: Scope) -> int:
    if scope["method"] in _WITHOUT_BODY:
        return 0
    path = route_path(scope)
    found = (most for start, most in _LARGEST.items() if path.startswith(start))
    return next(found, _LARGEST_ELSEWHERE)


class _TooLarge(Exception):  # noqa: N818 - says what the body is
    """More has arrived than anything of ours sends."""


async def _within_limits(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, public: str
) -> None:
    headers = dict(scope["headers"])
    most = _largest(scope)
    arrived = 0
    answered = False
    refused = False

    async def counted() -> Message:
        nonlocal arrived, refused
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > most:
            refused = True
            raise _TooLarge
        return message

    async def dressed(message: Message) -> None:
        nonlocal answered
        if refused and not answered:
            # Whatever the app makes of it, an answer of its own would name another reason.
            raise _TooLarge
        if message["type"] == "http.response.start":
            answered = True
            policy = _policy(headers.get(b"host", b"").decode("latin-1"), public)
            ours = {**_HEADERS, b"content-security-policy": policy}
            present = {name for name, _ in message["headers"]}
            more = [pair for pair in ours.items() if pair[0] not in present]
            message["headers"] = [*message["headers"], *more]
        await send(message)

    try:
        if _announced(headers) > most:
            raise _TooLarge
        await app(scope, counted, dressed)
    except _TooLarge:
        if not answered:
            reason = f"This is larger than {_size(most)}." if most else "Send no body with this."
            await _refuse(scope, receive, send, 413, reason)


def _announced(headers: dict[bytes, bytes]) -> int:
    """How large the body is said to be, 1 if only that there is one.

    What is no number is for whoever reads it to refuse.
    """
    said = headers.get(b"content-length", b"")
    if b"transfer-encoding" in headers:
        return 1
    return int(said) if said.isdigit() and len(said) < 20 else 0


def _size(number: int) -> str:
    return f"{number // _MB} MB" if number >= _MB else f"{number // 1024} KB"
