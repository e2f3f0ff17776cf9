"""A start: from the files on disk to Moto's memory and a journal to go on with."""

import time
from dataclasses import dataclass
from pathlib import Path

from services.moto_server.http.status import Recovery
from services.moto_server.http.wire import WsgiApp
from services.moto_server.journal import snapshot
from services.moto_server.journal.disk import Disk
from services.moto_server.journal.framing import Scan, scan
from services.moto_server.journal.journal import Journal
from services.moto_server.journal.layout import Layout
from services.moto_server.journal.replay import Replay
from services.moto_server.patches import clock, outbound
from services.moto_server.patches.direct import table_of


@dataclass
class Recovered:
    """What a start has: the journal to go on with and the report for people.

    ``files_are_damaged`` if a fresh snapshot should replace them: what Moto merely would not
    repeat stays as it is.
    """

    journal: Journal
    report: Recovery
    files_are_damaged: bool


def recover(disk: Disk, layout: Layout, moto: WsgiApp) -> Recovered:
    """Bring back everything that the folder of ``layout`` remembers.

    Never fails because of damaged content: it saves what can be saved and reports the rest.
    Raises OSError if the folder itself cannot be read or written.
    """
    began = time.perf_counter()
    disk.make_folder(layout.folder)
    for path in layout.outdated():
        disk.remove(path)
    start = _Start(disk, layout, Replay(moto))
    with clock.replaying(), outbound.blocked():
        start.load_snapshot()
        start.load_tails()
    report = start.report
    report.records = start.replay.records
    files_are_damaged = bool(report.damage)
    report.damage += start.replay.complaints
    report.seconds = round(time.perf_counter() - began, 3)
    return Recovered(start.journal(), report, files_are_damaged)


class _Start:
    def __init__(self, disk: Disk, layout: Layout, replay: Replay) -> None:
        self._disk = disk
        self._layout = layout
        self.replay = replay
        self.report = Recovery()
        self._last = 0
        self._tail_is_sound = False
        self._tail_size = 0
        self._total = 0

    def load_snapshot(self) -> None:
        number = self._layout.newest_snapshot()
        if not number:
            return
        folder = self._layout.snapshot(number)
        self._repeat(folder / "records.log")
        # What was replayed counts for less than what the snapshot says about its end.
        for described in self._scan(folder / "tables.log").frames[:1]:
            self._last, addresses = snapshot.parse_contents(described.payload)
            for position, address in enumerate(addresses, 1):
                self._load_table(folder / f"{position:04}", address)

    def load_tails(self) -> None:
        for number in self._layout.tails():
            path = self._layout.tail(number)
            found = self._repeat(path)
            self._tail_is_sound = not found.damage
            self._tail_size = found.end
            self._total += found.end
            self.report.tornTail |= found.torn
            if found.torn and self._tail_is_sound:
                self._cut(path, found.end)

    def journal(self) -> Journal:
        numbers = self._layout.tails()
        newest = max(numbers, default=self._layout.newest_snapshot())
        journal = Journal(
            self._disk,
            self._layout,
            tail=newest,
            size=self._tail_size,
            last=self._last,
            total=self._total,
        )
        if self._tail_is_sound:
            journal.resume()
        return journal

    def _repeat(self, path: Path) -> Scan:
        found = self._scan(path)
        for frame in found.frames:
            # The same number twice: written again after the disk had refused to confirm it.
            if frame.number > self._last:
                self.replay.record(frame.payload, f"{path} at byte {frame.position}")
                self._last = frame.number
        return found

    def _scan(self, path: Path) -> Scan:
        found = scan(self._read(path))
        for damage in found.damage:
            self._complain(path, damage.position, damage.what)
        return found

    def _load_table(self, stem: Path, address: snapshot.Address) -> None:
        path = stem.with_suffix(".jsonl")
        expected = snapshot.checks(self._scan(stem.with_suffix(".crc")).frames)
        try:
            table_of(*address).items.clear()
        except Exception as error:  # noqa: BLE001 - Moto's errors have no common root
            self._complain(path, 0, f"table {address[2]} cannot be rebuilt: {error}")
            return
        for line in snapshot.lines(self._read(path), expected):
            self._load_line(path, address, line)

    def _load_line(self, path: Path, address: snapshot.Address, line: snapshot.Line) -> None:
        if line.mended:
            lost = line.content is None
            what = "an item damaged beyond repair" if lost else "a flipped bit, repaired"
            self._complain(path, line.position, what)
        if line.content is not None:
            self.replay.line(address, line.content)

    def _read(self, path: Path) -> bytes:
        try:
            return self._disk.read(path)
        except FileNotFoundError:
            self._complain(path, 0, "the file is missing")
            return b""

    def _cut(self, path: Path, length: int) -> None:
        handle = self._disk.reopen(path)
        try:
            self._disk.truncate(handle, length)
            self._disk.sync(handle)
        finally:
            self._disk.close(handle)

    def _complain(self, path: Path, position: int, what: str) -> None:
        self.report.damage.append(f"{path} at byte {position}: {what}")
