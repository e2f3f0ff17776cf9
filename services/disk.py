"""Files of the data folder: for their owner only, written whole, and locked."""

import contextlib
import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

OWNERS_FILE, OWNERS_FOLDER = 0o600, 0o700


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; it may exist."""
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(OWNERS_FOLDER, exist_ok=True)


def keep_private(folder: Path) -> None:
    """Take everything in a folder that is there, and the folder itself, away from others."""
    for path, folders, files in os.walk(folder):
        _take_away(Path(path))
        for name in (*folders, *files):
            _take_away(Path(path, name))


@contextlib.contextmanager
def written_whole(path: Path, mode: int = OWNERS_FILE) -> Iterator[Path]:
    """A draft that takes the file's place when the block ends; nothing changes if it fails.

    It is on the disk then: who reads the file, be it after a crash, sees the old or the new.
    """
    draft = path.with_name(f".{os.getpid()}-{threading.get_ident()}.new")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode))
    try:
        yield draft
        _flush(draft)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    # Not every file system has folders that can be flushed.
    with contextlib.suppress(OSError):
        _flush(path.parent)


def locked(path: Path) -> IO[str]:
    """The file, made if it is missing, and locked as `lock` does. Raises BlockingIOError."""
    path.touch(OWNERS_FILE)
    held = path.open("a")
    try:
        lock(held)
    except BaseException:
        held.close()
        raise
    return held


def lock(held: IO[str]) -> None:
    """Lock an open file until it is closed or this process ends, however it ends.

    Raises BlockingIOError at once if another holds it, be it together with others.
    """
    fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


def share(held: IO[str]) -> None:
    """Lock an open file as `lock` does, but together with others; waits while one has it alone."""
    fcntl.flock(held, fcntl.LOCK_SH)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_away(path: Path) -> None:
    # It may be somebody else's, or have gone meanwhile.
    with contextlib.suppress(OSError):
        if not path.is_symlink() and (mode := path.stat().st_mode) & 0o077:
            path.chmod(mode & 0o700)
