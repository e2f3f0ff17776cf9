"""Runs of pages one after the other."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from app.streamlit_compat import run_limiter
from app.streamlit_compat.run_limiter import RunLimiter


class Room:
    """Knows how many were in it at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self.most = 0

    def visit(self, seconds: float) -> None:
        with self._lock:
            self._inside += 1
            self.most = max(self.most, self._inside)
        threading.Event().wait(seconds)
        with self._lock:
            self._inside -= 1


def test_one_runs_at_a_time() -> None:
    room, one_by_one = Room(), RunLimiter(patience=60)

    def run(_: int) -> None:
        with one_by_one.taken():
            room.visit(0.002)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(24)))

    assert room.most == 1


def test_who_has_waited_for_long_goes_in_anyway_and_gives_back_no_turn_of_others() -> None:
    one_by_one = RunLimiter(patience=0.05)
    with one_by_one.taken():
        with one_by_one.taken():
            pass
        assert not one_by_one._turn.acquire(blocking=False)


def test_a_run_that_fails_gives_its_turn_back() -> None:
    one_by_one = RunLimiter(patience=60)
    with pytest.raises(ZeroDivisionError), one_by_one.taken():
        raise ZeroDivisionError

    with one_by_one.taken():
        assert not one_by_one._turn.acquire(blocking=False)


def test_streamlit_s_runs_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room()
    monkeypatch.setattr(ScriptRunner, "_run_script", lambda _, asked: room.visit(asked))
    monkeypatch.setattr(run_limiter, "_PATIENCE_SECONDS", 60)
    run_limiter.take_turns()
    runner = object.__new__(ScriptRunner)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(runner._run_script, [0.002] * 16))

    assert room.most == 1
