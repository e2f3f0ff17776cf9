"""Visibility gate: readers see the old assets until a replacement of all of them is complete."""

import time
from collections.abc import Mapping
from typing import Any, Literal

from services.store.table import META

PK = "REPLACEMENT"
KEY = f"{PK}|{META}"
"""The key of the item that tells of the last replacement."""
RUNNING: Literal["running"] = "running"
_PATIENCE_SECONDS = 5.0
"""When nothing has come for so long, whoever replaced the assets must have died over it."""


class VisibilityGate:
    """Keeps back what another process has written so far of a replacement."""

    def __init__(self) -> None:
        self._moved = 0.0

    def hides(self, others: Mapping[str, Mapping[str, Any]], *, is_news: bool) -> bool:
        """Whether a picture with these items beside its assets is not complete yet."""
        if is_news:
            self._moved = time.monotonic()
        running = others.get(KEY, {}).get("state") == {"S": RUNNING}
        return running and time.monotonic() - self._moved < _PATIENCE_SECONDS
