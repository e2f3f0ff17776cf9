"""The one private route: who am I, how did the start go, does the disk take what I write."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import parse_qs

from services.moto_server.http.wire import Answer, Environ, StartResponse, WsgiApp

PATH = "/_basket/status"


@dataclass
class Recovery:
    """What a start found on disk; ``seconds`` is how long it took."""

    records: int = 0
    seconds: float = 0.0
    damage: list[str] = field(default_factory=list)
    tornTail: bool = False  # noqa: N815 - the name on the wire


@dataclass(frozen=True)
class Identity:
    """What stays the same for the life of the process; ``boot`` differs at every start."""

    boot: str
    pid: int
    moto: str
    durable: bool
    dataDir: str | None  # noqa: N815
    startedAt: str  # noqa: N815
    server: str = "asset-basket-moto"


def with_status(
    app: WsgiApp, identity: Identity, recovery: Recovery, journal: Callable[[], dict[str, Any]]
) -> WsgiApp:
    """``app`` with the status route, which answers even while a request holds the lock."""

    def route(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "GET":
            return app(environ, start_response)
        nonce = parse_qs(environ.get("QUERY_STRING", "")).get("nonce", [""])[0]
        content = {
            **asdict(identity),
            "nonce": nonce,
            "recovery": asdict(recovery),
            "journal": journal(),
        }
        return _answer(content).send(start_response)

    return route


def _answer(content: dict[str, Any]) -> Answer:
    body = json.dumps(content).encode()
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    return Answer("200 OK", headers, body)
