"""Many items at once: written or deleted in batches, each batch until all of it has come about."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast

from botocore.exceptions import ClientError

from services.errors import StoreUnavailable
from services.store.assets.overwriting import StreamWatch, Watch
from services.store.assets.writer import refused
from services.store.attributes import Item, size
from services.store.change_counter import ChangeCounter
from services.store.gateway import Gateway, InDoubt
from services.store.read_model.changes import TableSource
from services.store.table import key_of

BATCH = 25
"""Items in one request; source: DynamoDB API Reference, BatchWriteItem."""
_MAX_BYTES = 12 * 1024**2
"""Of one request, well below the 16 MB that DynamoDB allows."""
_TRIES = 10


class BatchWriter:
    """For items that nobody else changes meanwhile: new ones, or ones that are to be replaced.

    It knows no conditions: BatchWriteItem has none; `watch` tells what somebody has changed all the
    same. Repeating it is harmless as long as the items are the same, so whoever was interrupted
    does it again.
    """

    def __init__(self, gateway: Gateway, table: str, pulse: ChangeCounter | None = None) -> None:
        self._gateway = gateway
        self._table = table
        self._pulse = pulse
        self._counting = threading.Lock()
        self._requests = 0

    def watch(self) -> Watch:
        """Tells what is overwritten from now on. Raises StoreUnavailable."""
        source = TableSource(
            self._gateway, self._table, exports=False, pulse=self._pulse, patient=True
        )
        return StreamWatch(source, lambda: self._requests)

    def put(self, items: Iterable[Item]) -> int:
        """Write the items whole; returns how many.

        Raises StoreUnavailable if the store goes away and does not come back; what was written
        before stays.
        """
        return self._all(items, lambda item: {"PutRequest": {"Item": item}})

    def delete(self, keys: Iterable[Item]) -> int:
        """Delete the items with these keys, there or not. Raises StoreUnavailable."""
        return self._all(keys, lambda key: {"DeleteRequest": {"Key": key}})

    def there(self, keys: Sequence[Item]) -> list[Item]:
        """The items with these keys that exist, in no order. Raises StoreUnavailable."""
        found: list[Item] = []
        for start in range(0, len(keys), BATCH):
            pending: Any = {self._table: {"Keys": keys[start : start + BATCH]}}
            while pending:
                answer = self._gateway.read(
                    self._gateway.write.batch_get_item, RequestItems=pending
                )
                found += cast("list[Item]", answer["Responses"].get(self._table, []))
                pending = answer.get("UnprocessedKeys")
        return found

    def _all(self, things: Iterable[Item], request: Callable[[Item], Any]) -> int:
        done = 0
        for batch in _batches(things):
            self._until_done([request(thing) for thing in batch])
            done += len(batch)
        return done

    def _until_done(self, requests: list[Any]) -> None:
        pending: Any = {self._table: requests}
        for _ in range(_TRIES):
            try:
                answer = self._gateway.call(
                    self._gateway.write.batch_write_item, RequestItems=pending
                )
                pending = answer.get("UnprocessedItems")
            except InDoubt:
                # Perhaps it has come about; the same again makes sure of it.
                continue
            except ClientError as error:
                raise refused(error) from error
            with self._counting:
                self._requests += 1
            if not pending:
                return
        raise StoreUnavailable("The store does not take what it is given.")


def _batches(things: Iterable[Item]) -> Iterator[list[Item]]:
    """As many as fit into a request; of several with one key the last, as in one put after another.

    DynamoDB refuses a request that names a key twice.
    """
    batch: dict[str, Item] = {}
    room = _MAX_BYTES
    for thing in things:
        needed = size(thing)
        if len(batch) == BATCH or (batch and needed > room):
            yield list(batch.values())
            batch, room = {}, _MAX_BYTES
        batch[key_of(thing)] = thing
        room -= needed
    if batch:
        yield list(batch.values())
