"""A snapshot on disk: tables as DynamoDB JSON lines, everything else as records.

``NNNN.jsonl`` is exactly what AWS's import from S3 takes. Beside it, ``NNNN.crc`` holds the
length and CRC-32 of every line, so that a flipped bit is found and undone and a broken line
costs nothing but itself. ``tables.log`` says which table is where, ``records.log`` holds the
requests that rebuild tables and all other services.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from moto.dynamodb.models.dynamo_type import Item

from services.moto_server.journal.disk import Disk
from services.moto_server.journal.framing import Frame, frame
from services.moto_server.journal.repair import repaired
from services.moto_server.patches import items

_CHECK = struct.Struct(">II")
# Small enough to repair a check record quickly, large enough not to matter in size.
_CHECKS_A_RECORD = 4096

Address = tuple[str, str, str]


@dataclass(frozen=True)
class TableCopy:
    """References to a table's items at one moment; ``address`` is account, region and name."""

    address: Address
    items: list[Item]


def write(
    disk: Disk, folder: Path, frames: Iterable[Frame], tables: list[TableCopy], last: int
) -> None:
    """Write a snapshot of everything up to record number ``last`` into a new folder."""
    disk.make_folder(folder)
    disk.write_file(folder / "records.log", [frame(f.number, f.payload) for f in frames])
    for number, table in enumerate(tables, 1):
        _write_table(disk, folder / f"{number:04}", table)
    disk.write_file(folder / "tables.log", [_contents(tables, last)])
    disk.sync_folder(folder)


def parse_contents(payload: bytes) -> tuple[int, list[Address]]:
    """The last record's number and the tables' addresses, in the order of their files."""
    content = json.loads(payload)
    return content["last"], [(a, r, n) for a, r, n in content["tables"]]


def checks(frames: list[Frame]) -> list[tuple[int, int]]:
    """Length and CRC-32 of every line, from the records of a check file."""
    joined = b"".join(f.payload for f in frames)
    return list(_CHECK.iter_unpack(joined))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; ``content`` is None if it is lost, ``mended`` if a bit was flipped."""

    position: int
    content: bytes | None
    mended: bool


def lines(data: bytes, expected: list[tuple[int, int]]) -> Iterator[Line]:
    """Every line of a table's file, by its expected length and CRC-32."""
    position = 0
    for length, crc in expected:
        content = data[position : position + length]
        if zlib.crc32(content) == crc:
            yield Line(position, content, mended=False)
        else:
            yield Line(position, repaired(content, crc), mended=True)
        position += length


def _write_table(disk: Disk, stem: Path, table: TableCopy) -> None:
    made = [_line(item) for item in table.items]
    disk.write_file(stem.with_suffix(".jsonl"), _joined(made))
    packed = [_CHECK.pack(len(line), zlib.crc32(line)) for line in made]
    groups = range(0, len(packed), _CHECKS_A_RECORD)
    records = [frame(i, b"".join(packed[i : i + _CHECKS_A_RECORD])) for i in groups]
    disk.write_file(stem.with_suffix(".crc"), records)


def _line(item: Item) -> bytes:
    return json.dumps({"Item": items.plain(item)}, separators=(",", ":")).encode() + b"\n"


def _joined(made: list[bytes], size: int = 1000) -> list[bytes]:
    return [b"".join(made[i : i + size]) for i in range(0, len(made), size)]


def _contents(tables: list[TableCopy], last: int) -> bytes:
    content = {"last": last, "tables": [table.address for table in tables]}
    return frame(0, json.dumps(content).encode())
