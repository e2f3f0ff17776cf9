"""What writes without a condition overwrite although their writer had not read it."""

from collections.abc import Callable, Mapping
from typing import Protocol

from services.store.changes import ItemChange, TableSource
from services.store.items import dumps

Lines = Mapping[str, str]
"""Items by key, each as one line of DynamoDB JSON."""


class Watch(Protocol):
    """Tells what a batch has overwritten; begins before the items are read that it replaces."""

    def overwritten(self, read: Lines, written: Mapping[str, str | None]) -> dict[str, str]:
        """The last state of items that somebody changed after they were read, by key.

        `read`: as the writer knew them; one that is not there was not known of. `written`: what
        the writer has made of them since the last call; None for those that it deleted. Raises
        LostTrack and StoreUnavailable if nobody can tell.
        """
        ...


class StreamWatch:
    """Reads it from the table's stream, which tells with each change what was there before.

    Where the store's pulse shows that nobody else has written anything, the stream is not read:
    that takes longer than to write (920 records a second, measured, Moto 5.2.5).
    """

    def __init__(self, source: TableSource, requests: Callable[[], int]) -> None:
        self._source = source
        self._requests = requests
        source.follow()
        self._known = self._mark()

    def overwritten(self, read: Lines, written: Mapping[str, str | None]) -> dict[str, str]:
        """See `Watch`."""
        now = self._mark()
        if now is not None and now == self._known:
            return {}
        found = overwritten_in(self._source.news(), read, written)
        self._known = now
        return found

    def _mark(self) -> tuple[bytes, int] | None:
        """The same as long as every change was this writer's; None where nobody can tell."""
        pulse = self._source.pulse()
        return None if pulse is None else (pulse[:16], _count(pulse) - self._requests())


def overwritten_in(
    changes: list[ItemChange], read: Lines, written: Mapping[str, str | None]
) -> dict[str, str]:
    """What the writer's own changes among these have replaced that it had not read, by key."""
    return {
        change.key: dumps(change.replaced)
        for change in changes
        if change.replaced is not None
        and change.key in written
        and _line(change) == written[change.key]
        and dumps(change.replaced) not in (read.get(change.key), written[change.key])
    }


def _line(change: ItemChange) -> str | None:
    return None if change.item is None else dumps(change.item)


def _count(pulse: bytes) -> int:
    return int.from_bytes(pulse[16:])
