"""Gives Moto back what it knew: records from the journal, lines from a snapshot."""

import json

from services.moto_server.http.wire import WsgiApp, run
from services.moto_server.journal.record import Record
from services.moto_server.patches import clock, direct, items, seeded_random


class Replay:
    """One start's replay; ``complaints`` are sentences about what could not be repeated."""

    def __init__(self, moto: WsgiApp) -> None:
        self._moto = moto
        self.records = 0
        self.complaints: list[str] = []

    def record(self, payload: bytes, where: str) -> None:
        """Repeat one record; ``where`` names it in a complaint."""
        self.records += 1
        try:
            outcome = self._repeat(Record.from_bytes(payload))
        except Exception as error:  # noqa: BLE001 - one bad record must not cost all the others
            outcome = f"{type(error).__name__}: {error}"
        if outcome:
            self.complaints.append(f"{where}: could not be repeated ({outcome})")

    def line(self, address: tuple[str, str, str], line: bytes) -> None:
        """Put one line of a snapshot into the table at (account, region, name)."""
        items.put(direct.table_of(*address), json.loads(line)["Item"])

    def _repeat(self, record: Record) -> str:
        if direct.apply(record.request):
            return ""
        with clock.frozen(record.moment), seeded_random.seeded(record.seed):
            answer = run(self._moto, record.request)
        return "" if answer.succeeded else f"Moto answered {answer.status}"
