"""Permissions of the data folder: its owner only."""

import contextlib
import os
from pathlib import Path

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


def _take_away(path: Path) -> None:
    # It may be somebody else's, or have gone meanwhile.
    with contextlib.suppress(OSError):
        if not path.is_symlink() and (mode := path.stat().st_mode) & 0o077:
            path.chmod(mode & 0o700)
