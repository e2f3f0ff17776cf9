"""Our JavaScript modules, for the pages that run them."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import browser_files

_HEADERS = {"Cache-Control": "private, max-age=31536000, immutable"}
"""Their address has another version as soon as any of them changes."""
_ON_EVERY_PAGE = (
    "shell/components/component.js",
    "shell/connection/memory.js",
    "shell/connection/updates.js",
    "shell/keyboard/keys.js",
    "features/feedback/widget.js",
    "features/leading/following.js",
    "shell/connection/connection.js",
)
_ON_BROWSE = (
    "features/browse/charts/summary.js",
    "features/browse/toolbar/toolbar.js",
    "features/browse/table/table.js",
)


async def module(request: Request) -> Response:
    """One of today's modules; one of another version is not mixed with them."""
    given = request.path_params
    found = browser_files.modules().get(given["path"])
    if found is None or given["version"] != browser_files.version():
        return JSONResponse({"error": "This module is not there any more."}, 404)
    return Response(found, media_type="text/javascript", headers=_HEADERS)


class Preload:
    """Names the modules that a page is about to need in its header.

    The browser fetches them while it begins to run Streamlit; otherwise they would be asked for one
    after the other, once the page is drawn.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, pages with that header."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_header(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    is_browse = scope["path"].endswith("/")
                    headers.append("link", preloads(*_ON_EVERY_PAGE, *_ON_BROWSE * is_browse))
            await send(message)

        await self._app(scope, receive, with_header)


def preloads(*paths: str) -> str:
    """The header that names these modules and all that they import."""
    needed = browser_files.with_imports(*paths)
    return ", ".join(f"<{browser_files.address(one)}>; rel=modulepreload" for one in needed)
