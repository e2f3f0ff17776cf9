"""Reads files so that none of them can end the app, fill its memory or hang it.

Small texts are read here: their parsers are Python's own, and need no more memory than a hundred
times their size. Everything that is packed (spreadsheets, gzip) or large may unpack to anything, so
it is read in a process of its own, with limits, that is ended when it takes too long.
"""

import io
import json
import logging
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from services.files.reading import is_packed, read
from services.files.sheet import FileProblem, Format, Row, Sheet, Unreadable, refuse
from services.files.worker import LENGTH

log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parents[2]
_SMALL = 4 * 1024**2
_MAX_SECONDS = 60.0
_AT_ONCE = 2
_GLOBALS = {("datetime", "date"), ("datetime", "datetime"), ("decimal", "Decimal")}
"""All that the cells of an answer are made of, beside Python's own."""


class FileReader:
    """Reads files for everybody; keeps a worker that is idle for the next file."""

    def __init__(self, *, max_seconds: float = _MAX_SECONDS) -> None:
        self._max_seconds = max_seconds
        self._turns = threading.Semaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._closed = False

    def read(
        self,
        content: bytes,
        name: str = "",
        *,
        format: Format | None = None,  # noqa: A002 - the field's name
        encoding: str | None = None,
        delimiter: str | None = None,
    ) -> Sheet:
        """The table in a file, as `reading.read` reads it.

        Raises Unreadable, also for a file that takes too much time or memory.
        """
        asked: dict[str, Any] = {"name": name, "format": format}
        asked |= {"encoding": encoding, "delimiter": delimiter}
        if len(content) <= _SMALL and not is_packed(content, format):
            return read(content, **asked)
        if not self._turns.acquire(timeout=self._max_seconds):
            raise refuse("Other files are being read just now. Try again in a minute.")
        try:
            return self._read(content, asked)
        finally:
            self._turns.release()

    def warm(self) -> None:
        """Have a worker ready, for a file that is about to come."""
        with self._lock:
            if not (self._idle or self._closed):
                self._idle.append(_Worker())

    def close(self) -> None:
        """End the workers that are idle; one that is reading ends with its file."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.end()

    def _read(self, content: bytes, asked: dict[str, Any]) -> Sheet:
        worker = self._take()
        kind, told, is_last = worker.answer(asked, content, self._max_seconds)
        self._give_back(worker, is_last=is_last)
        match kind:
            case "sheet":
                return _sheet(told)
            case "refused":
                raise Unreadable([FileProblem(line, message) for line, message in told])
            case "time":
                raise refuse(
                    f"This file takes longer than {self._max_seconds:.0f} seconds to read. "
                    "Split it, or save it as CSV."
                )
            case _:
                log.warning("a file could not be read: %s (%s)", kind, told)
                raise refuse(
                    "This file is damaged, or needs too much memory to be read. "
                    "Split it, or save it as CSV."
                )

    def _take(self) -> "_Worker":
        with self._lock:
            alive = [worker for worker in self._idle if worker.is_alive]
            self._idle = alive[1:]
        return alive[0] if alive else _Worker()

    def _give_back(self, worker: "_Worker", *, is_last: bool) -> None:
        with self._lock:
            if not (is_last or self._closed or self._idle):
                self._idle.append(worker)
                return
        worker.end()


class _Worker:
    """A process that reads files; it ends with this process."""

    def __init__(self) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "services.files.worker"],
            cwd=_ROOT,
            env={
                "PYTHONPATH": str(_ROOT),
                "PYTHONUTF8": "1",
                # Each thread's arena would take from the memory that it may have.
                "MALLOC_ARENA_MAX": "1",
                "TMPDIR": tempfile.gettempdir(),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def is_alive(self) -> bool:
        """Whether it can take a file."""
        return self._popen.poll() is None

    def answer(
        self, asked: dict[str, Any], content: bytes, seconds: float
    ) -> tuple[str, Any, bool]:
        """The kind of its answer, what it says, and whether it is its last.

        The kind is "time" if it had to be ended, "died" if it did so by itself.
        """
        asks, answers = self._popen.stdin, self._popen.stdout
        assert asks is not None, "it has a pipe"  # noqa: S101
        assert answers is not None, "it has a pipe"  # noqa: S101
        late = threading.Event()
        watch = threading.Timer(seconds, self._end_late, [late])
        watch.daemon = True
        watch.start()
        try:
            for part in (json.dumps(asked).encode(), content):
                asks.write(len(part).to_bytes(LENGTH, "big"))
                asks.write(part)
            asks.flush()
            found = _Unpickler(io.BytesIO(_whole(answers))).load()
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.end()
            return ("time" if late.is_set() else "died"), repr(error), True
        finally:
            watch.cancel()
        kind, told, is_last = found
        return kind, told, is_last

    def end(self) -> None:
        """End it now."""
        self._popen.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    # What it did not take any more.
                    continue

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        os.kill(self._popen.pid, 9)


class _Unpickler(pickle.Unpickler):
    """Makes cells, and nothing else: a worker may have been taken over by what it has read."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _GLOBALS:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a cell")
        return super().find_class(module, name)


def _whole(answers: IO[bytes]) -> bytes:
    length = answers.read(LENGTH)
    answer = answers.read(int.from_bytes(length, "big"))
    if len(length) < LENGTH or len(answer) < int.from_bytes(length, "big"):
        raise EOFError("the worker ended")
    return answer


def _sheet(told: tuple[Any, ...]) -> Sheet:
    format_, columns, lines, cells, encoding, delimiter = told
    return Sheet(format_, columns, tuple(map(Row, lines, cells)), encoding, delimiter)
