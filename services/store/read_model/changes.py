"""Reads the changes of the table from its stream."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from botocore.exceptions import ClientError

from services.errors import StoreUnavailable
from services.store.attributes import Item
from services.store.change_counter import ChangeCounter
from services.store.gateway import Failed, Gateway, InDoubt, NotHeard
from services.store.parsing import tell_once
from services.store.read_model.loading import load_everything
from services.store.table import META, ensure_table, key_of, stream_of

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodbstreams.type_defs import RecordTypeDef

_PAGE = 100
"""Records a request: 1,000 held up a writer for 591 ms, 100 for 133 ms (measured, Moto 5.2.5)."""
_RENEW_SECONDS = 1.0
_PATIENCE_SECONDS = 0.5
"""Who is further behind than this loads everything: 10,000 records take 9 s to read, an export of
as many items 0.4 s (measured, Moto 5.2.5)."""
_LONG_PATIENCE_SECONDS = 60.0
_MARKER_TRIES = 50
_MARK = "CATALOGUE#mark"
MARK = f"{_MARK}|{META}"
"""The key of the item by which a reader finds its place in the stream."""


@dataclass(frozen=True)
class ItemChange:
    """An item as it is now, or that it is gone."""

    key: str
    item: Item | None
    replaced: Item | None = None
    """What it was before, as far as the stream tells."""
    reborn: bool = False
    """Whether it was deleted before, so that its versions begin anew."""


class LostTrack(Exception):  # noqa: N818 - says what has happened to the reader
    """The stream cannot be followed any further: load everything again."""


class Source(Protocol):
    """Where a read model gets its items from."""

    def load(self) -> Iterator[Item]:
        """Every item, and from now on what changes after this moment."""
        ...

    def news(self) -> list[ItemChange]:
        """What has changed since the last call, in order; LostTrack if nobody can tell."""
        ...

    def pulse(self) -> bytes | None:
        """The same as long as there is no news; None if only asking for them can tell."""
        ...


class TableSource:
    """The items of a DynamoDB table and, through its stream, their changes.

    Positions are never trusted on their word. After a restart Moto's sequence numbers repeat, and
    after a failed transaction an open iterator returns nothing for ever (measured, Moto 5.2.5). So
    once a second the iterator is asked for anew at the last record seen, which must be there with
    the same event id; otherwise everything is loaded again.
    """

    def __init__(
        self,
        gateway: Gateway,
        table: str,
        *,
        exports: bool,
        pulse: ChangeCounter | None = None,
        patient: bool = False,
    ) -> None:
        """`patient`: for who cannot load everything instead, however far it is behind."""
        self._gateway = gateway
        self._patience = _LONG_PATIENCE_SECONDS if patient else _PATIENCE_SECONDS
        self._streams = gateway.patient_streams if patient else gateway.streams
        self._pulse = pulse
        self._pulse_is_of_the_store = False
        self._table = table
        self._exports = exports
        self._arn = ""
        self._shard = ""
        self._iterator = ""
        self._renewed = 0.0
        self._last: tuple[str, str] = ("", "")
        self._page = _PAGE

    def load(self) -> Iterator[Item]:
        """Every item; the stream's position is taken first, so nothing falls in between."""
        self.follow()
        return load_everything(self._gateway, self._table, exports=self._exports)

    def follow(self) -> None:
        """Have `news` begin at this moment. Raises StoreUnavailable."""
        client = self._gateway.write
        self._arn = self._gateway.call(self._stream, client=client, table=self._table)
        try:
            self._take_position()
        except (ClientError, LostTrack) as error:
            raise StoreUnavailable("The store was restarted while it was read.") from error

    def _stream(self, client: "DynamoDBClient", table: str) -> str:
        return ensure_table(client, table)

    def news(self) -> list[ItemChange]:
        """What has changed since; a record more than once does no harm."""
        try:
            changes = (_readable_change(record) for record in self._records())
            return [change for change in changes if change is not None]
        except (ClientError, NotHeard, Failed) as error:
            raise LostTrack from error
        except InDoubt as error:
            # Perhaps it was too much to tell in time: ask for less, and at last load afresh.
            self._renewed = 0.0
            self._page //= 10
            if not self._page:
                self._page = _PAGE
                raise LostTrack from error
            raise

    def pulse(self) -> bytes | None:
        """Read from where our own Moto leaves it; None for a store that leaves nothing."""
        return self._pulse.read() if self._pulse and self._pulse_is_of_the_store else None

    def _records(self) -> list["RecordTypeDef"]:
        records: list[RecordTypeDef] = []
        if time.monotonic() - self._renewed > _RENEW_SECONDS:
            self._renew()
            page = self._next_page()
            if not page or _position(page[0]) != self._last:
                raise LostTrack
            records += page[1:]
        give_up = time.monotonic() + self._patience
        while True:
            page = self._next_page()
            records += page
            if len(page) < self._page:
                break
            if time.monotonic() > give_up:
                raise LostTrack
        if records:
            self._last = _position(records[-1])
        self._page = _PAGE
        return records

    def _renew(self) -> None:
        self._iterator = self._ask(
            ShardIteratorType="AT_SEQUENCE_NUMBER", SequenceNumber=self._last[0]
        )
        self._renewed = time.monotonic()

    def _next_page(self) -> list["RecordTypeDef"]:
        answer = self._gateway.attempt(
            self._streams.get_records, ShardIterator=self._iterator, Limit=self._page
        )
        self._iterator = answer.get("NextShardIterator") or ""
        if not self._iterator:
            raise LostTrack
        return answer["Records"]

    def _take_position(self) -> None:
        """Leave a mark in the table and find it in the stream: that is a position to rely on."""
        told = self._gateway.attempt(self._streams.describe_stream, StreamArn=self._arn)
        self._shard = told["StreamDescription"]["Shards"][-1]["ShardId"]
        self._iterator = self._ask(ShardIteratorType="LATEST")
        mark = self._leave_mark()
        for _ in range(_MARKER_TRIES):
            for record in self._next_page():
                if record["dynamodb"].get("NewImage", {}).get("mark") == {"S": mark}:
                    self._last = _position(record)
                    self._renewed = 0.0
                    return
            time.sleep(0.02)
        raise StoreUnavailable("The store does not tell what changes.")

    def _leave_mark(self) -> str:
        mark = uuid4().hex
        before = self._fresh_pulse()
        self._gateway.attempt(
            self._gateway.write.put_item,
            TableName=self._table,
            Item={"PK": {"S": _MARK}, "SK": {"S": META}, "mark": {"S": mark}},
        )
        # A pulse that does not beat for our own mark is that of another store.
        self._pulse_is_of_the_store = before is not None and before != self._fresh_pulse()
        return mark

    def _fresh_pulse(self) -> bytes | None:
        if self._pulse is None:
            return None
        self._pulse.find_again()
        return self._pulse.read()

    def _ask(self, **where: Any) -> str:
        answer = self._gateway.attempt(
            self._streams.get_shard_iterator,
            StreamArn=self._arn,
            ShardId=self._shard,
            **where,
        )
        return answer["ShardIterator"]


