"""Folder of a sandbox, locked while its process lives, so that a dead one’s is recognised."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from services.disk import OWNERS_FOLDER, locked, make_private

_HELD = "held"


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
    return SandboxFolder(folder, locked(folder / _HELD))


def left_behind(parent: Path) -> Iterator[SandboxFolder]:
    """The folders of processes that have ended without giving them up; others' are left alone."""
    for folder in sorted(parent.iterdir()) if parent.is_dir() else ():
        with contextlib.suppress(OSError):
            yield SandboxFolder(folder, locked(folder / _HELD))
