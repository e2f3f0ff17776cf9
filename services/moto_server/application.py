"""One request at a time: Moto has no locks, and under load loses writes without one."""

import logging
import threading

from services.moto_server.http import errors
from services.moto_server.http.wire import (
    Answer,
    Environ,
    Request,
    StartResponse,
    WsgiApp,
    run,
)
from services.moto_server.write_ahead import Ledger

_log = logging.getLogger(__name__)
_CHUNK = 1 << 20


class Application:
    """The WSGI application that everybody shares.

    A request's body is read before the lock is taken and its answer sent after the lock is
    given back, so that a slow client keeps nobody waiting.
    """

    def __init__(self, moto: WsgiApp, lock: threading.Lock, ledger: Ledger, max_body: int) -> None:
        self._moto = moto
        self._lock = lock
        self._ledger = ledger
        self._max_body = max_body

    def __call__(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        body = _read_body(environ, self._max_body)
        if body is None:
            return _too_large(Request.of(environ, b"")).send(start_response)
        return self._answer(Request.of(environ, body)).send(start_response)

    def _answer(self, request: Request) -> Answer:
        with self._lock:
            return self._ledger.entered(request, self._ask_moto)

    def _ask_moto(self, request: Request) -> Answer:
        try:
            return run(self._moto, request)
        except Exception as error:  # noqa: BLE001
            # Moto raises through Flask where AWS would answer 500; whatever it was, one
            # request's failure must not end a server that others use.
            _log.exception("Moto failed at %s %s", request.method, request.uri)
            sentence = f"Moto failed: {type(error).__name__}: {error}"
            return errors.failure(request, "500 Internal Server Error", "InternalFailure", sentence)


def _read_body(environ: Environ, limit: int) -> bytes | None:
    if not environ.get("wsgi.input_terminated"):
        length = int(environ.get("CONTENT_LENGTH") or 0)
        return None if length > limit else environ["wsgi.input"].read(length)
    chunks: list[bytes] = []
    left = limit
    while left >= 0 and (chunk := environ["wsgi.input"].read(_CHUNK)):
        chunks.append(chunk)
        left -= len(chunk)
    return b"".join(chunks) if left >= 0 else None


def _too_large(request: Request) -> Answer:
    sentence = "The request is larger than this server takes."
    return errors.failure(request, "413 Content Too Large", "RequestEntityTooLarge", sentence)
