"""Stands before every route and the websocket: refuses what no page of ours would send."""

from urllib.parse import urlsplit

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_MAX_BODY = 256 * 1024 * 1024
"""Bytes. Streamlit's own limit on uploads is 200 MB."""
_HEADERS = {
    b"content-security-policy": (
        b"default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws: wss:"
        b" data: blob:; frame-ancestors 'self'; form-action 'self'; base-uri 'self'; "
        b"object-src 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
}


class Gate:
    """Checks Host, Origin, Sec-Fetch-Site and the body's size as it arrives.

    Routes mounted on Streamlit's App have none of these checks, and its websocket accepts a
    rebound DNS name (measured, Streamlit 1.67).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is in order."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif reason := _objection(scope):
            await _refuse(scope, receive, send, 403, reason)
        elif scope["type"] == "http":
            await _within_limits(self._app, scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _objection(scope: Scope) -> str | None:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    server = (scope.get("server") or ("",))[0]
    host = _name(headers.get(b"host", ""))
    if is_loopback(server) and host not in _LOOPBACK:
        return "This app is served to this machine only, under its own name."
    origin = headers.get(b"origin")
    if origin is not None and _site(origin) != headers.get(b"host"):
        return "Pages of other sites may not use this app."
    if headers.get(b"sec-fetch-site") == "cross-site" and not _is_visit(scope, headers):
        return "Pages of other sites may not use this app."
    return None


def _is_visit(scope: Scope, headers: dict[bytes, str]) -> bool:
    """Whether somebody follows a link to here."""
    return scope.get("method") == "GET" and headers.get(b"sec-fetch-mode") == "navigate"


def is_loopback(address: str) -> bool:
    """Whether only this machine itself can reach the address."""
    return address.startswith("127.") or address in _LOOPBACK


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


class _TooLarge(Exception):  # noqa: N818 - says what the body is
    """More has arrived than anything of ours sends."""


async def _within_limits(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    arrived = 0
    answered = False
    refused = False

    async def counted() -> Message:
        nonlocal arrived, refused
        message = await receive()
        arrived += len(message.get("body", b""))
        if arrived > _MAX_BODY:
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
            present = {name for name, _ in message["headers"]}
            more = [pair for pair in _HEADERS.items() if pair[0] not in present]
            message["headers"] = [*message["headers"], *more]
        await send(message)

    try:
        await app(scope, counted, dressed)
    except _TooLarge:
        if not answered:
            await _refuse(scope, receive, send, 413, "This is larger than 256 MB.")
