"""Folder of a sandbox, locked while its process lives, so that a dead one’s is recognised."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from services.store.moto_process.privacy import OWNERS_FILE, OWNERS_FOLDER, make_private


class SandboxFolder:
    """A folder of a copy's own, held until it is given up, or until this process has ended."""

    def __init__(self, folder: Path, lock: IO[str]) -> None:
        self.path = folder
        self._lock = lock

    @property
    def name(self) -> str:
        """What the copy is called; nobody can guess it."""
        return self.path.name

    def give_up(self) -> None:
        """Forget everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.leave_behind()

    def leave_behind(self) -> None:
        """Hold it no longer: whoever clears away finds it."""
        self._lock.close()


def take(folder: Path) -> SandboxFolder:
    """A sandbox’s folder, made new, before anything else there is of the copy. Raises OSError."""
    make_private(folder.parent)
    folder.mkdir(OWNERS_FOLDER)
    lock = _lock(folder)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return SandboxFolder(folder, lock)


def left_behind(parent: Path) -> Iterator[SandboxFolder]:
    """The folders of processes that have ended without giving them up; others' are left alone."""
    for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
        with contextlib.suppress(OSError):
            lock = _lock(folder)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.close()
            else:
                yield SandboxFolder(folder, lock)


def _lock(folder: Path) -> IO[str]:
    held = folder / "held"
    held.touch(OWNERS_FILE)
    return held.open("a")
