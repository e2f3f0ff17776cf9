"""Finds Moto, starts it where there is none, starts it again when it has died."""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from services.errors import StartRefused, StoreUnavailable
from services.store.connection import WRITE, Connection
from services.store.probe import Answer, free_port, identify
from services.store.server import ServerState
from services.store.table import ensure_table

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 15


class MotoSupervisor:
    """Keeps a Moto server running for one data folder."""

    def __init__(
        self, connection: Connection, table: str, data_dir: Path, *, endpoint_is_set: bool
    ) -> None:
        self.connection = connection
        self._restarts = 0
        self._failed: tuple[float, str] | None = None
        self._table = table
        self._data_dir = data_dir
        self._endpoint_is_set = endpoint_is_set
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._seen = Answer("nobody")
        self._users: IO[str] | None = None

    def start(self) -> None:
        """Attach to the Moto of this data folder or endpoint, or start one without waiting for it.

        Raises StartRefused if something else sits on an endpoint that was asked for.
        """
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._users = (self._data_dir / "users.lock").open("a")
        fcntl.flock(self._users, fcntl.LOCK_SH)
        self._follow_pid_file()
        self._seen = identify(self.connection)
        if self._seen.who == "stranger":
            self._step_aside()
        elif self._seen.who == "nobody":
            self._spawn()

    @property
    def state(self) -> ServerState:
        """Where Moto runs, as far as is known."""
        started = self._process is not None
        return ServerState(
            endpoint=self.connection.endpoint or "",
            started_here=started,
            ours=started or self._seen.who == "ours",
            pid=self._process.pid if self._process else self._seen.pid,
            restarts=self._restarts,
            note=self._seen.note,
        )

    @property
    def safe_for_several_writers(self) -> bool:
        """Our server takes one request at a time; a stock moto_server has no locks."""
        return self._seen.who != "stock"

    def revive(self) -> None:
        """Make sure that Moto runs and has the table; who comes second waits for the first.

        Raises StoreUnavailable with what to do; whoever waited meanwhile hears the same.
        """
        arrived = time.monotonic()
        with self._lock:
            if self._failed is not None and self._failed[0] > arrived:
                raise StoreUnavailable(self._failed[1])
            try:
                self._revive()
            except StoreUnavailable as failure:
                self._failed = (time.monotonic(), str(failure))
                raise

    def _revive(self) -> None:
        seen = identify(self.connection)
        if seen.who == "nobody":
            seen = self._raise_from_the_dead()
        if seen.who == "stranger":
            raise StoreUnavailable(f"What is at {self.connection.endpoint} {seen.note}.")
        self._seen = seen
        self._let_go_of_the_slower_one()
        try:
            ensure_table(self.connection.dynamodb(WRITE), self._table)
        except (BotoCoreError, ClientError) as error:
            # It died, or its disk refuses, between the question and this.
            raise StoreUnavailable(f"The store does not answer: {error}") from error

    def _let_go_of_the_slower_one(self) -> None:
        """Another app's Moto on this folder was quicker than the one started here, which ends."""
        if self._process is not None and self._process.pid != self._seen.pid:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Stop our Moto if no other app uses it; a stock one is left alone."""
        users, self._users = self._users, None
        if users is None:
            return
        with users, contextlib.suppress(BlockingIOError):
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._end()

    def _follow_pid_file(self) -> None:
        """The Moto of this data folder may have had to take another port."""
        port = self._port_on_file()
        if port is None or self._endpoint_is_set:
            return
        there = self.connection.at(f"http://127.0.0.1:{port}")
        if identify(there).data_dir == str(self._data_dir.resolve()):
            self.connection = there

    def _port_on_file(self) -> int | None:
        try:
            return int(json.loads((self._data_dir / "moto.json").read_text())["port"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _step_aside(self) -> None:
        """Something else is on the endpoint: take a free port, unless this one was asked for."""
        if self._endpoint_is_set:
            raise StartRefused(
                f"BASKET_DYNAMODB_ENDPOINT is {self.connection.endpoint}, but what is there "
                f"{self._seen.note}. Free that port, or set another one."
            )
        self.connection = self.connection.at(f"http://127.0.0.1:{free_port()}")
        self._spawn()
        self._seen = self._wait()
        self._let_go_of_the_slower_one()

    def _spawn(self) -> None:
        parts = urlsplit(self.connection.endpoint or "")
        with (self._data_dir / "moto.log").open("ab") as log:
            # A process group of its own: Ctrl-C in the terminal is the app's to handle.
            # An environment of its own: nothing that configures AWS or Moto reaches it.
            self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
                [
                    sys.executable,
                    *("-m", "services.moto_server"),
                    *("-H", parts.hostname or "127.0.0.1"),
                    *("-p", str(parts.port)),
                    *("--data-dir", str(self._data_dir.resolve())),
                ],
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _raise_from_the_dead(self) -> Answer:
        if self._seen.who == "stock":
            raise StoreUnavailable(
                f"The Moto server at {self.connection.endpoint} has stopped. "
                "It was not started by this app: start it again, then try once more."
            )
        if self._process is None or self._process.poll() is not None:
            self._restarts += self._process is not None or self._seen.who == "ours"
            self._spawn()
        return self._wait()

    def _wait(self) -> Answer:
        """Wait for the process just started, or for the one that was quicker than it."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if (seen := identify(self.connection)).who != "nobody":
                return seen
            if self._process is not None and self._process.poll() is not None:
                self._give_up_or_follow()
            time.sleep(0.02)
        raise StoreUnavailable(f"Moto did not start within {_START_SECONDS} seconds.")

    def _give_up_or_follow(self) -> None:
        """Our process has ended: another app's Moto on the same data folder was quicker, or not."""
        self._process = None
        self._follow_pid_file()
        if identify(self.connection).who == "nobody":
            raise StoreUnavailable(f"Moto did not start: {self._last_words()}")

    def _last_words(self) -> str:
        lines = (self._data_dir / "moto.log").read_text(errors="replace").splitlines()
        return lines[-1] if lines else "it said nothing."

    def _is_ours(self) -> bool:
        """Whether the server keeps this data folder, so that nobody else started it for himself."""
        return self._process is not None or self._seen.data_dir == str(self._data_dir.resolve())

    def _end(self) -> None:
        # Who serves the folder by now: the one started here may have been the slower of two.
        self._seen = identify(self.connection)
        if self._seen.pid is not None:
            self._let_go_of_the_slower_one()
        pid = self._process.pid if self._process else self._seen.pid
        if pid is None or not self._is_ours():
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        if self._process is not None:
            try:
                self._process.wait(timeout=1.5)
            except subprocess.TimeoutExpired:
                self._process.kill()
