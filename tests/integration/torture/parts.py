"""What the torture tests share: an app that can be killed, raw AWS calls, threads that report."""

import contextlib
import json
import random
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.store.attributes import Item
from services.store.connection import WRITE, Connection
from services.store.read_model.rows import is_asset
from services.store.table import key_of
from tests.bench.processes import Process, free_port, spawned, wait_until
from tests.bench.servers import ROOT, get
from tests.integration.stores import REGION, TABLE, kill, motos

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# So short a switch interval shows a missing lock within seconds.
_HASTY = (
    "import sys; sys.setswitchinterval(1e-6);"
    "from services.moto_server.__main__ import main; sys.exit(main())"
)
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class App:
    """A real app process on fixed ports: it can be killed and comes back at the same place."""

    def __init__(self, data: Path, moto_port: int) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.endpoint = f"http://127.0.0.1:{moto_port}"
        self._life = contextlib.ExitStack()
        self._process: Process | None = None

    @property
    def process(self) -> Process:
        assert self._process is not None
        return self._process

    def spawn(self) -> None:
        """Give the command; it may not be ready yet."""
        self._process = self._life.enter_context(
            spawned(
                "streamlit_app.py",
                [sys.executable, "streamlit_app.py"],
                folder=ROOT,
                log=self.data.parent / f"app-{self.port}.log",
                environment={
                    "BASKET_HOST": "127.0.0.1",
                    "BASKET_PORT": str(self.port),
                    "BASKET_DYNAMODB_ENDPOINT": self.endpoint,
                    "BASKET_DATA_DIR": str(self.data),
                },
            )
        )

    def wait(self) -> None:
        """Until it and its store answer."""
        wait_until(self.process, lambda: get(f"{self.url}/healthz", timeout=60) is not None)

    def crash(self) -> None:
        """kill -9; its Moto lives on."""
        kill(self.process.pid)
        self._life.close()

    def stop(self) -> int:
        """Ctrl-C by the book; the exit code."""
        popen: subprocess.Popen[bytes] = self.process.popen
        popen.send_signal(signal.SIGTERM)
        code = popen.wait(60)
        self._life.close()
        return code

    def log(self) -> str:
        return self.process.log.read_text(errors="replace")


@contextlib.contextmanager
def cleared(data: Path) -> Iterator[None]:
    """No Moto of this data folder outlives the block."""
    try:
        yield
    finally:
        for pid in motos(data):
            kill(pid)


@contextlib.contextmanager
def app(data: Path, moto_port: int) -> Iterator[App]:
    """An app, spawned; it is gone after the block, and so is its Moto."""
    made = App(data, moto_port)
    with cleared(data), made._life:
        made.spawn()
        yield made
        made._life.close()


def call(url: str, method: str = "GET", body: object = None) -> tuple[int, Any]:
    """Status and JSON of an HTTP request; status 0 if no answer came."""
    request = urllib.request.Request(
        url,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with _DIRECT.open(request, timeout=60) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except (OSError, HTTPException, ValueError):
        return 0, None


def raw(url: str) -> "DynamoDBClient":
    """A boto3 client of somebody who does not know the app; it asks once."""
    return Connection("moto", REGION, url).dynamodb(WRITE)


def scan(client: "DynamoDBClient", table: str = TABLE) -> dict[str, Item]:
    """Every asset of a table by its key, as DynamoDB JSON.

    In small pages: long histories make an item large, and the client does not wait for long.
    """
    pages = client.get_paginator("scan").paginate(
        TableName=table, ConsistentRead=True, PaginationConfig={"PageSize": 50}
    )
    items: list[Any] = [item for page in pages for item in page["Items"]]
    return {key_of(item): item for item in items if is_asset(key_of(item))}


@contextlib.contextmanager
def hasty_moto(data: Path) -> Iterator[str]:
    """Our Moto whose threads change places at every step: where it answers."""
    command = [sys.executable, "-c", _HASTY, "-p", "0", "--data-dir", str(data)]
    card = data / "moto.json"
    with spawned("hasty moto", command, folder=ROOT, log=data.parent / "moto.log") as process:
        wait_until(process, card.exists)
        yield f"http://127.0.0.1:{json.loads(card.read_text())['port']}"


class Crowd:
    """Threads that do the same over and over until told to stop; what goes wrong comes out."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._failures: list[BaseException] = []

    def send(self, step: Callable[[random.Random], object]) -> None:
        """Repeat `step` in a thread of its own, each with a chance of its own."""
        chance = random.Random(self._rng.randrange(2**32))
        thread = threading.Thread(target=self._repeat, args=(step, chance))
        self._threads.append(thread)
        thread.start()

    def _repeat(self, step: Callable[[random.Random], object], chance: random.Random) -> None:
        try:
            while not self._stop.is_set():
                step(chance)
        except BaseException as error:  # noqa: BLE001 - raised again where the test waits
            self._failures.append(error)

    def __enter__(self) -> "Crowd":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        if self._failures:
            raise self._failures[0]
