"""Only programs of this machine may talk to the server, and web pages of others may not.

Moto's ``/moto-api/reset`` wipes everything and obeys any web page that sends a POST; a page can
also reach a loopback server under its own host name (DNS rebinding). Both stop here.
"""

from urllib.parse import urlsplit

from services.moto_server.http import errors
from services.moto_server.http.wire import Environ, StartResponse, WsgiApp

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def is_loopback(host: str | None) -> bool:
    """Whether a host name without port means this machine, whatever a name server says."""
    name = (host or "").lower()
    return name in _LOOPBACK or name.endswith(".localhost")


def guarded(app: WsgiApp) -> WsgiApp:
    """``app``, out of reach of other machines and of their web pages."""

    def guard(environ: Environ, start_response: StartResponse) -> list[bytes]:
        reason = reason_to_refuse(environ)
        if reason:
            return errors.refusal(reason).send(start_response)

        def without_cors(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            return start_response(status, [h for h in headers if not _is_cors(h[0])], *rest)

        return list(app(environ, without_cors))

    return guard


def reason_to_refuse(environ: Environ) -> str | None:
    """Why this request must not reach Moto, as a sentence, or None if it may."""
    if environ.get("PATH_INFO", "").startswith("/moto-api"):
        return "Moto's own control routes are switched off here: they can wipe everybody's data."
    if not is_loopback(_host(environ.get("HTTP_HOST", ""))):
        return "This server answers only to 127.0.0.1, localhost and [::1]."
    if "HTTP_ORIGIN" in environ and not is_loopback(_origin(environ["HTTP_ORIGIN"])):
        return "Web pages of other machines may not use this server."
    if environ.get("HTTP_SEC_FETCH_SITE", "").lower() == "cross-site":
        return "Web pages of other sites may not use this server."
    return None


def _is_cors(name: str) -> bool:
    return name.lower().startswith("access-control-")


def _host(header: str) -> str | None:
    return _hostname(f"//{header}")


def _origin(header: str) -> str | None:
    return _hostname(header)


def _hostname(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number makes the whole thing suspect
    except ValueError:
        return None
    return None if parts.username or parts.path else parts.hostname
