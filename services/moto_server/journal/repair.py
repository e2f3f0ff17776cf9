"""Finds and undoes a single flipped bit with the help of a CRC-32.

CRC-32 is linear: flipping one bit changes the checksum by a value (the syndrome) that depends
only on how far the bit is from the end. Running the checksum's register backwards from the
syndrome therefore leads to the bit, in one step a byte.
"""

import zlib
from typing import Final

_POLYNOMIAL: Final = 0xEDB88320


def _table() -> list[int]:
    table = []
    for byte in range(256):
        register = byte
        for _ in range(8):
            register = (register >> 1) ^ (_POLYNOMIAL if register & 1 else 0)
        table.append(register)
    return table


_FORWARD: Final = _table()
# The highest byte of every table entry is different, so a step can be undone.
_INDEX_OF_HIGH_BYTE: Final = {entry >> 24: index for index, entry in enumerate(_FORWARD)}
_BIT_OF_SYNDROME: Final = {_FORWARD[1 << bit]: bit for bit in range(8)}


def flipped_bit(data: bytes, crc: int) -> tuple[int, int] | None:
    """Which bit (byte position, bit 0–7) of ``data`` to flip so that its CRC-32 becomes ``crc``.

    None if no single bit does it, or none needs to be flipped.
    """
    syndrome = zlib.crc32(data) ^ crc
    for position in range(len(data) - 1, -1, -1):
        bit = _BIT_OF_SYNDROME.get(syndrome)
        if bit is not None:
            return position, bit
        index = _INDEX_OF_HIGH_BYTE[syndrome >> 24]
        syndrome = ((syndrome ^ _FORWARD[index]) << 8 | index) & 0xFFFFFFFF
    return None


def repaired(data: bytes, crc: int) -> bytes | None:
    """``data`` with one bit flipped back so that its CRC-32 is ``crc``, None if that cannot be."""
    found = flipped_bit(data, crc)
    if found is None:
        return None
    position, bit = found
    mended = bytearray(data)
    mended[position] ^= 1 << bit
    return bytes(mended)
