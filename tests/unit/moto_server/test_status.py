"""The status answers whatever Moto is doing."""

import io
import json
import threading
from collections.abc import Callable
from typing import Any

from services.moto_server.application import Application
from services.moto_server.http.status import PATH, Identity, with_status
from services.moto_server.memory import Memory
from tests.unit.moto_server.conftest import Server

ME = Identity("boot", 1, "5", durable=True, dataDir="/data", startedAt="today")


def test_the_status_answers_while_a_request_holds_the_lock(started: Callable[..., Server]) -> None:
    lock, server = threading.Lock(), started()
    memory = Memory(server.ledger, server.recovered.report, server.journal, server.compaction)
    application = Application(server.moto, lock, memory.ledger, 10**6)
    routed = with_status(application, ME, memory.report, memory.journal_status)
    environ: dict[str, Any] = {
        "PATH_INFO": PATH,
        "QUERY_STRING": "nonce=abc",
        "REQUEST_METHOD": "GET",
        "wsgi.input": io.BytesIO(),
    }

    with lock:
        (body,) = routed(environ, lambda *_: None)

    assert json.loads(body)["nonce"] == "abc"
