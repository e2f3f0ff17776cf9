"""Change counter in a file: other processes see, without a request, that there may be changes.

A reader who finds the same bytes in the file as before he last asked need not ask again.
"""

import contextlib
import os
from pathlib import Path

from services.moto_server.journal.privacy import OWNERS_FILE

_NAME = "moto.pulse"
_BOOT_BYTES = 16
_COUNT_BYTES = 8


class Pulse:
    """A file of 24 bytes: which start of the server it is, and how many changes it was asked for.

    It is written in place, never replaced or cut: whoever has it open stays up to date.
    """

    def __init__(self, folder: Path) -> None:
        self._boot = os.urandom(_BOOT_BYTES)
        self._count = 0
        self._handle = -1
        # Without the file everybody asks, as ever.
        with contextlib.suppress(OSError):
            self._handle = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT, OWNERS_FILE)
        self.beat()

    def beat(self) -> None:
        """Say that something may be different from now on; comes before the answer that says so."""
        self._count += 1
        if self._handle >= 0:
            with contextlib.suppress(OSError):
                os.pwrite(self._handle, self._boot + self._count.to_bytes(_COUNT_BYTES), 0)
