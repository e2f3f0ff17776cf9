"""A disk that fails when a test wants it to."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from services.moto_server.journal.disk import Disk

CHANGING = ("create", "write", "sync", "truncate", "make_folder", "sync_folder", "rename", "remove")


class Killed(BaseException):
    """The process died here; nothing of it runs any more."""


class FaultyDisk(Disk):
    """Asks ``trouble(count, name)`` before every change; a number of bytes cuts a write short.

    It is a good disk until ``armed``, so that a server can start on it.
    """

    def __init__(self, trouble: Callable[[int, str], int | None]) -> None:
        self._trouble = trouble
        self._unsynced: dict[int, list[tuple[int, int]]] = {}
        self.count = 0
        self.armed = False
        for name in CHANGING:
            setattr(self, name, self._counted(name))

    def _counted(self, name: str) -> Callable[..., Any]:
        real = getattr(Disk, name)

        def operation(*arguments: Any) -> Any:
            self.count += self.armed
            try:
                cut = self._trouble(self.count, name) if self.armed else None
            except OSError:
                if name == "sync":
                    self._lose_unsynced(arguments[0])
                raise
            self._note(name, arguments)
            if cut is not None and name == "write":
                handle, data, position = arguments
                return real(self, handle, data[:cut], position)
            return real(self, *arguments)

        return operation

    def _note(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name == "write":
            handle, data, position = arguments
            self._unsynced.setdefault(handle, []).append((position, len(data)))
        if name == "sync":
            self._unsynced.pop(arguments[0], None)

    def _lose_unsynced(self, handle: int) -> None:
        """As Linux may: the pages are dropped, and a second fdatasync knows nothing of them."""
        for position, length in self._unsynced.pop(handle, []):
            os.pwrite(handle, bytes(length), position)


def failing_at(nth: int, times: int = 1, code: int = errno.ENOSPC) -> Callable[[int, str], None]:
    """The ``nth`` change fails, and ``times - 1`` more after it."""

    def trouble(count: int, _name: str) -> None:
        if nth <= count < nth + times:
            raise OSError(code, "No space left on device" if code == errno.ENOSPC else "I/O error")

    return trouble


def dying_at(nth: int) -> Callable[[int, str], None]:
    """Nothing happens from the ``nth`` change on."""

    def trouble(count: int, _name: str) -> None:
        if count >= nth:
            raise Killed

    return trouble


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, to compare."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
