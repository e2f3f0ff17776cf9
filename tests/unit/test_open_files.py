"""Few open files are no limit to how many people can come in, as far as the system allows."""

import resource
import subprocess
import sys

import pytest

from app import open_files
from app.settings import ROOT

_RUN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[2])))
from app.open_files import raise_limit
print(raise_limit())
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


def raised(soft: int, hard: int) -> tuple[str, int]:
    """What is said in a process with these limits, and what it may have open then."""
    command = [sys.executable, "-c", _RUN, str(soft), str(hard)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    said, limit = ran.stdout.split("\n")[:2]
    return said, int(limit)


def test_the_soft_limit_is_raised_to_the_hard_one() -> None:
    assert raised(256, 2000) == ("", 2000)


def test_a_hard_limit_that_is_too_low_is_said() -> None:
    said, limit = raised(100, 256)

    assert limit == 256
    assert said.startswith("Only 256 files may be open at once")
    assert "some 51 people" in said
    assert "`ulimit -n 1024`" in said


@pytest.mark.parametrize(
    ("limits", "wanted"),
    [
        ((256, resource.RLIM_INFINITY), 65_536),
        ((256, 1_000_000), 65_536),
        ((100_000, 1_000_000), None),
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), None),
    ],
)
def test_no_more_is_asked_for_than_is_of_use(
    monkeypatch: pytest.MonkeyPatch, limits: tuple[int, int], wanted: int | None
) -> None:
    now = [limits]
    monkeypatch.setattr(resource, "getrlimit", lambda _: now[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, given: now.append(given))

    assert open_files.raise_limit() == ""
    assert now[1:] == ([] if wanted is None else [(wanted, limits[1])])


def test_a_system_that_refuses_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("not allowed")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, 4096))
    monkeypatch.setattr(resource, "setrlimit", refuse)

    assert open_files.raise_limit().startswith("Only 256 files")
