"""A disk that refuses costs an error, never an acknowledged change."""

import errno
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from services.moto_server.http.wire import Answer
from services.moto_server.journal.disk import Disk
from tests.unit.moto_server.conftest import Server
from tests.unit.moto_server.faulty import FaultyDisk, failing_at
from tests.unit.moto_server.requests import add, create_table, dynamodb, item, put

Start = Callable[..., Server]


def hits(server: Server, table: str) -> dict[str, int]:
    answer = server.ask(dynamodb("Scan", {"TableName": table}))
    assert answer.succeeded, answer
    return {one["PK"]["S"]: int(one["hits"]["N"]) for one in json.loads(answer.body)["Items"]}


def assert_says_not_saved(answer: Answer) -> None:
    assert answer.status[:3] in ("500", "503")
    assert "The change is not saved: " in json.loads(answer.body)["message"]


@pytest.mark.torture
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_acknowledged_changes_survive_a_failure_at_any_moment(
    started: Start, rng: random.Random, torture: bool, code: int
) -> None:
    # Quick: each code at other moments.
    first = 1 if code == errno.ENOSPC else 5
    for nth in range(1, 51) if torture else range(first, 51, 8):
        fail_once_and_restart(started, rng, nth, code)


def fail_once_and_restart(started: Start, rng: random.Random, nth: int, code: int) -> None:
    table, place = "Things", f"journal{nth}"
    assert started(place=place).ask(create_table()).succeeded
    server = started(FaultyDisk(failing_at(nth, rng.randrange(1, 6), code)), place)
    acknowledged = dict.fromkeys("abcd", 0)
    attempted = dict.fromkeys("abcd", 0)
    for number in range(32):
        key, step = "abcd"[number % 4], rng.choice((1, 10, 100))
        answer = server.ask(add(key, step, table))
        if not answer.status.startswith("503"):  # refused at the door, so not even in memory
            attempted[key] += step
        if answer.succeeded:
            acknowledged[key] += step
        else:
            assert_says_not_saved(answer)
    in_memory = hits(server, table)
    after_restart = hits(started(place=place), table)
    assert after_restart == in_memory == attempted
    assert all(after_restart[key] >= acknowledged[key] for key in acknowledged)


@pytest.mark.torture
def test_acknowledged_changes_survive_a_crash_while_the_disk_refuses(
    started: Start, torture: bool
) -> None:
    for nth in range(1, 51) if torture else range(1, 51, 8):
        table, place = "Things", f"journal{nth}"
        assert started(place=place).ask(create_table()).succeeded
        server = started(FaultyDisk(failing_at(nth, times=10**6)), place)
        acknowledged = [k for k in map(str, range(30)) if server.ask(put(k, table)).succeeded]
        assert not server.ask(put("last", table)).succeeded
        after = started(place=place)
        for key in acknowledged:
            answer = after.ask(dynamodb("GetItem", {"TableName": table, "Key": item(key)}))
            assert b'"Item"' in answer.body


def test_a_short_write_is_continued(started: Start) -> None:
    disk = FaultyDisk(lambda count, _name: 7 if count % 2 else None)
    server = started(disk)
    assert server.ask(create_table()).succeeded
    assert server.ask(add("a", 5)).succeeded
    assert hits(started(), "Things") == {"a": 5}


def test_a_disk_that_takes_nothing_is_a_refusal(started: Start) -> None:
    server = started(FaultyDisk(lambda _count, name: 0 if name == "write" else None))
    assert_says_not_saved(server.ask(create_table()))


def test_reads_wait_for_what_the_disk_does_not_have(started: Start) -> None:
    assert started().ask(create_table()).succeeded
    server = started(FaultyDisk(failing_at(1, times=10)))
    first = server.ask(put("a"))
    assert first.status.startswith("500")
    assert "no space left on device" in json.loads(first.body)["message"]
    assert server.journal.failing
    refused = server.ask(dynamodb("GetItem", {"TableName": "Things", "Key": item("a")}))
    assert refused.status.startswith("503")
    assert_says_not_saved(refused)


def test_the_disk_gets_what_is_owed_as_soon_as_it_takes_it(started: Start) -> None:
    assert started().ask(create_table()).succeeded
    server = started(FaultyDisk(failing_at(1, times=3)))
    assert not server.ask(add("a", 5)).succeeded
    while server.journal.failing:
        server.ask(dynamodb("ListTables", {}))
    assert hits(server, "Things") == {"a": 5}
    assert hits(started(), "Things") == {"a": 5}


def test_a_record_that_lies_in_two_files_counts_once(started: Start) -> None:
    assert started().ask(create_table()).succeeded
    server = started()

    class Stubborn(Disk):
        def sync(self, handle: int) -> None:  # noqa: ARG002
            raise OSError(errno.EIO, "I/O error")

        def truncate(self, handle: int, length: int) -> None:  # noqa: ARG002
            raise OSError(errno.EIO, "I/O error")

    server.journal._disk = Stubborn()
    assert not server.ask(add("a", 5)).succeeded
    server.journal._disk = Disk()
    assert server.ask(add("a", 1)).succeeded
    assert hits(started(), "Things") == {"a": 6}


def test_after_a_failed_sync_records_go_to_a_fresh_file(started: Start) -> None:
    assert started().ask(create_table()).succeeded
    server = started()
    tail = server.journal.tail

    class NoSync(Disk):
        def sync(self, handle: int) -> None:  # noqa: ARG002
            raise OSError(errno.EIO, "I/O error")

    server.journal._disk = NoSync()
    assert not server.ask(add("a", 5)).succeeded
    server.journal._disk = Disk()
    assert server.ask(add("a", 1)).succeeded
    assert server.journal.tail == tail + 1
    assert hits(started(), "Things") == {"a": 6}


def test_a_folder_that_was_moved_away_is_noticed_before_anything_is_changed(
    started: Start, tmp_path: Path
) -> None:
    server = started()
    assert server.ask(create_table()).succeeded
    assert server.ask(add("a", 5)).succeeded
    folder, elsewhere = tmp_path / "journal", tmp_path / "elsewhere"

    folder.rename(elsewhere)
    refused = server.ask(add("a", 1))
    assert_says_not_saved(refused)
    assert "deleted or moved" in json.loads(refused.body)["message"]
    assert "deleted or moved" in (server.journal.failing or "")
    assert hits(server, "Things") == {"a": 5}

    folder.mkdir()
    assert not server.ask(add("a", 1)).succeeded
    folder.rmdir()
    elsewhere.rename(folder)
    assert server.journal.failing is None
    assert server.ask(add("a", 1)).succeeded
    assert hits(started(), "Things") == {"a": 6}


def test_a_folder_that_is_emptied_before_the_first_change_is_noticed(
    started: Start, tmp_path: Path
) -> None:
    server = started()
    (tmp_path / "journal").rmdir()
    assert_says_not_saved(server.ask(create_table()))
