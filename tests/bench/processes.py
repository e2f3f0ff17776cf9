"""Processes of a benchmark: their own group, their log shown when they fail, none left behind."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # ships no types

from services.store.moto_process.probe import free_port

__all__ = ["Process", "ServerError", "free_port", "memory_bytes", "spawned", "stop", "wait_until"]

PATCHES = "BASKET_STREAMLIT_PATCHES"
STOP_SECONDS = 20.0
LOG_TAIL = 4000


class ServerError(RuntimeError):
    """A server ended early or did not get ready; carries the end of its log."""


@dataclass(frozen=True)
class Process:
    """A process that this benchmark started, and may therefore end."""

    name: str
    popen: "subprocess.Popen[bytes]"
    log: Path

    @property
    def pid(self) -> int:
        return self.popen.pid

    def failure(self, what: str) -> ServerError:
        log = self.log.read_text(errors="replace")[-LOG_TAIL:]
        return ServerError(f"{self.name} {what}; its log ends with:\n{log}")

    def check(self) -> None:
        """Raise with the log if the process has ended."""
        if (code := self.popen.poll()) is not None:
            raise self.failure(f"ended with {code}")


def memory_bytes(pid: int, *, alone: bool = False) -> int:
    """Resident memory of a process and, unless `alone`, its descendants, in bytes."""
    top = psutil.Process(pid)
    family = [top] if alone else [top, *top.children(recursive=True)]
    return sum(int(member.memory_info().rss) for member in family)


def _clean_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Ours without what would point a server elsewhere: proxies, profiles, other settings."""
    foreign = ("AWS_", "BASKET_", "STREAMLIT_", "MOTO_")
    kept = {
        name: value
        for name, value in os.environ.items()
        # The one setting that a whole run of tests may be given.
        if name == PATCHES or not (name.startswith(foreign) or name.lower().endswith("_proxy"))
    }
    return kept | {"PYTHONUNBUFFERED": "1"} | dict(extra)


@contextlib.contextmanager
def spawned(
    name: str,
    command: Sequence[str],
    *,
    folder: Path,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Process]:
    """Run a command in a folder until the block ends; it may not be ready yet."""
    with log.open("ab") as output:
        popen = subprocess.Popen(
            command,
            cwd=folder,
            env=_clean_environment(environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Process(name, popen, log)
    finally:
        _end(popen)


def wait_until(
    process: Process, ready: Callable[[], bool], *, within: float = 60.0, every: float = 0.02
) -> None:
    """Wait, in seconds, until `ready` says so; fail with the log if the process ends before."""
    deadline = time.monotonic() + within
    while not ready():
        process.check()
        if time.monotonic() > deadline:
            raise process.failure(f"was not ready within {within:g} s")
        time.sleep(every)


def _end(popen: "subprocess.Popen[bytes]") -> None:
    """End a process and everything it started, also what moved to a session of its own."""
    family: list[psutil.Process] = []
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(popen.pid).children(recursive=True)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(popen.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        popen.wait(STOP_SECONDS)
    # What the group's leader did not take along; psutil knows a reused process id.
    _, alive = psutil.wait_procs(family, timeout=1)
    for survivor in alive:
        with contextlib.suppress(psutil.NoSuchProcess):
            survivor.kill()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(popen.pid, signal.SIGKILL)
    popen.wait()


def stop(pid: int) -> None:
    """Have a process hang until SIGCONT: it holds its sockets and answers nothing.

    SIGSTOP takes effect when one of its threads is scheduled next: on a busy machine the others go
    on answering until then.
    """
    os.kill(pid, signal.SIGSTOP)
    threads = Path(f"/proc/{pid}/task")
    while states := {_state(thread) for thread in threads.iterdir()} - {"T", "t", "X"}:
        if "Z" in states:
            raise ProcessLookupError(f"{pid} has ended")
        time.sleep(0.005)


def _state(thread: Path) -> str:
    """One letter, as in proc(5)."""
    try:
        return (thread / "stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "X"
