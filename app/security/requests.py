"""What authentication reads off a request, and where it sends people."""

from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.types import Scope

from services.access import Role

_LARGEST_FORM = 2000
ROLE_HEADER = "x-basket-role"
"""Where a page finds what was found out here: whoever asks cannot set it."""


def first_segment(path: str) -> str:
    """Of /asset/1: asset."""
    return path.removeprefix("/").partition("/")[0]


def client_address(scope: Scope) -> str:
    """Who asks, by address; empty if that is not known."""
    return str((scope.get("client") or ("",))[0])


def base_path(request: Request) -> str:
    """The path under which the app is served; empty at the root."""
    return str(request.scope.get("root_path", ""))


def is_secure(request: Request, public_url: str) -> bool:
    """Whether the browser speaks HTTPS, which a proxy may not have told."""
    return request.url.scheme == "https" or public_url.startswith("https:")


def join_address(code: str, to: str) -> str:
    """Where a guest is asked for a name, however the code has come; from there it goes on."""
    on = "" if to == "/" or to.startswith("/join") else f"&to={quote(to, safe='')}"
    return f"/join?code={code}{on}"


def own_path(to: str) -> str:
    """A path of this app, whatever somebody has put there."""
    try:
        elsewhere = urlsplit(to).netloc
    except ValueError:
        return "/"
    clean = to.startswith("/") and not to.startswith(("//", "/\\")) and not elsewhere
    return to if clean and to.isprintable() else "/"


async def form_body(request: Request) -> bytes:
    """What a form has sent; nothing if that is more than a form of ours could send."""
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > _LARGEST_FORM:
            return b""
    return found


def bearer_token(asks: HTTPConnection) -> str:
    """The token that a program sends; empty for who sends none."""
    kind, _, sent = asks.headers.get("authorization", "").partition(" ")
    return sent if kind.lower() == "bearer" else ""


def with_role(scope: Scope, role: Role | None) -> Scope:
    """The scope with this role in its header, whatever whoever asks had put there."""
    name = ROLE_HEADER.encode()
    others = [header for header in scope["headers"] if header[0] != name]
    said = [(name, role.encode())] if role else []
    return {**scope, "headers": [*others, *said]}
