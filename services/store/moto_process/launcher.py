"""Gets a Moto for a data folder: starts one, or joins the one that was quicker."""

import threading
import time

from services.errors import StoreUnavailable
from services.store.connection import Connection
from services.store.moto_process.folder import DataFolder
from services.store.moto_process.probe import Answer, free_port, identify
from services.store.moto_process.process import MotoProcess

_START_SECONDS = 15
_PORT_TRIES = 5


class MotoLauncher:
    """Where the Moto of a data folder is, and the process, if it was started here."""

    def __init__(self, connection: Connection, folder: DataFolder, *, may_move: bool) -> None:
        self.connection = connection
        self.process: MotoProcess | None = None
        self._folder = folder
        self._may_move = may_move
        self._cancelled = threading.Event()

    def follow(self) -> None:
        """Go to where the folder is served already: its Moto may have had to take another port."""
        if self._may_move:
            self.connection = self._where_it_is_served() or self.connection

    def spawn(self) -> MotoProcess:
        """Start a Moto without waiting for it."""
        self.process = MotoProcess(self.connection.endpoint or "", self._folder)
        return self.process

    def spawn_on_a_free_port(self) -> Answer:
        """Start a Moto somewhere else, and wait for it. Raises StoreUnavailable."""
        for _ in range(_PORT_TRIES):
            self.connection = self.connection.at(f"http://127.0.0.1:{free_port()}")
            process = self.spawn()
            seen = self.wait()
            if seen.who != "stranger":
                return seen
            # Somebody was quicker on that port.
            process.end()
        raise StoreUnavailable("Moto did not start: each port that was free was taken at once.")

    def wait(self) -> Answer:
        """Wait for the process just started, or for the one that was quicker than it.

        Raises StoreUnavailable with what went wrong.
        """
        deadline = time.monotonic() + _START_SECONDS
        while not self.is_cancelled:
            seen = identify(self.connection)
            fate = self.process.fate if self.process else "turned away"
            # The one started here may listen already and be too busy to answer.
            if seen.who != "nobody" and not (seen.is_silent and fate == "runs"):
                return seen
            match fate:
                case "turned away":
                    self._join_or_try_again()
                case "port taken":
                    return Answer("stranger", note="keeps the port, but takes no connections")
                case "killed":
                    # By somebody, or for want of memory: whoever needs it has it started once more.
                    self.spawn()
                case "failed":
                    raise StoreUnavailable(f"Moto did not start: {self._folder.last_words()}")
            if time.monotonic() > deadline:
                raise StoreUnavailable(f"Moto did not start within {_START_SECONDS} seconds.")
            time.sleep(0.02)
        raise StoreUnavailable("The app is closing.")

    def let_go_of_all_but(self, seen: Answer) -> None:
        """Another app's Moto on this folder was quicker than the one started here, which ends."""
        if self.process is not None and self.process.pid != seen.pid:
            self.process.end()
            self.process = None

    def cancel(self) -> None:
        """Whoever waits for a Moto gets none any more."""
        self._cancelled.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the app is closing."""
        return self._cancelled.is_set()

    def _where_it_is_served(self) -> Connection | None:
        port = self._folder.port()
        if port is None:
            return None
        there = self.connection.at(f"http://127.0.0.1:{port}")
        return there if self._folder.is_served_by(identify(there)) else None

    def _join_or_try_again(self) -> None:
        """Another Moto has the folder: one that listens elsewhere, or not yet, or no longer."""
        there = self._where_it_is_served()
        if there is None:
            self.spawn()
        elif there != self.connection and not self._may_move:
            raise StoreUnavailable(
                f"{self._folder.path} is already served by the Moto at {there.endpoint}. "
                "Set BASKET_DYNAMODB_ENDPOINT to that, or another BASKET_DATA_DIR."
            )
        else:
            self.connection = there
