"""How others find the server of a data folder, and how a second one is kept out of it."""

import contextlib
import fcntl
import json
import os
from pathlib import Path
from typing import Any

from services.moto_server.journal.privacy import OWNERS_FILE, OWNERS_FOLDER, keep_private


class AlreadyServedError(Exception):
    """Another process holds the data folder; the message names it."""


def lock(folder: Path) -> int:
    """Own ``folder`` until this process ends, however it ends.

    Comes before anything in the folder is read or written. Returns the open lock file.
    Raises AlreadyServedError if another process is first.
    """
    folder.mkdir(OWNERS_FOLDER, parents=True, exist_ok=True)
    handle = os.open(folder / "moto.lock", os.O_RDWR | os.O_CREAT, OWNERS_FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = os.pread(handle, 32, 0).decode(errors="replace").strip() or "unknown"
        os.close(handle)
        raise AlreadyServedError(
            f"{folder} is already served by another process (pid {pid})."
        ) from None
    keep_private(folder)
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle


def publish(folder: Path, content: dict[str, Any]) -> None:
    """Write ``moto.json`` in one step, so that nobody reads half of it."""
    draft = folder / "moto.json.new"
    draft.touch(OWNERS_FILE)
    draft.write_text(json.dumps(content) + "\n")
    draft.replace(folder / "moto.json")


def withdraw(folder: Path) -> None:
    """Remove ``moto.json``: nobody listens any more."""
    with contextlib.suppress(OSError):
        (folder / "moto.json").unlink()
