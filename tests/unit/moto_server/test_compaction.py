"""A snapshot can be interrupted anywhere and damaged anywhere."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.moto_server.journal import snapshot
from tests.unit.moto_server.conftest import Server
from tests.unit.moto_server.faulty import FaultyDisk, Killed, dying_at, failing_at, files
from tests.unit.moto_server.requests import add, create_table, dynamodb, json_request, put

Start = Callable[..., Server]


def items(server: Server) -> dict[str, Any]:
    answer = server.ask(dynamodb("Scan", {"TableName": "Things"}))
    assert answer.succeeded, answer
    return {one["PK"]["S"]: one for one in json.loads(answer.body)["Items"]}


def queues(server: Server) -> Any:
    return json.loads(server.ask(json_request("sqs", "AmazonSQS.ListQueues", {})).body)


@pytest.fixture
def filled(started: Start) -> Server:
    server = started()
    assert server.ask(create_table()).succeeded
    assert server.ask(json_request("sqs", "AmazonSQS.CreateQueue", {"QueueName": "q"})).succeeded
    for number in range(20):
        assert server.ask(put(f"p{number}", text={"S": "é" * number})).succeeded
        assert server.ask(add(f"p{number % 3}")).succeeded
    return server


def test_a_snapshot_replaces_what_came_before(started: Start, filled: Server) -> None:
    before = items(filled)
    filled.compact()
    assert [p.name for p in sorted(filled.layout.folder.iterdir())] == [
        "snapshot-00000002",
        "tail-00000002.log",
    ]
    after = started()
    assert items(after) == before
    assert queues(after) == queues(filled)
    assert after.recovered.report.records == 2


def test_lines_are_what_aws_imports(filled: Server) -> None:
    filled.compact()
    lines = (filled.layout.snapshot(2) / "0001.jsonl").read_text().splitlines()
    assert {json.loads(line)["Item"]["PK"]["S"] for line in lines} == items(filled).keys()


@pytest.mark.parametrize("generations", [0, 1])
def test_death_at_any_step_leaves_one_whole_generation(
    started: Start, filled: Server, generations: int
) -> None:
    for _ in range(generations):
        filled.compact()
    before = items(filled)
    for nth in range(1, 1000):
        server = started(FaultyDisk(dying_at(nth)))
        assert items(server) == before
        assert server.recovered.report.damage == []
        try:
            server.compact()
        except Killed:
            continue
        break
    assert nth > 10
    assert items(started()) == before


def test_changes_made_while_a_snapshot_is_written_are_kept(started: Start, filled: Server) -> None:
    work = filled.compaction.prepared(filled.journal.rotate())
    assert filled.ask(add("p1", 100)).succeeded
    assert filled.ask(put("new")).succeeded
    assert filled.ask(dynamodb("DeleteItem", {"TableName": "Things", "Key": key("p5")})).succeeded
    before = items(filled)
    started()  # empties Moto's memory; the references are what they were
    work()
    assert items(started()) == before


def key(name: str) -> dict[str, Any]:
    return {"PK": {"S": name}, "SK": {"S": "META"}}


def test_a_snapshot_that_fails_is_tried_again_later(started: Start, filled: Server) -> None:
    before = items(filled)
    for nth in range(1, 8):
        server = started(FaultyDisk(failing_at(nth)))
        server.compaction.begin()
        server.compaction.join()
        assert server.ask(add("p0")).succeeded
        before["p0"]["hits"]["N"] = str(int(before["p0"]["hits"]["N"]) + 1)
        assert items(started()) == before


def test_growth_is_answered_with_a_snapshot(started: Start, filled: Server) -> None:
    filled.compaction._threshold = 1000
    assert filled.ask(put("one more")).succeeded
    filled.compaction.join()
    assert filled.layout.newest_snapshot() == 2
    assert filled.ask(put("another")).succeeded
    assert len(items(started())) == 22


@pytest.mark.torture
def test_any_flipped_bit_is_survived_and_reported(
    started: Start, filled: Server, rng: random.Random, torture: bool
) -> None:
    filled.compact()
    assert filled.ask(add("p1", 7)).succeeded
    assert filled.ask(put("tail")).succeeded
    before, folder = items(filled), filled.layout.folder
    whole = files(folder)
    for _ in range(1000 if torture else 40):
        name = flip_somewhere(folder, whole, rng)
        server = started()
        assert items(server) == before, name
        assert len(server.recovered.report.damage) == 1, name
        assert name in server.recovered.report.damage[0]
        assert " at byte " in server.recovered.report.damage[0]
        assert not server.recovered.report.tornTail
        restore(folder, whole)


def flip_somewhere(folder: Path, whole: dict[str, bytes], rng: random.Random) -> str:
    (name,) = rng.choices(list(whole), [len(content) for content in whole.values()])
    content = bytearray(whole[name])
    content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    (folder / name).write_bytes(content)
    return name


def restore(folder: Path, whole: dict[str, bytes]) -> None:
    for name, content in whole.items():
        (folder / name).write_bytes(content)


def test_damaged_files_are_kept_aside_once_a_snapshot_replaced_them(
    started: Start, filled: Server
) -> None:
    path = filled.layout.tail(1)
    damaged = bytearray(path.read_bytes())
    damaged[5000:5100] = bytes(100)
    path.write_bytes(damaged)
    server = started()
    assert server.recovered.report.damage
    remaining = items(server)
    server.compact(keep_damaged=True)
    assert (server.layout.damaged / "tail-00000001.log").read_bytes() == damaged
    after = started()
    assert after.recovered.report.damage == []
    assert items(after) == remaining


def test_a_lost_line_costs_one_item(started: Start, filled: Server) -> None:
    filled.compact()
    before = items(filled)
    path = filled.layout.snapshot(2) / "0001.jsonl"
    content = path.read_bytes()
    start = content.index(b"\n") + 1
    path.write_bytes(content[:start] + b"x" * 30 + content[start + 30 :])
    server = started()
    assert len(items(server)) == len(before) - 1
    assert f"0001.jsonl at byte {start}" in server.recovered.report.damage[0]


def test_a_torn_tail_is_cut_and_written_on(started: Start, filled: Server) -> None:
    before = items(filled)
    path = filled.layout.tail(1)
    path.write_bytes(path.read_bytes() + b"mBk1\x00\x00")
    server = started()
    assert server.recovered.report.tornTail
    assert server.recovered.report.damage == []
    assert server.ask(put("after")).succeeded
    again = started()
    assert not again.recovered.report.tornTail
    assert len(items(again)) == len(before) + 1


def test_large_tables_have_several_check_records(
    started: Start, filled: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_CHECKS_A_RECORD", 3)
    before = items(filled)
    filled.compact()
    assert items(started()) == before
