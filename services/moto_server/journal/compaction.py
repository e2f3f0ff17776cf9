"""Replaces a journal that has grown by a snapshot, while requests go on.

Under the lock only references are collected: Moto replaces items (``updates`` sees to it that
UpdateItem does so too), so what they refer to stays as it was. The rest happens in a thread.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from moto.dynamodb.models import dynamodb_backends

from services.moto_server.http.classify import action_of
from services.moto_server.journal import snapshot
from services.moto_server.journal.disk import Disk
from services.moto_server.journal.framing import Frame, scan
from services.moto_server.journal.journal import Journal
from services.moto_server.journal.layout import Layout
from services.moto_server.journal.record import Record
from services.moto_server.journal.snapshot import TableCopy
from services.moto_server.patches import items

_log = logging.getLogger(__name__)
_ITEM_WRITES = frozenset(
    {
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "BatchWriteItem",
        "TransactWriteItems",
        "ExecuteStatement",
        "BatchExecuteStatement",
        "ExecuteTransaction",
    }
)
# They keep a copy of the items of their moment, so whatever made those items has to stay.
_ITEM_COPIES = frozenset(
    {
        "CreateBackup",
        "ExportTableToPointInTime",
        "ImportTable",
        "RestoreTableFromBackup",
        "RestoreTableToPointInTime",
    }
)


class Compaction:
    """Decides when to write a snapshot, and writes it.

    ``threshold`` is how many bytes of journal are worth one, unless the last snapshot is large:
    then twice its size.
    """

    def __init__(self, disk: Disk, layout: Layout, journal: Journal, threshold: int) -> None:
        self._disk = disk
        self._layout = layout
        self._journal = journal
        self._threshold = threshold
        self._thread: threading.Thread | None = None
        self._not_below = 0
        self._snapshot_size = _snapshot_size(layout)

    def consider(self) -> None:
        """Begin a snapshot in the background if the journal has grown; holds the lock."""
        if self._is_due():
            self.begin()

    def begin(self, *, keep_damaged: bool = False) -> None:
        """Begin a snapshot in the background; holds the lock.

        ``keep_damaged`` moves the files that it replaces aside instead of deleting them.
        """
        try:
            number = self._journal.rotate()
        except OSError:
            self._postpone()
            return
        work = self.prepared(number, keep_damaged=keep_damaged)
        self._thread = threading.Thread(target=self._attempt, args=(work,), daemon=True)
        self._thread.start()

    def prepared(self, number: int, *, keep_damaged: bool = False) -> Callable[[], None]:
        """The work that makes snapshot ``number``, from references collected now."""
        tables, last = _table_copies(), self._journal.last
        return lambda: self._write(number, tables, last, keep_damaged=keep_damaged)

    def join(self) -> None:
        """Wait for the snapshot that is being written."""
        if self._thread:
            self._thread.join()

    def _is_due(self) -> bool:
        due = max(self._threshold, 2 * self._snapshot_size, self._not_below)
        return self._journal.total > due and not (self._thread and self._thread.is_alive())

    def _postpone(self) -> None:
        self._not_below = self._journal.total + self._threshold

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # noqa: BLE001 - its thread has nobody else to tell
            _log.exception("The snapshot could not be written; the journal stays as it is")
            self._postpone()

    def _write(
        self, number: int, tables: list[TableCopy], last: int, *, keep_damaged: bool
    ) -> None:
        before = sum(_size(self._layout.tail(t)) for t in self._layout.tails() if t < number)
        frames = _worth_keeping(self._frames_before(number))
        draft = self._layout.draft(number)
        self._disk.remove(draft)
        snapshot.write(self._disk, draft, frames, tables, last)
        self._disk.rename(draft, self._layout.snapshot(number))
        self._disk.sync_folder(self._layout.folder)
        self._not_below = 0
        self._snapshot_size = _snapshot_size(self._layout)
        self._journal.replaced(before)
        self._clear(keep_damaged=keep_damaged)

    def _frames_before(self, number: int) -> list[Frame]:
        newest = self._layout.newest_snapshot()
        paths = [self._layout.snapshot(newest) / "records.log"] if newest else []
        paths += [self._layout.tail(tail) for tail in self._layout.tails() if tail < number]
        found = {f.number: f for path in paths for f in scan(self._disk.read(path)).frames}
        return [found[key] for key in sorted(found)]

    def _clear(self, *, keep_damaged: bool) -> None:
        for path in self._layout.outdated():
            if keep_damaged:
                self._disk.make_folder(self._layout.damaged)
                self._disk.rename(path, _unused(self._layout.damaged / path.name))
            else:
                self._disk.remove(path)


def _table_copies() -> list[TableCopy]:
    return [
        TableCopy((account, region, name), items.references(table))
        for account, regions in dynamodb_backends.items()
        for region, backend in regions.items()
        for name, table in backend.tables.items()
    ]


def _worth_keeping(frames: list[Frame]) -> list[Frame]:
    actions = [_dynamodb_action(f) for f in frames]
    copies = [index for index, action in enumerate(actions) if action in _ITEM_COPIES]
    last_copy = max(copies, default=-1)
    return [
        f
        for index, (f, action) in enumerate(zip(frames, actions, strict=True))
        if index <= last_copy or action not in _ITEM_WRITES
    ]


def _dynamodb_action(frame: Frame) -> str:
    try:
        service, action = action_of(Record.from_bytes(frame.payload).request)
    except ValueError:
        return ""
    return action if service.startswith("DynamoDB_") else ""


def _unused(path: Path) -> Path:
    count = 1
    candidate = path
    while candidate.exists():
        count += 1
        candidate = path.with_name(f"{path.name}.{count}")
    return candidate


def _snapshot_size(layout: Layout) -> int:
    newest = layout.newest_snapshot()
    return sum(_size(path) for path in layout.snapshot(newest).iterdir()) if newest else 0


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
