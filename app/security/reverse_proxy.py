"""Trusted reverse proxies: restores the visitor’s address, the scheme and the base path."""

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import Settings

Headers = list[tuple[bytes, bytes]]


class Proxied:
    """Restores client address and scheme as a trusted proxy tells them, and the base path.

    The base path is that of the public address. A proxy may pass it on or leave it out; behind
    this it is in `root_path`, and redirects lead to where the browser can follow them.
    """

    def __init__(self, app: ASGIApp, settings: Callable[[], Settings]) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the request as the visitor has made it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        settings = self._settings()
        seen = {**_placed(_named(scope, settings.public_site), settings.base_path)}
        if _is_trusted(_client(scope), settings):
            seen.update(_forwarded(scope, settings))

        async def redirecting(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _leading(message["headers"], seen)}
            await send(message)

        await self._app(seen, receive, redirecting)


def route_path(scope: Scope) -> str:
    """What the routes go by, and not what a Host header makes of it."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


def _client(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


def _placed(scope: Scope, base: str) -> Scope:
    """The same under the base path, whether the proxy has passed it on or not."""
    path, raw = str(scope["path"]), bytes(scope.get("raw_path") or b"")
    if not base:
        return scope
    if path != base and not path.startswith(f"{base}/"):
        path, raw = base + path, base.encode() + raw
    return {**scope, "path": path, "raw_path": raw, "root_path": base}


def _named(scope: Scope, public: str) -> Scope:
    """With the public name as Host, if a page of that name asks and the proxy has hidden it."""
    headers: Headers = scope["headers"]
    if not public or not any(
        name == b"origin" and _site(value) == public for name, value in headers
    ):
        return scope
    others = [pair for pair in headers if pair[0] != b"host"]
    return {**scope, "headers": [(b"host", public.encode()), *others]}


def _site(address: bytes) -> str:
    try:
        return urlsplit(address.decode("latin-1")).netloc
    except ValueError:
        return ""


def _is_trusted(address: str, settings: Settings) -> bool:
    try:
        known = ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in settings.proxies)


def _forwarded(scope: Scope, settings: Settings) -> Scope:
    """Client and scheme as the proxy tells them."""
    told: Scope = {}
    # The last that is not a proxy of ours: what stands before it anybody could have written.
    asked = reversed(list(_values(scope, b"x-forwarded-for")))
    client = next((each for each in asked if not _is_trusted(each, settings)), "")
    if client:
        told["client"] = (client, 0)
    scheme = next(iter(reversed(list(_values(scope, b"x-forwarded-proto")))), "")
    if scheme in ("http", "https"):
        secure = scheme == "https"
        plain = "ws" if scope["type"] == "websocket" else "http"
        told["scheme"] = f"{plain}s" if secure else plain
    return told


def _values(scope: Scope, wanted: bytes) -> Iterable[str]:
    """What a header says that may come several times, with commas between."""
    for name, value in scope["headers"]:
        if name == wanted:
            yield from (part.strip() for part in value.decode("latin-1").split(","))


def _leading(headers: Iterable[tuple[bytes, bytes]], scope: Scope) -> Headers:
    """Redirects to pages of ours as paths: the proxy may have hidden the name and the scheme."""
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    base = str(scope.get("root_path", "")).encode()
    return [
        (name, _path(value, host, base) if name == b"location" else value)
        for name, value in headers
    ]


def _path(location: bytes, host: bytes, base: bytes) -> bytes:
    ours = re.fullmatch(rb"(?:https?://%s)?(/(?!/).*)" % re.escape(host or b"/"), location)
    if not ours:
        return location
    path: bytes = ours[1]
    return path if path == base or path.startswith((base + b"/", base + b"?")) else base + path
