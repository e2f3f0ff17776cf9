"""The data folder as the apps and the Moto that use it share it."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from services.disk import OWNERS_FILE, keep_private, lock, make_private, share
from services.errors import StartRefused
from services.store.change_counter import ChangeCounter
from services.store.moto_process.probe import Answer


class DataFolder:
    """What is found in the folder about the Moto that serves it, and whether others use it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pulse = ChangeCounter(path)
        self._users: IO[str] | None = None

    @property
    def log(self) -> Path:
        """What its Moto writes to its terminal."""
        return self.path / "moto.log"

    def enter(self) -> None:
        """Be one of its users, until `leave` or the end of this process, however it ends.

        Raises StartRefused if there can be no such folder.
        """
        try:
            make_private(self.path)
            keep_private(self.path)
            for file in (self.log, users := self.path / "users.lock"):
                file.touch(OWNERS_FILE)
            self._users = users.open("a")
        except OSError as error:
            raise StartRefused(
                f"BASKET_DATA_DIR is {self.path}, where nothing can be kept: {error.strerror}."
            ) from error
        share(self._users)

    @contextlib.contextmanager
    def leave(self) -> Iterator[bool]:
        """Use it no longer; whether nobody else does, and nobody can begin to within the block."""
        users, self._users = self._users, None
        if users is None:
            yield False
            return
        with users:
            try:
                lock(users)
            except BlockingIOError:
                yield False
            else:
                yield True

    def port(self) -> int | None:
        """Where its Moto said that it listens; nobody may be there by now, or somebody else."""
        try:
            port = int(json.loads((self.path / "moto.json").read_text())["port"])
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            return None
        return port if 0 < port < 65536 else None

    def is_served_by(self, answer: Answer) -> bool:
        """Whether who answered keeps this folder."""
        return answer.data_dir == str(self.path.resolve())

    def last_words(self) -> str:
        """The last line that its Moto wrote."""
        lines = self.log.read_text(errors="replace").splitlines()
        return lines[-1] if lines else "it said nothing."
