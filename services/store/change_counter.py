"""Change counter: 24 bytes in a file of our Moto, different after every change."""

import contextlib
import os
import threading
from pathlib import Path

_SIZE = 24


class ChangeCounter:
    """Reads what the Moto server of a data folder leaves there with each change.

    Read from the file each time, not mapped into memory: a file that somebody cuts short must not
    end the process.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "moto.pulse"
        self._handle = -1
        self._using = threading.Lock()

    def read(self) -> bytes | None:
        """The same as long as nothing has changed; None where nobody tells."""
        with self._using, contextlib.suppress(OSError):
            if self._handle < 0 and not self._open():
                return None
            told = os.pread(self._handle, _SIZE, 0)
            return told if len(told) == _SIZE else None
        return None

    def find_again(self) -> None:
        """Let go of the file: it may be another one of the same name by now."""
        with self._using:
            handle, self._handle = self._handle, -1
            if handle >= 0:
                os.close(handle)

    def _open(self) -> bool:
        with contextlib.suppress(OSError):
            self._handle = os.open(self._path, os.O_RDONLY)
        return self._handle >= 0
