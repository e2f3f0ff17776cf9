"""Records survive torn ends and flipped bits."""

import random

import pytest

from services.moto_server.journal.framing import HEADER_SIZE, frame, scan
from services.moto_server.journal.repair import flipped_bit

PAYLOADS = [b"first" * 20, b"", b"third \x00\xff" * 30, b"x", b"the last one" * 10]


def journal(payloads: list[bytes]) -> bytes:
    return b"".join(frame(number, payload) for number, payload in enumerate(payloads, 1))


def read(data: bytes) -> list[bytes]:
    return [found.payload for found in scan(data).frames]


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_what_was_written_is_read() -> None:
    found = scan(journal(PAYLOADS))
    assert [f.payload for f in found.frames] == PAYLOADS
    assert [f.number for f in found.frames] == [1, 2, 3, 4, 5]
    assert (found.damage, found.torn) == ([], False)


def test_an_end_torn_at_any_byte_of_the_last_three_records_costs_only_what_is_torn() -> None:
    data = journal(PAYLOADS)
    ends = [len(journal(PAYLOADS[:n])) for n in range(len(PAYLOADS) + 1)]
    for cut in range(ends[2], len(data)):
        complete = sum(end <= cut for end in ends) - 1
        found = scan(data[:cut])
        assert [f.payload for f in found.frames] == PAYLOADS[:complete]
        assert found.end == ends[complete]
        assert found.torn == (cut not in ends)
        assert found.damage == []


def test_an_end_of_zeros_is_a_torn_end() -> None:
    found = scan(journal(PAYLOADS) + bytes(500))
    assert [f.payload for f in found.frames] == PAYLOADS
    assert (found.torn, found.damage) == (True, [])


def test_every_flipped_bit_is_repaired_and_reported() -> None:
    data = journal(PAYLOADS)
    for bit in range(8 * len(data)):
        found = scan(flip(data, bit))
        assert [f.payload for f in found.frames] == PAYLOADS
        assert [f.number for f in found.frames] == [1, 2, 3, 4, 5]
        assert len(found.damage) == 1
        assert not found.torn


@pytest.mark.torture
def test_flipped_bits_in_larger_files_are_repaired(torture: bool, rng: random.Random) -> None:
    payloads = [rng.randbytes(rng.randrange(2000)) for _ in range(40)]
    data = journal(payloads)
    for _ in range(1000 if torture else 100):
        found = scan(flip(data, rng.randrange(8 * len(data))))
        assert [f.payload for f in found.frames] == payloads
        assert found.damage


def test_a_record_beyond_repair_costs_only_itself() -> None:
    data = bytearray(journal(PAYLOADS))
    start = len(journal(PAYLOADS[:2])) + HEADER_SIZE
    data[start : start + 20] = bytes(range(100, 120))
    found = scan(bytes(data))
    assert [f.payload for f in found.frames] == PAYLOADS[:2] + PAYLOADS[3:]
    assert found.damage[0].position == len(journal(PAYLOADS[:2]))
    assert found.damage[0].lost


def test_a_header_beyond_repair_costs_only_its_record() -> None:
    data = bytearray(journal(PAYLOADS))
    start = len(journal(PAYLOADS[:2]))
    data[start : start + 12] = bytes(12)
    assert read(bytes(data)) == PAYLOADS[:2] + PAYLOADS[3:]


def test_a_ruined_last_record_is_reported_not_taken_for_torn() -> None:
    data = bytearray(journal(PAYLOADS))
    data[-40:-20] = bytes(range(20))
    found = scan(bytes(data))
    assert [f.payload for f in found.frames] == PAYLOADS[:-1]
    assert found.damage


def test_the_flipped_bit_is_found_anywhere(rng: random.Random) -> None:
    import zlib

    data = rng.randbytes(300)
    for bit in range(8 * len(data)):
        assert flipped_bit(flip(data, bit), zlib.crc32(data)) == (bit // 8, bit % 8)


@pytest.mark.torture
def test_any_mess_is_read_without_an_error(torture: bool, rng: random.Random) -> None:
    data = journal(PAYLOADS)
    for _ in range(2000 if torture else 200):
        mess = bytearray(data)
        for _ in range(rng.randrange(1, 30)):
            mess[rng.randrange(len(mess))] = rng.randrange(256)
        cut = rng.randrange(len(mess))
        assert set(read(bytes(mess[:cut]))) <= set(PAYLOADS)
