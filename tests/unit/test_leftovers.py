"""What a test run leaves behind is found, wherever it comes from."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.leftovers import Run

FOR_LONG = "import time; time.sleep(600)"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    monkeypatch.setenv("TMPDIR", tempfile.gettempdir())
    monkeypatch.setattr(tempfile, "tempdir", None)
    made = Run()
    yield made
    made.remove()
    monkeypatch.undo()
    tempfile.tempdir = None


def test_a_process_is_found_by_what_it_was_started_with_and_ended(run: Run) -> None:
    heir = subprocess.Popen([sys.executable, "-c", FOR_LONG], start_new_session=True)
    told = subprocess.Popen([sys.executable, "-c", FOR_LONG, str(run.folder / "data")], env={})
    stranger = subprocess.Popen([sys.executable, "-c", FOR_LONG], env={"TMPDIR": "/elsewhere"})

    left = run.left(grace=0.01)

    assert sorted(line.split(":")[0] for line in left) == sorted(
        f"process {one.pid}" for one in (heir, told)
    )
    assert run.left() == []
    assert stranger.poll() is None
    for one in (heir, told, stranger):
        one.kill()
        one.wait()


def test_a_file_is_found_unless_it_is_pytests_own(run: Run) -> None:
    (run.folder / "pytest-of-somebody").mkdir()
    assert run.left() == []

    made = Path(tempfile.mkdtemp())

    assert run.left() == [f"file {made}"]
    run.remove()
    assert not run.folder.exists()
