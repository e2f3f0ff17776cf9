"""What a write without a condition overwrites although its writer had not read it."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from services.store.attributes import dumps
from services.store.read_model.changes import ItemChange, LostTrack, TableSource

log = logging.getLogger(__name__)

Lines = Mapping[str, str]
"""Items by key, each as one line of DynamoDB JSON."""


class Watch(Protocol):
    """Tells what a batch has overwritten; begins before the items are read that it replaces."""

    def overwritten(self, read: Lines, written: Mapping[str, str | None]) -> dict[str, str]:
        """The last state of items that somebody changed after they were read, by key.

        `read`: as the writer knew them; one that is not there was not known of. `written`: what
        the writer has made of them since the last call; None for those that it deleted. Raises
        StoreUnavailable.
        """
        ...


class Changes:
    """What others have changed since a watch began, and has not been told of yet."""

    def __init__(self) -> None:
        self._others: dict[str, str | None] = {}

    def overwritten(
        self, changes: Iterable[ItemChange], read: Lines, written: Mapping[str, str | None]
    ) -> dict[str, str]:
        """See `Watch`; `changes` are all since the last call, the writer's own among them."""
        earlier = {key: self._others.pop(key) for key in written if key in self._others}
        last = {key: line for key, line in earlier.items() if line is not None}
        for change in changes:
            key, line = change.key, _line(change)
            if key not in written or line != written[key]:
                self._others[key] = line
            elif change.replaced is not None:
                last[key] = dumps(change.replaced)
        return {
            key: line for key, line in last.items() if line not in (read.get(key), written[key])
        }


class StreamWatch:
    """Reads it from the table's stream, which tells with each change what was there before.

    Where the store's pulse shows that nobody else has written anything, the stream is not read:
    that takes longer than to write (920 records a second, measured, Moto 5.2.5).
    """

    def __init__(self, source: TableSource, requests: Callable[[], int]) -> None:
        self._source = source
        self._requests = requests
        self._changes = Changes()
        source.follow()
        self._known = self._mark()

    def overwritten(self, read: Lines, written: Mapping[str, str | None]) -> dict[str, str]:
        """See `Watch`. What was changed in a store that has lost its stream nobody can tell."""
        now, news = self._mark(), []
        if now is None or now != self._known:
            try:
                news = self._source.news()
            except LostTrack:
                log.warning("the stream was lost while items were replaced: nobody can tell which")
                self._source.follow()
        self._known = now
        return self._changes.overwritten(news, read, written)

    def _mark(self) -> tuple[bytes, int] | None:
        """The same as long as every change was this writer's; None where nobody can tell."""
        pulse = self._source.pulse()
        return None if pulse is None else (pulse[:16], _count(pulse) - self._requests())


def _line(change: ItemChange) -> str | None:
    return None if change.item is None else dumps(change.item)


def _count(pulse: bytes) -> int:
    return int.from_bytes(pulse[16:])
