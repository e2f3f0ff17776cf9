"""Runs a builder's code with a timeout."""

import contextvars
import ctypes
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class ModelTimeoutError(Exception):
    """The code was still running after its timeout, at `line` of the file if that is known."""

    def __init__(self, line: int | None) -> None:
        super().__init__(line)
        self.line = line


class _Cancelled(BaseException):
    """Raised inside the thread of code that has timed out."""


def run_with_timeout(seconds: float, work: Callable[[], T], file: Path) -> T:
    """Run the work in a thread of its own; returns its result, or raises what it raises.

    Raises ModelTimeoutError after so many seconds. The thread is cancelled if it runs Python; one
    that waits for something else is left behind.
    """
    outcome: list[tuple[T | None, BaseException | None]] = []

    def run() -> None:
        try:
            outcome.append((work(), None))
        except _Cancelled:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            outcome.append((None, error))

    surroundings = contextvars.copy_context()
    thread = threading.Thread(target=surroundings.run, args=[run], daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome and thread.is_alive():
        line = _line_of(thread, file)
        _cancel(thread)
        raise ModelTimeoutError(line)
    [(result, error)] = outcome
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # what the work returned


def _line_of(thread: threading.Thread, file: Path) -> int | None:
    """The line of the file that the thread runs, or from which it has called other code."""
    frame = sys._current_frames().get(thread.ident or 0)
    while frame is not None:
        if frame.f_code.co_filename == str(file):
            return frame.f_lineno
        frame = frame.f_back
    return None


def _cancel(thread: threading.Thread) -> None:
    number = ctypes.c_ulong(thread.ident or 0)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(number, ctypes.py_object(_Cancelled))
