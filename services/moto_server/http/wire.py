"""Requests and answers as plain values, so that they can be kept, replayed and compared."""

import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]

PRESERVED_NAMES = "moto.preserved_header_names"
# They describe one connection or one attempt and would only fatten the journal.
_VOLATILE = frozenset(
    {
        "HTTP_ACCEPT",
        "HTTP_ACCEPT_ENCODING",
        "HTTP_AMZ_SDK_INVOCATION_ID",
        "HTTP_AMZ_SDK_REQUEST",
        "HTTP_CONNECTION",
        "HTTP_EXPECT",
        "HTTP_TRANSFER_ENCODING",
    }
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete HTTP answer."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def succeeded(self) -> bool:
        """Whether the request did what it asked for (2xx and 3xx)."""
        return self.status[:1] in ("2", "3")

    def send(self, start_response: StartResponse) -> list[bytes]:
        """Hand the answer to a WSGI server."""
        start_response(self.status, self.headers)
        return [self.body]


@dataclass(frozen=True, slots=True)
class Request:
    """A complete HTTP request; ``headers`` are named as WSGI names them."""

    method: str
    uri: str
    headers: dict[str, Any]
    body: bytes

    def header(self, name: str) -> str:
        """The value of the header ``name`` (as in ``HTTP_X_AMZ_TARGET``), empty without it."""
        return str(self.headers.get(name, ""))

    @property
    def path(self) -> str:
        """The path as it was sent, still percent-encoded, without the query."""
        return self.uri.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the question mark."""
        return self.uri.partition("?")[2]

    def environ(self) -> Environ:
        """A fresh WSGI environment that carries this request."""
        return {
            "REQUEST_METHOD": self.method,
            "RAW_URI": self.uri,
            "REQUEST_URI": self.uri,
            "SCRIPT_NAME": "",
            "PATH_INFO": decoded_path(self.path),
            "QUERY_STRING": self.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **self.headers,
            "CONTENT_LENGTH": str(len(self.body)),
        }

    def to_bytes(self) -> bytes:
        """The request as one line of JSON followed by the body as it is."""
        head = json.dumps([self.method, self.uri, self.headers], separators=(",", ":"))
        return head.encode() + b"\n" + self.body

    @classmethod
    def from_bytes(cls, data: bytes) -> "Request":
        """Undo ``to_bytes``; raises ValueError if it cannot have come from there."""
        head, _, body = data.partition(b"\n")
        method, uri, headers = json.loads(head)
        return cls(method, uri, headers, body)

    @classmethod
    def of(cls, environ: Environ, body: bytes) -> "Request":
        """The request in a WSGI environment, whose body has been read already."""
        return cls(environ["REQUEST_METHOD"], environ["RAW_URI"], _headers(environ), body)


def decoded_path(path: str) -> str:
    """A percent-encoded path as WSGI wants it: decoded bytes dressed up as Latin-1."""
    return unquote_to_bytes(path).decode("latin-1")


def run(app: WsgiApp, request: Request) -> Answer:
    """Everything ``app`` has to say to ``request``, including a body made while it is read."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _exc_info: object = None
    ) -> None:
        started[:] = [(status, headers)]

    chunks = app(request.environ(), start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    status, headers = started[0]
    return Answer(status, headers, body)


def _headers(environ: Environ) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in environ.items()
        if name.startswith("HTTP_") and name not in _VOLATILE
    }
    for name in ("CONTENT_TYPE", PRESERVED_NAMES):
        if environ.get(name):
            kept[name] = environ[name]
    return kept
