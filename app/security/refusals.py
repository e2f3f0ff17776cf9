"""What somebody gets who is not let in: the login page, or a status code and a sentence."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.security import oidc
from app.security.login_page import entrance
from app.security.requests import (
    base_path,
)
from app.security.reverse_proxy import route_path

UNKNOWN = "That code or key isn’t right."
NO_SESSION = "No live session has this code. Ask whoever presents for the link of today."
OVER = "This session is over. Ask whoever presents for the link of today."
AWAY = "Codes cannot be looked up just now. Try again in a moment."
TOO_MANY = "Too many wrong tries at once. Try again in a moment."
_NO_TOKEN = "Send the token as a bearer token: it is in keys.json in the app’s data folder."  # noqa: S105
SOON = {"Retry-After": "5"}


def forbidden() -> Response:
    """403, for a guest who asks for what only a presenter may do."""
    return JSONResponse({"error": "Only the presenter can do this."}, 403)


def ask_to_log_in(request: Request) -> Response:
    """401: the login page for a browser, a sentence for a program."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        query = request.scope["query_string"].decode("latin-1")
        return login_response(
            request, route_path(request.scope) + (f"?{query}" if query else ""), "", 401
        )
    return JSONResponse({"error": _NO_TOKEN}, 401, {"WWW-Authenticate": "Bearer"})


def login_response(
    request: Request,
    to: str,
    problem: str = "",
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The login page, which leads on to the path `to`; `problem`: what was wrong before."""
    base = base_path(request)
    way = base + oidc.way_in() if oidc.is_configured() else ""
    return HTMLResponse(entrance(to, problem, way, base), status, headers)
