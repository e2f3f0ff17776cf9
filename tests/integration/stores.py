"""A real store for a test: a Moto process, a table of its own, and what talks to it."""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from uuid import uuid4

import psutil  # type: ignore[import-untyped]  # ships no types
import pytest

from services.assets.service import AssetService
from services.errors import StoreUnavailable
from services.store.assets.repository import AssetRepository
from services.store.connection import Connection
from services.store.gateway import Gateway
from services.store.moto_process.supervisor import MotoSupervisor
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.changes import TableSource
from services.store.table import ensure_table
from tests.bench.processes import free_port, stop
from tests.patience import waits

REGION = "eu-west-1"
TABLE = "AssetBasket"

_SHIPPED = waits(0)


def be_patient(patch: pytest.MonkeyPatch) -> None:
    """Have this process wait for a store as long as it takes: a busy machine is none that is away.

    Everything that is made from now on.
    """
    for (module, name), longer in waits(60).items():
        patch.setattr(module, name, longer)


def be_impatient(patch: pytest.MonkeyPatch) -> None:
    """Have it give up as soon as it does for people."""
    for (module, name), shipped in _SHIPPED.items():
        patch.setattr(module, name, shipped)


class Standing:
    """A server that is there already, and that nobody revives."""

    safe_for_several_writers = True

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def revive(self) -> None:
        raise StoreUnavailable


@cache
def gateway(url: str) -> Gateway:
    """Making clients takes longer than most tests: one set for each server."""
    connection = Connection("moto", REGION, url)
    return Gateway(connection, Standing(connection))


class Real:
    """What the app has of a store that somebody else runs, with a table of its own."""

    def __init__(self, url: str) -> None:
        self.table = f"T{uuid4().hex}"
        self.gateway = gateway(url)
        ensure_table(self.gateway.write, self.table)
        self.repository = AssetRepository(self.gateway, self.table)

    def source(self) -> TableSource:
        return TableSource(self.gateway, self.table, exports=True)


class Kept:
    """What an app has of a store whose Moto it supervises."""

    def __init__(
        self, supervisor: MotoSupervisor, table: str = TABLE, gateway: Gateway | None = None
    ) -> None:
        self.supervisor = supervisor
        self.table = table
        self._gateway = gateway

    @cached_property
    def gateway(self) -> Gateway:
        return self._gateway or Gateway(self.supervisor.connection, self.supervisor)

    @cached_property
    def repository(self) -> AssetRepository:
        return AssetRepository(self.gateway, self.table)

    @cached_property
    def catalogue(self) -> Catalogue:
        pulse = self.supervisor.pulse
        return Catalogue(TableSource(self.gateway, self.table, exports=True, pulse=pulse))

    @cached_property
    def assets(self) -> AssetService:
        return AssetService(self.repository, self.catalogue)

    def another(self) -> "Kept":
        """What another app has of the same table."""
        return Kept(self.supervisor, self.table, self.gateway)

    def apart(self) -> "Kept":
        """The same Moto, running, with another table, that is empty."""
        self.see_to_it()
        made = Kept(self.supervisor, f"T{uuid4().hex}", self.gateway)
        ensure_table(made.gateway.write, made.table)
        return made

    def see_to_it(self) -> None:
        """That Moto runs: whoever asks for anything has it revived."""
        self.gateway.read(self.gateway.write.list_tables, Limit=1)

    @property
    def data(self) -> Path:
        return self.supervisor._folder.path

    @property
    def endpoint(self) -> str:
        return self.supervisor.state.endpoint

    @property
    def pid(self) -> int:
        pid = self.supervisor.state.pid
        assert pid is not None
        return pid


def supervisor(data: Path, endpoint: str, *, endpoint_is_set: bool = True) -> MotoSupervisor:
    return MotoSupervisor(
        Connection("moto", REGION, endpoint), TABLE, data, endpoint_is_set=endpoint_is_set
    )


@contextlib.contextmanager
def supervised(
    data: Path, endpoint: str | None = None, *, endpoint_is_set: bool = True
) -> Iterator[Kept]:
    """A supervisor, started, with its table; whatever Moto it ended up with stops with the block.

    Without an endpoint: on a free port.
    """
    keeper = supervisor(
        data, endpoint or f"http://127.0.0.1:{free_port()}", endpoint_is_set=endpoint_is_set
    )
    keeper.start()
    try:
        keeper.revive()
        yield Kept(keeper)
    finally:
        keeper.stop()


@contextlib.contextmanager
def stopped(pid: int) -> Iterator[None]:
    """A process that hangs: it holds its sockets and answers nothing."""
    stop(pid)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def kill(pid: int) -> None:
    """End a process of the test's own as a power cut would, and wait until it is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.kill()
        # Its parent may not look for a while; and a zombie's threads may still hold its sockets.
        while process.status() != psutil.STATUS_ZOMBIE or process.num_threads() > 1:
            time.sleep(0.005)


def motos(data: Path) -> list[int]:
    """The Moto processes that run for this data folder."""
    found = []
    for process in psutil.process_iter(["pid", "cmdline", "status"]):
        command = process.info["cmdline"] or []
        alive = process.info["status"] != psutil.STATUS_ZOMBIE
        if alive and "services.moto_server" in command and str(data.resolve()) in command:
            found.append(process.info["pid"])
    return found


def eventually(ask: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether it comes true at all: after so many seconds it is given up."""
    deadline = time.monotonic() + seconds
    while not ask():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
