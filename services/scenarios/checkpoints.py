"""States of the basket that were saved, a file each in the data folder."""

import os
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

from services.errors import BasketError, InvalidName
from services.scenarios.lines import Lines, read_lines, write_lines

LONGEST_NAME = 60
_KEPT = 20
"""So many states from before a replacement; the oldest make room."""
_ENDING = ".jsonl"
AUTOMATIC = "↩ "
"""Begins the name of a state from before a replacement."""


class CheckpointNotFound(BasketError):  # noqa: N818 - says what has happened
    """There is no scenario and no checkpoint of this name."""

    def __init__(self, name: str, there: Iterable[str]) -> None:
        super().__init__(f"There is no scenario and no checkpoint “{name}”: {', '.join(there)}.")


@dataclass(frozen=True)
class Checkpoint:
    """A state of the basket that can be gone back to."""

    name: str
    at: datetime
    automatic: bool
    """Whether nobody has asked for it: the state before a replacement."""


class Checkpoints:
    """The checkpoints in a folder; a file's name is the checkpoint's, its time is when it was."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock

    def save(self, name: str, lines: Lines) -> str:
        """Keep a state under a name; returns the name as it is kept.

        Raises InvalidName.
        """
        name = tidy(name)
        if not name or len(name) > LONGEST_NAME or len(_file(name).encode()) > 200:
            raise InvalidName(f"A checkpoint's name has 1 to {LONGEST_NAME} characters.")
        if name.startswith(AUTOMATIC.strip()):
            raise InvalidName("Names that begin with “↩” are given by the product itself.")
        self._write(name, lines)
        return name

    def save_before(self, what: str, lines: Lines) -> str:
        """Keep the state before a replacement; returns the name that it has now."""
        what = "going back" if what.startswith(AUTOMATIC) else what[:LONGEST_NAME]
        name = f"{AUTOMATIC}before {what}, {self._clock():%Y-%m-%d %H.%M.%S.%f}"
        self._write(name, lines)
        for old in [found for found in self.all() if found.automatic][_KEPT:]:
            self._path(old.name).unlink(missing_ok=True)
        return name

    def amend(self, name: str, lines: Lines) -> None:
        """Have a checkpoint hold these assets as they are here, and all others as they were."""
        self._write(name, {**(self.lines(name) or {}), **lines})

    def lines(self, name: str) -> Lines | None:
        """The assets of the checkpoint of that name; None if there is none."""
        path = self._path(name)
        return read_lines(path) if path.exists() else None

    def has(self, name: str) -> bool:
        """Whether there is a checkpoint of that name."""
        return self._path(name).exists()

    def remove(self, name: str) -> None:
        """Forget a checkpoint; one that is gone already is no error."""
        self._path(name).unlink(missing_ok=True)

    def all(self) -> list[Checkpoint]:
        """Every checkpoint, the newest first."""
        found = [_of(path) for path in self._folder.glob(f"[!.]*{_ENDING}")]
        return sorted(found, key=lambda each: (each.at, each.name), reverse=True)

    def _write(self, name: str, lines: Lines) -> None:
        path = self._path(name)
        write_lines(path, lines)
        moment = self._clock().timestamp()
        os.utime(path, (moment, moment))

    def _path(self, name: str) -> Path:
        return self._folder / _file(tidy(name))


def tidy(name: str) -> str:
    """A name as it is kept: names that look alike are one."""
    clean = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    return " ".join("".join(sign if sign.isprintable() else " " for sign in clean).split())


def _of(path: Path) -> Checkpoint:
    name = unquote(path.name.removesuffix(_ENDING))
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Checkpoint(name, at, name.startswith(AUTOMATIC))


def _file(name: str) -> str:
    """Readable in a listing, and never a way out of the folder."""
    readable = "".join(quote(sign, safe="") if sign in '%/\\:*?"<>|' else sign for sign in name)
    return f"{'%2E' if readable.startswith('.') else ''}{readable.removeprefix('.')}{_ENDING}"
