"""A copy of the basket on disk, for a Moto that somebody else started and that forgets."""

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.store.columns import Columns
from services.store.items import Item, loads
from services.store.table import key_of

_PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class Loss:
    """What a store that came back with less than it had once held."""

    assets: int
    at: datetime
    """When the copy was made, UTC."""


class Checkpoint:
    """Written as DynamoDB JSON shortly after each change.

    A store that comes back with less does not overwrite the copy: what it lost is put aside first,
    until it has been restored or is not wanted any more.
    """

    def __init__(self, folder: Path) -> None:
        self._latest = folder / "checkpoint.jsonl"
        self._lost = folder / "lost.jsonl"
        self._newest: Columns | None = None
        self._wake = threading.Event()
        threading.Thread(target=self._write_on_change, daemon=True).start()

    def loaded(self, columns: Columns) -> None:
        """A whole load: compare with the copy before taking it over."""
        missing = self._missing(set(columns.keys()))
        if missing:
            _write(self._lost, [*self._lines(self._lost), *missing])
        self.changed(columns)

    def changed(self, columns: Columns) -> None:
        """Copy this picture soon."""
        self._newest = columns
        self._wake.set()

    @property
    def loss(self) -> Loss | None:
        """What could be restored, if anything."""
        lines = self._lines(self._lost)
        if not lines:
            return None
        return Loss(len(lines), datetime.fromtimestamp(self._lost.stat().st_mtime, UTC))

    def lost_items(self) -> Iterator[Item]:
        """The items that were lost."""
        return (loads(line) for line in self._lines(self._lost))

    def forget_loss(self) -> None:
        """It was restored, or nobody wants it back."""
        self._lost.unlink(missing_ok=True)

    def _missing(self, keys: set[str]) -> Sequence[str]:
        return [line for line in self._lines(self._latest) if key_of(loads(line)) not in keys]

    def _lines(self, path: Path) -> list[str]:
        with contextlib.suppress(FileNotFoundError):
            return path.read_text(encoding="utf-8").splitlines()
        return []

    def _write_on_change(self) -> None:
        while self._wake.wait():
            self._wake.clear()
            if self._newest is not None:
                _write(self._latest, self._newest.all_lines())
            time.sleep(_PAUSE_SECONDS)


def _write(path: Path, lines: Sequence[str]) -> None:
    """Whole or not at all: a reader, or the next start, sees the old file or the new one."""
    draft = path.with_suffix(".new")
    draft.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    draft.replace(path)
