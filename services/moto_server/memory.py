"""What a server remembers and how: everything between a data folder and the requests."""

import gc
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.moto_server.http.status import Recovery
from services.moto_server.http.wire import WsgiApp
from services.moto_server.journal.compaction import Compaction
from services.moto_server.journal.disk import Disk
from services.moto_server.journal.journal import Journal
from services.moto_server.journal.layout import Layout
from services.moto_server.journal.recovery import recover
from services.moto_server.pulse import Pulse
from services.moto_server.write_ahead import Ledger


@dataclass
class Memory:
    """The parts that make a server remember; without a folder, those that let it forget."""

    ledger: Ledger
    report: Recovery
    journal: Journal | None = None
    compaction: Compaction | None = None
    needs_healing: bool = False

    @classmethod
    def none(cls) -> "Memory":
        """A server that forgets when it stops."""
        return cls(Ledger(None, lambda: None), Recovery())

    @classmethod
    def in_folder(cls, folder: Path, compact_bytes: int, moto: WsgiApp) -> "Memory":
        """Bring back what ``folder`` holds and go on from there; the caller holds its lock."""
        disk, layout = Disk(), Layout(folder / "journal")
        # Nothing that a replay makes is garbage; looking for it doubles the time of a start.
        gc.disable()
        recovered = recover(disk, layout, moto)
        for sentence in recovered.report.damage:
            sys.stderr.write(f"Damage found: {sentence}\n")
        compaction = Compaction(disk, layout, recovered.journal, compact_bytes)
        ledger = Ledger(recovered.journal, compaction.consider, Pulse(folder))
        return cls(
            ledger,
            recovered.report,
            recovered.journal,
            compaction,
            needs_healing=recovered.files_are_damaged,
        )

    def heal(self, lock: threading.Lock) -> None:
        """Replace damaged files by a fresh snapshot, in the background."""
        if self.compaction and self.needs_healing:
            with lock:
                self.compaction.begin(keep_damaged=True)

    def journal_status(self) -> dict[str, Any]:
        """The journal's size, records and health for the status route; takes no lock."""
        if self.journal is None:
            return {"bytes": 0, "records": 0, "failing": None}
        return {
            "bytes": self.journal.total,
            "records": self.journal.last,
            "failing": self.journal.failing,
        }
