"""Moto in this process, forgotten before each test."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from moto.backends import get_backend
from moto.core.base_backend import BackendDict

from services.moto_server.http.wire import Answer, Request, WsgiApp, run
from services.moto_server.journal.compaction import Compaction
from services.moto_server.journal.disk import Disk
from services.moto_server.journal.journal import Journal
from services.moto_server.journal.layout import Layout
from services.moto_server.journal.recovery import Recovered, recover
from services.moto_server.patches import moto_app
from services.moto_server.write_ahead import Ledger
from tests.unit.moto_server.faulty import FaultyDisk


def forget() -> None:
    """Empty Moto, as a new process would find it."""
    for name in ("dynamodb", "dynamodbstreams", "sqs"):
        backends: Any = get_backend(name)
        for account in list(BackendDict.values(backends)):
            for backend in list(account.values()):
                backend.reset()


@pytest.fixture(scope="session")
def moto() -> WsgiApp:
    """Moto's application with this server's mends."""
    return moto_app.build(threading.Lock(), "0000-test")


@pytest.fixture(autouse=True)
def _empty_moto() -> Iterator[None]:
    forget()
    yield
    forget()


class Server:
    """A server without sockets: what a process is between a start and its end."""

    def __init__(self, moto: WsgiApp, folder: Path, disk: Disk | None = None) -> None:
        self.moto = moto
        self.disk = disk or Disk()
        self.layout = Layout(folder)
        forget()
        self.recovered: Recovered = recover(self.disk, self.layout, moto)
        self.journal: Journal = self.recovered.journal
        self.compaction = Compaction(self.disk, self.layout, self.journal, threshold=10**9)
        self.ledger = Ledger(self.journal, self.compaction.consider)

    def ask(self, request: Request) -> Answer:
        """A request as a client makes it."""
        return self.ledger.entered(request, lambda r: run(self.moto, r))

    def compact(self, *, keep_damaged: bool = False) -> None:
        """A snapshot, here and now."""
        number = self.journal.rotate()
        self.compaction.prepared(number, keep_damaged=keep_damaged)()


@pytest.fixture
def started(moto: WsgiApp, tmp_path: Path) -> Callable[..., Server]:
    """Starts a server on the test's folder; call it again for a restart."""

    def start(disk: Disk | None = None, place: str = "journal") -> Server:
        server = Server(moto, tmp_path / place, disk)
        if isinstance(disk, FaultyDisk):
            disk.armed = True
        return server

    return start
