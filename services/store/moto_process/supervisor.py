"""Finds Moto, has it started where there is none, and again when it has died."""

import contextlib
import os
import signal
import threading
import time
from pathlib import Path

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionClosedError,
    EndpointConnectionError,
)

from services.errors import StartRefused, StoreUnavailable
from services.store.change_counter import ChangeCounter
from services.store.connection import FIRST, WRITE, Connection
from services.store.moto_process.folder import DataFolder
from services.store.moto_process.launcher import MotoLauncher
from services.store.moto_process.probe import Answer, ask_ours, identify
from services.store.moto_process.server import ServerState
from services.store.table import ensure_table

_LOOK_SECONDS = 2.0


class MotoSupervisor:
    """Keeps a Moto server running for one data folder."""

    def __init__(
        self, connection: Connection, table: str, data_dir: Path, *, endpoint_is_set: bool
    ) -> None:
        self._table = table
        self._endpoint_is_set = endpoint_is_set
        self._folder = DataFolder(data_dir)
        self._launcher = MotoLauncher(connection, self._folder, may_move=not endpoint_is_set)
        self._lock = threading.Lock()
        self._seen = Answer("nobody")
        self._restarts = 0
        self._looking = threading.Lock()
        self._looked = 0.0
        self._failed: tuple[float, str] | None = None
        self._had_table: str | None = None
        """The start of Moto's in which the table was last seen."""
        self._data_dir: str | None = None
        """Of the Moto in use, once known; another app's folder if its Moto was there first."""

    @property
    def connection(self) -> Connection:
        """Where Moto is, or will be."""
        return self._launcher.connection

    def start(self) -> None:
        """Attach to the Moto of this data folder or endpoint, or start one without waiting for it.

        Raises StartRefused if something else sits on an endpoint that was asked for, or if no Moto
        can be had.
        """
        self._folder.enter()
        self._launcher.follow()
        self._seen = identify(self.connection, patiently=True)
        if self._seen.who == "stranger":
            self._step_aside()
        elif self._seen.who == "nobody":
            self._launcher.spawn()
        if self._seen.who == "ours":
            self._data_dir = self._seen.data_dir

    def look(self) -> None:
        """Ask our Moto how it is, if that was some time ago; who comes meanwhile does not wait."""
        if time.monotonic() - self._looked < _LOOK_SECONDS or self._seen.who == "stock":
            return
        if not self._looking.acquire(blocking=False):
            return
        try:
            seen = ask_ours(self.connection)
            if seen is not None and self._seen.who in ("ours", "nobody"):
                self._seen = seen
            self._looked = time.monotonic()
        finally:
            self._looking.release()

    @property
    def state(self) -> ServerState:
        """Where Moto runs, as far as is known."""
        process, failed = self._launcher.process, self._failed
        # Another app of this folder may have started Moto again after this one's had died.
        pid = process.pid if process and process.fate == "runs" else self._seen.pid
        return ServerState(
            endpoint=self.connection.endpoint or "",
            started_here=process is not None,
            ours=process is not None or self._seen.who == "ours",
            pid=pid,
            restarts=self._restarts,
            note=self._seen.note,
            refusing=self._seen.refusing,
            unavailable=failed[1] if failed else "",
            foreign_data_dir=self._data_dir or "" if self._is_foreign else "",
        )

    @property
    def pulse(self) -> ChangeCounter:
        """By which a Moto of this data folder tells that there may be news."""
        return self._folder.pulse

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
            self._failed = None

    def stop(self) -> None:
        """Stop our Moto if no other app uses it; a stock one is left alone.

        Whoever asks for a Moto from now on, or is waiting for one, does not get it.
        """
        self._launcher.cancel()
        with self._lock, self._folder.leave() as was_the_last:
            if was_the_last:
                self._end()

    def _step_aside(self) -> None:
        """Something else is on the endpoint: take a free port, unless this one was asked for."""
        if self._endpoint_is_set:
            raise StartRefused(
                f"BASKET_DYNAMODB_ENDPOINT is {self.connection.endpoint}, but what is there "
                f"{self._seen.note}. Free that port, or set another one."
            )
        try:
            self._seen = self._launcher.spawn_on_a_free_port()
        except StoreUnavailable as failure:
            raise StartRefused(str(failure)) from failure
        self._launcher.let_go_of_all_but(self._seen)

    def _revive(self) -> None:
        self._find()
        try:
            try:
                self._ensure_table()
            except (ConnectionClosedError, EndpointConnectionError):
                # It died between the question and this.
                self._find()
                self._ensure_table()
        except (BotoCoreError, ClientError) as error:
            raise StoreUnavailable(f"The store does not answer: {error}") from error

    def _find(self) -> None:
        """Know who answers; where nobody does, after Moto was started again."""
        if self._launcher.is_cancelled:
            raise StoreUnavailable("The app is closing.")
        seen = identify(self.connection)
        if seen.who == "nobody":
            seen = self._raise_from_the_dead()
        if seen.who == "stranger":
            raise StoreUnavailable(f"What is at {self.connection.endpoint} {seen.note}.")
        if seen.who == "ours":
            self._refuse_another_folder(seen)
        self._seen = seen
        self._launcher.let_go_of_all_but(seen)

    def _ensure_table(self) -> None:
        patience = WRITE if self._seen.boot == self._had_table else FIRST
        ensure_table(self.connection.dynamodb(patience), self._table)
        self._had_table = self._seen.boot

    def _raise_from_the_dead(self) -> Answer:
        if self._seen.who == "stock":
            raise StoreUnavailable(
                f"The Moto server at {self.connection.endpoint} has stopped. "
                "It was not started by this app: start it again, then try once more."
            )
        if self._is_foreign:
            raise StoreUnavailable(self._foreign_moto_gone())
        fate = self._launcher.process.fate if self._launcher.process else None
        if fate != "runs":
            # A process that was turned away from the folder has never served anybody.
            self._restarts += self._seen.who == "ours" or fate in ("failed", "port taken")
            self._launcher.spawn()
        return self._launcher.wait()

    @property
    def _is_foreign(self) -> bool:
        return self._data_dir not in (None, str(self._folder.path.resolve()))

    def _refuse_another_folder(self, seen: Answer) -> None:
        """Raise StoreUnavailable for a Moto that keeps other data than what was shown before."""
        if self._data_dir not in (None, seen.data_dir):
            raise StoreUnavailable(self._foreign_moto_gone())
        self._data_dir = seen.data_dir

    def _foreign_moto_gone(self) -> str:
        return (
            f"The data shown until now is kept in {self._data_dir}, and the Moto server of that "
            "folder has stopped. Start the app that uses it again to go on, or restart this one "
            f"to use the data in {self._folder.path}."
        )

    def _end(self) -> None:
        # Who serves the folder by now: the one started here may have been the slower of two.
        self._seen = identify(self.connection)
        if self._seen.pid is not None:
            self._launcher.let_go_of_all_but(self._seen)
        if self._launcher.process is not None:
            self._launcher.process.end()
        elif self._seen.pid is not None and self._folder.is_served_by(self._seen):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._seen.pid, signal.SIGTERM)
