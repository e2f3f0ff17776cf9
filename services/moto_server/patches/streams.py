"""DynamoDB Streams that neither grow without end nor mislead a reader after a restart.

Moto keeps every stream record and every iterator for ever, and gives each shard the same id and
first sequence number: a reader that resumes after a restart silently skips changes. Here old
records and iterators go, as AWS lets them go after a day and a quarter of an hour, the reader is
told with AWS's own errors, and each start's shards have their own ids and higher numbers.
"""

import uuid
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import StreamShard, Table
from moto.dynamodbstreams.models import DynamoDBStreamsBackend, ShardIterator

from services.moto_server.patches import clock
from services.moto_server.patches.patching import original, replace

# A reader that has fallen further behind loads afresh faster than it would catch up.
MOST_RECORDS = 4_000
_DROPPED_AT_ONCE = 1_000
MOST_ITERATORS = 1_000

_original_init = original(StreamShard, "__init__")
_original_add = original(StreamShard, "add")
_original_get_records = original(DynamoDBStreamsBackend, "get_records")
_original_get_iterator = original(DynamoDBStreamsBackend, "get_shard_iterator")
_original_iterator_init = original(ShardIterator, "__init__")
_boot = "f35f62ef"


def install(boot: str) -> None:
    """Mend Moto's streams; ``boot`` makes shard ids of this start its own."""
    global _boot
    _boot = boot[:8]
    replace(StreamShard, __init__=_init, add=_add)
    replace(ShardIterator, __init__=_init_iterator)
    replace(
        DynamoDBStreamsBackend, get_records=_get_records, get_shard_iterator=_get_shard_iterator
    )


def begin_anew() -> None:
    """Give every table an empty stream of this start, under a new label."""
    for regions in dynamodb_backends.values():
        for backend in regions.values():
            for table in backend.tables.values():
                if table.stream_shard is not None:
                    _renew(table)


def _renew(table: Table) -> None:
    specification = table.stream_specification or {}
    if specification.get("StreamEnabled"):
        table.set_stream_specification(specification)
    else:
        table.stream_shard = StreamShard(table.account_id, table)


def _init(shard: StreamShard, account_id: str, table: Table) -> None:
    _original_init(shard, account_id, table)
    microseconds = int(clock.now() * 1_000_000)
    shard.id = f"shardId-{microseconds:020}-{_boot}"
    shard.starting_sequence_number += microseconds


def _init_iterator(iterator: ShardIterator, *arguments: object, **named: object) -> None:
    _original_iterator_init(iterator, *arguments, **named)
    # Moto's ids have 630 characters, and it keeps each of them twice.
    iterator.id = uuid.uuid4().hex


def _add(shard: StreamShard, *images: object) -> None:
    _original_add(shard, *images)
    if len(shard.items) > MOST_RECORDS:
        del shard.items[:_DROPPED_AT_ONCE]
        shard.starting_sequence_number += _DROPPED_AT_ONCE


def _get_records(backend: DynamoDBStreamsBackend, iterator_arn: str, limit: int) -> dict[str, Any]:
    iterator = backend.shard_iterators.get(iterator_arn)
    if iterator is None:
        raise JsonRESTError("ExpiredIteratorException", "The shard iterator has expired.")
    _follow(backend, iterator)
    if int(iterator.sequence_number) < iterator.stream_shard.starting_sequence_number:
        raise JsonRESTError(
            "TrimmedDataAccessException", "The records asked for are no longer kept."
        )
    found: dict[str, Any] = _original_get_records(backend, iterator_arn, limit)
    _forget_old(backend)
    return found


def _get_shard_iterator(
    backend: DynamoDBStreamsBackend, *arguments: object, **named: object
) -> ShardIterator:
    iterator: ShardIterator = _original_get_iterator(backend, *arguments, **named)
    _forget_old(backend)
    return iterator


def _follow(backend: DynamoDBStreamsBackend, iterator: ShardIterator) -> None:
    """A failed transaction replaces the table by a copy, and with it the shard being read."""
    old = iterator.stream_shard.table
    table = backend.dynamodb.tables.get(old.name)
    if table is None or table.stream_shard is None:
        return
    if table.latest_stream_label == old.latest_stream_label:
        iterator.stream_shard = table.stream_shard


def _forget_old(backend: DynamoDBStreamsBackend) -> None:
    iterators = backend.shard_iterators
    while len(iterators) > MOST_ITERATORS:
        del iterators[next(iter(iterators))]
