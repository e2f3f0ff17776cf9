"""Files that are whole or as they were before, and locks that end with whoever holds them."""

import stat
from pathlib import Path

import pytest

from services.disk import lock, locked, share, written_whole


def test_a_file_is_replaced_when_all_of_it_is_there(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text("old")
    with written_whole(file) as draft:
        draft.write_text("new")
        assert file.read_text() == "old"

    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["kept.json"]


def test_what_fails_halfway_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text("old")

    def fail() -> None:
        with written_whole(file) as draft:
            draft.write_text("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert file.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["kept.json"]


def test_one_holds_a_file_and_the_next_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "held"
    first = locked(file)
    with pytest.raises(BlockingIOError):
        locked(file)
    first.close()
    locked(file).close()


def test_who_shares_a_file_keeps_off_whoever_wants_it_alone(tmp_path: Path) -> None:
    file = tmp_path / "held"
    with file.open("a") as one, file.open("a") as other:
        share(one)
        share(other)
        with pytest.raises(BlockingIOError):
            lock(other)
        one.close()
        lock(other)
