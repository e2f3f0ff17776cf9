"""Finds Moto, starts it where there is none, starts it again when it has died."""

import contextlib
import os
import signal
import threading
import time
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from services.errors import StartRefused, StoreUnavailable
from services.store.connection import WRITE, Connection
from services.store.folder import DataFolder
from services.store.probe import Answer, free_port, identify
from services.store.process import MotoProcess
from services.store.server import ServerState
from services.store.table import ensure_table

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
        self._folder = DataFolder(data_dir)
        self._endpoint_is_set = endpoint_is_set
        self._lock = threading.Lock()
        self._process: MotoProcess | None = None
        self._seen = Answer("nobody")

    def start(self) -> None:
        """Attach to the Moto of this data folder or endpoint, or start one without waiting for it.

        Raises StartRefused if something else sits on an endpoint that was asked for.
        """
        self._folder.enter()
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
            self._process.end()
            self._process = None

    def stop(self) -> None:
        """Stop our Moto if no other app uses it; a stock one is left alone."""
        with self._folder.leave() as was_the_last:
            if was_the_last:
                self._end()

    def _follow_pid_file(self) -> None:
        """The Moto of this data folder may have had to take another port."""
        port = self._folder.port()
        if port is None or self._endpoint_is_set:
            return
        there = self.connection.at(f"http://127.0.0.1:{port}")
        if self._folder.is_served_by(identify(there)):
            self.connection = there

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
        self._process = MotoProcess(self.connection.endpoint or "", self._folder)

    def _raise_from_the_dead(self) -> Answer:
        if self._seen.who == "stock":
            raise StoreUnavailable(
                f"The Moto server at {self.connection.endpoint} has stopped. "
                "It was not started by this app: start it again, then try once more."
            )
        if self._process is None or self._process.has_ended:
            self._restarts += self._process is not None or self._seen.who == "ours"
            self._spawn()
        return self._wait()

    def _wait(self) -> Answer:
        """Wait for the process just started, or for the one that was quicker than it."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if (seen := identify(self.connection)).who != "nobody":
                return seen
            if self._process is not None and self._process.has_ended:
                self._give_up_or_follow()
            time.sleep(0.02)
        raise StoreUnavailable(f"Moto did not start within {_START_SECONDS} seconds.")

    def _give_up_or_follow(self) -> None:
        """Our process has ended: another app's Moto on the same data folder was quicker, or not."""
        self._process = None
        self._follow_pid_file()
        if identify(self.connection).who == "nobody":
            raise StoreUnavailable(f"Moto did not start: {self._folder.last_words()}")

    def _end(self) -> None:
        # Who serves the folder by now: the one started here may have been the slower of two.
        self._seen = identify(self.connection)
        if self._seen.pid is not None:
            self._let_go_of_the_slower_one()
        if self._process is not None:
            self._process.end()
        elif self._seen.pid is not None and self._folder.is_served_by(self._seen):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._seen.pid, signal.SIGTERM)
