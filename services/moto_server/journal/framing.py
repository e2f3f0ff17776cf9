"""How records lie in a file, and how to read them when the file has been damaged.

A record is a header of 24 bytes and its payload. The header holds a magic word, the record's
number, the payload's length and CRC-32, and a CRC-32 of the header itself: a flipped bit in a
length must not send the reader to the wrong place.
"""

import struct
import zlib
from dataclasses import dataclass, field

from services.moto_server.journal.repair import repaired

MAGIC = b"mBk1"
_FIELDS = struct.Struct(">4sQII")
_CHECK = struct.Struct(">I")
HEADER_SIZE = _FIELDS.size + _CHECK.size


@dataclass(frozen=True, slots=True)
class Frame:
    """A record as found: its number, its payload and where it starts in the file (bytes)."""

    number: int
    payload: bytes
    position: int


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong at a byte position, as a sentence part; ``lost`` if a record is gone."""

    position: int
    what: str
    lost: bool


@dataclass
class Scan:
    """Everything that a file gave; ``end`` is where the last good record ends (bytes)."""

    frames: list[Frame] = field(default_factory=list)
    damage: list[Damage] = field(default_factory=list)
    end: int = 0
    torn: bool = False


@dataclass(frozen=True, slots=True)
class _Header:
    number: int
    length: int
    crc: int
    mended: bool


def frame(number: int, payload: bytes) -> bytes:
    """A record ready to be written."""
    fields = _FIELDS.pack(MAGIC, number, len(payload), zlib.crc32(payload))
    return fields + _CHECK.pack(zlib.crc32(fields)) + payload


def scan(data: bytes) -> Scan:
    """Every record of ``data`` that can be read or repaired, in order."""
    found = Scan()
    position = 0
    while position < len(data):
        position = _read_one(data, position, found)
    return found


def _read_one(data: bytes, position: int, found: Scan) -> int:
    header = _header(data, position)
    if header is None:
        return _skip(data, position, found, "an unreadable record header")
    start, end = position + HEADER_SIZE, position + HEADER_SIZE + header.length
    if end > len(data):
        return _skip(data, position, found, "a record without its end")
    payload: bytes | None = data[start:end]
    note = "a flipped bit in a record's header, repaired" if header.mended else ""
    if zlib.crc32(data[start:end]) != header.crc:
        payload = repaired(data[start:end], header.crc)
        note = "a flipped bit in a record, repaired"
    if payload is None:
        return _skip(data, position, found, "a record damaged beyond repair")
    if note:
        found.damage.append(Damage(position, note, lost=False))
    found.frames.append(Frame(header.number, payload, position))
    found.end = end
    return end


def _skip(data: bytes, position: int, found: Scan, what: str) -> int:
    following = _next_header(data, position + 1)
    if following is None:
        found.torn = True
        if not _looks_unfinished(data, position):
            found.damage.append(Damage(position, what, lost=True))
        return len(data)
    found.damage.append(Damage(position, what, lost=True))
    return following


def _looks_unfinished(data: bytes, position: int) -> bool:
    """Whether the rest can be a write that a crash cut short, so that nobody was told of it."""
    header = _header(data, position)
    if header is not None:
        return position + HEADER_SIZE + header.length > len(data)
    return len(data) - position < HEADER_SIZE or not any(data[position:])


def _next_header(data: bytes, position: int) -> int | None:
    while (position := data.find(MAGIC, position)) >= 0:
        header = _header(data, position)
        if header is not None and not header.mended:
            return position
        position += 1
    return None


def _header(data: bytes, position: int) -> _Header | None:
    raw = data[position : position + HEADER_SIZE]
    if len(raw) < HEADER_SIZE:
        return None
    if _valid(raw):
        return _parsed(raw, mended=False)
    mended = _mended(raw)
    return None if mended is None else _parsed(mended, mended=True)


def _valid(raw: bytes) -> bool:
    fields, check = raw[: _FIELDS.size], raw[_FIELDS.size :]
    return raw.startswith(MAGIC) and zlib.crc32(fields) == _CHECK.unpack(check)[0]


def _mended(raw: bytes) -> bytes | None:
    for bit in range(8 * HEADER_SIZE):
        candidate = bytearray(raw)
        candidate[bit // 8] ^= 1 << bit % 8
        if _valid(bytes(candidate)):
            return bytes(candidate)
    return None


def _parsed(raw: bytes, *, mended: bool) -> _Header:
    _, number, length, crc = _FIELDS.unpack(raw[: _FIELDS.size])
    return _Header(number, length, crc, mended)
