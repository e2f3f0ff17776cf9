"""Gives up a builder's code that does not come to an end."""

import contextvars
import ctypes
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class TookTooLong(Exception):  # noqa: N818 - reads as a noun, as its relatives do
    """The code was still running when its time was over; `line` is where it was, if known."""

    def __init__(self, line: int | None) -> None:
        super().__init__(line)
        self.line = line


class _GivenUp(BaseException):
    """Raised in the middle of code that runs for too long."""


def within(seconds: float, work: Callable[[], T], file: Path) -> T:
    """What the work returns or raises, done in a thread of its own.

    Raises TookTooLong after so many seconds, with the line of the file that runs then. The thread
    is stopped if it runs Python; one that waits for something else is left behind.
    """
    outcome: list[tuple[T | None, BaseException | None]] = []

    def run() -> None:
        try:
            outcome.append((work(), None))
        except _GivenUp:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again by whoever waits
            outcome.append((None, error))

    surroundings = contextvars.copy_context()
    thread = threading.Thread(target=surroundings.run, args=[run], daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome and thread.is_alive():
        line = _line_of(thread, file)
        _give_up(thread)
        raise TookTooLong(line)
    [(result, error)] = outcome
    if error is not None:
        raise error
    return result  # type: ignore[return-value]  # what the work returned


def _line_of(thread: threading.Thread, file: Path) -> int | None:
    """Where in the file the thread is, or from where it was led elsewhere."""
    frame = sys._current_frames().get(thread.ident or 0)
    while frame is not None:
        if frame.f_code.co_filename == str(file):
            return frame.f_lineno
        frame = frame.f_back
    return None


def _give_up(thread: threading.Thread) -> None:
    number = ctypes.c_ulong(thread.ident or 0)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(number, ctypes.py_object(_GivenUp))
