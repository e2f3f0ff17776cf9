"""What is in the data folder is for its owner alone, be it written now or there before."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.security.tokens import Keys
from services import disk
from services.importing.record import Steps
from services.moto_server import discovery
from services.moto_server.journal import privacy
from services.moto_server.journal.disk import Disk
from services.moto_server.pulse import Pulse
from services.sandbox import sandbox
from services.scenarios.lines import write_lines
from services.scenarios.locking import exclusive_lock
from services.store.moto_process.folder import DataFolder
from services.store.read_model import checkpoint


def open_to_others(folder: Path) -> list[str]:
    """What somebody else of this machine could look at."""
    found = [folder, *folder.rglob("*")]
    return [
        str(one.relative_to(folder)) for one in found if stat.S_IMODE(one.stat().st_mode) & 0o77
    ]


def _alone(folder: Path) -> None:
    with exclusive_lock(folder):
        pass


def _catalogue(folder: Path) -> None:
    disk.make_private(folder)
    checkpoint._write(folder / "latest.jsonl", [])


def _address(folder: Path) -> None:
    discovery.lock(folder)
    discovery.publish(folder, {})
    Pulse(folder)


def _journal(folder: Path) -> None:
    Disk().make_folder(folder)
    Disk().write_file(folder / "journal", [b"x"])


WRITERS: dict[str, Callable[[Path], object]] = {
    "keys": Keys.kept_in,
    "users": lambda folder: DataFolder(folder).enter(),
    "replacement": _alone,
    "checkpoint of a scenario": lambda folder: write_lines(folder / "checkpoints" / "a", {}),
    "steps of an import": lambda folder: Steps(folder / "imports").keep("a", []),
    "a copy": lambda folder: sandbox.take(folder / "copies" / "a"),
    "checkpoint of the catalogue": _catalogue,
    "lock of Moto": discovery.lock,
    "address and pulse of Moto": _address,
    "journal of Moto": _journal,
}


@pytest.mark.parametrize("writer", WRITERS.values(), ids=list(WRITERS))
def test_whoever_writes_there_keeps_others_out(
    writer: Callable[[Path], object], tmp_path: Path
) -> None:
    writer(tmp_path / "data")

    assert [*(tmp_path / "data").rglob("*")]
    assert open_to_others(tmp_path / "data") == []


@pytest.mark.parametrize("enter", [lambda path: DataFolder(path).enter(), discovery.lock])
def test_what_was_there_before_is_taken_away_from_others(
    enter: Callable[[Path], object], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / "snapshot").mkdir(parents=True)
    (data / "snapshot" / "records.log").write_text("everything")
    (data / "own").write_text("")
    (data / "own").chmod(0o754)
    for one in (data, data / "snapshot"):
        one.chmod(0o755)

    enter(data)

    assert open_to_others(data) == []
    assert stat.S_IMODE((data / "own").stat().st_mode) == 0o700
    assert (data / "snapshot" / "records.log").read_text() == "everything"


@pytest.mark.parametrize("keep", [disk.keep_private, privacy.keep_private])
def test_what_a_link_leads_to_stays_as_it_is(keep: Callable[[Path], None], tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(0o755)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "data" / "dangling").symlink_to(tmp_path / "nowhere")

    keep(tmp_path / "data")

    assert stat.S_IMODE((tmp_path / "elsewhere").stat().st_mode) == 0o755


def test_a_folder_that_is_there_already_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    disk.make_private(tmp_path / "a" / "b")

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert open_to_others(tmp_path / "a") == []