class FilledSource(TableSource):
    """A table of somebody's own, just filled by its only writer: its items need not be read.

    Once it is gone it is gone: it is not made again for who still looks at it.
    """

    def __init__(self, gateway: Gateway, table: str, items: Sequence[Item]) -> None:
        super().__init__(gateway, table, exports=False)
        self._known: Sequence[Item] | None = items

    def load(self) -> Iterator[Item]:
        """The first time what it was filled with, later whatever is there."""
        known, self._known = self._known, None
        if known is None:
            return super().load()
        self.follow()
        return iter(known)

    def _stream(self, client: "DynamoDBClient", table: str) -> str:
        return stream_of(client, table) or super()._stream(client, table)


def _position(record: "RecordTypeDef") -> tuple[str, str]:
    return record["dynamodb"]["SequenceNumber"], record["eventID"]


def _readable_change(record: "RecordTypeDef") -> ItemChange | None:
    """What a record tells; None if it cannot be read, which is logged once."""
    try:
        return _change(record)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        tell_once(f"a change cannot be read, left out: {error!r}: {str(record)[:200]}")
        return None


def _change(record: "RecordTypeDef") -> ItemChange:
    told = record["dynamodb"]
    image = told.get("NewImage") if record["eventName"] != "REMOVE" else None
    item = {name: dict(value) for name, value in image.items()} if image else None
    old = {name: dict(value) for name, value in told.get("OldImage", {}).items()}
    return ItemChange(key_of(told["Keys"]), item, old or None)
