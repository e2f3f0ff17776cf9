"""Whether a request comes from this machine itself, also through a proxy that runs on it."""

import os
from urllib.parse import urlsplit

from starlette.types import Scope

from app.security.sockets import listens, other_end
from app.settings import Settings
from services.network import is_loopback

_FORWARDED = frozenset(
    b"forwarded via x-real-ip x-client-ip x-cluster-client-ip x-original-host x-original-url "
    b"x-original-uri x-rewrite-url true-client-ip cdn-loop".split()
)
_FORWARDED_BEGIN = (b"x-forwarded", b"x-envoy-", b"x-amzn-", b"cf-", b"fly-", b"fastly-")
_ROOT = 0


def is_local_client(scope: Scope, settings: Settings) -> bool:
    """Whether visitor and app are on one machine, and nothing tells of a proxy between them.

    A missing header proves nothing. So the request must be one that browsers and curl send, under
    a name of this machine; and where the system tells which process sends it, that must be its
    owner's or root's, and none that other machines can connect to.
    """
    served_here = settings.is_local and is_loopback((scope.get("server") or ("",))[0])
    if not served_here or scope.get("http_version") == "1.0" or not _has_own_name(scope):
        return False
    if any(name in _FORWARDED or name.startswith(_FORWARDED_BEGIN) for name, _ in scope["headers"]):
        return False
    told = _told_by_the_system(scope)
    # Proxies close each connection unless told otherwise; but so do some programs.
    return not _closes(scope) if told is None else told


def _told_by_the_system(scope: Scope) -> bool | None:
    """Whether the process that asks is one of a person here; None if it cannot be seen."""
    client, server = scope.get("client"), scope.get("server")
    peer = other_end(tuple(client), tuple(server)) if client and server else None
    if peer is None:
        return None
    if peer.owner not in (_ROOT, os.geteuid()):
        return False
    where = listens(peer.inode, peer.owner)
    return None if where is None else where != "beyond"


def _has_own_name(scope: Scope) -> bool:
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    try:
        return all(is_loopback(urlsplit(f"//{host}").hostname or "") for host in hosts)
    except ValueError:
        return False


def _closes(scope: Scope) -> bool:
    said = (value for name, value in scope["headers"] if name == b"connection")
    return any(b"close" in value.lower() for value in said)
