"""Copy of the table on disk, for a Moto that does not keep its data."""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from services.disk import written_whole
from services.store.attributes import Item, dumps, loads
from services.store.parsing import tell_once
from services.store.read_model.rows import is_asset
from services.store.read_model.snapshot import Snapshot
from services.store.read_model.visibility import KEY
from services.store.table import key_of

log = logging.getLogger(__name__)
_PAUSE_SECONDS = 1.0


@dataclass(frozen=True)
class Loss:
    """What a store that came back with less than it had once held."""

    assets: int
    others: int
    """Sessions, feedback, saved views and the like."""
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
        self._newest: Snapshot | None = None
        self._wake = threading.Event()
        threading.Thread(target=self._write_on_change, daemon=True).start()

    def loaded(self, picture: Snapshot) -> None:
        """A whole load: compare with the copy before taking it over."""
        there = {*picture.columns.keys(), *picture.others}
        missing = [line for line, item in self._items(self._latest) if key_of(item) not in there]
        if missing:
            _write(self._lost, [*(line for line, _ in self._items(self._lost)), *missing])
        self.changed(picture)

    def changed(self, picture: Snapshot) -> None:
        """Copy this picture soon."""
        self._newest = picture
        self._wake.set()

    @property
    def loss(self) -> Loss | None:
        """What could be restored, if anything."""
        keys = [key_of(item) for _, item in self._items(self._lost)]
        if not keys:
            return None
        assets = sum(map(is_asset, keys))
        at = datetime.fromtimestamp(self._lost.stat().st_mtime, UTC)
        return Loss(assets, len(keys) - assets, at)

    def lost_items(self) -> Iterator[Item]:
        """The items that were lost."""
        return (item for _, item in self._items(self._lost))

    def forget_loss(self) -> None:
        """It was restored, or nobody wants it back."""
        self._lost.unlink(missing_ok=True)

    def _items(self, path: Path) -> list[tuple[str, Item]]:
        """The file's lines with the items on them; what is damaged is left out, and logged once."""
        found: list[tuple[str, Item]] = []
        with contextlib.suppress(FileNotFoundError):
            for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
                try:
                    item = loads(line)
                    key_of(item)
                except (AttributeError, LookupError, RecursionError, TypeError, ValueError):
                    if line:
                        tell_once(f"a line of {path.name} is damaged, left out: {line[:200]}")
                else:
                    found.append((line, item))
        return found

    def _write_on_change(self) -> None:
        while self._wake.wait():
            self._wake.clear()
            if self._newest is not None:
                try:
                    _write(self._latest, _lines_of(self._newest))
                except Exception:
                    # A full disk, for example: the next change tries again.
                    log.exception("the copy of the table was not written")
            time.sleep(_PAUSE_SECONDS)


def _lines_of(picture: Snapshot) -> list[str]:
    """Everything but the note of a replacement, which means nothing once it is over."""
    others = (dumps(item) for key, item in picture.others.items() if key != KEY)
    return [*picture.columns.all_lines(), *others]


def _write(path: Path, lines: Sequence[str]) -> None:
    """Whole or not at all: a reader, or the next start, sees the old file or the new one."""
    with written_whole(path) as draft:
        draft.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
