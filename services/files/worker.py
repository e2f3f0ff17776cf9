"""`python -m services.files.worker`: reads one file after the other for `isolated`.

On standard input come a header (a JSON text: what `read` is called with) and the content, each
after its length in 8 bytes; on standard output goes a pickle of the answer in the same way. It ends
when its input does.
"""

import contextlib
import json
import os
import pickle
import re
import resource
import traceback
from pathlib import Path
from typing import IO, Any, Literal

from services.files.reading import read
from services.files.sheet import Sheet, Unreadable

LENGTH = 8
"""Bytes that hold a length, the largest first."""
_MAX_MEMORY = 2 * 1024**3
_MAX_SECONDS = 300
"""Of the processor's time for one file, in case that nobody is there any more to end it."""
_LARGE_KB = 400 * 1024
"""Whoever had so much memory ends after its answer: Python does not give it back."""


Answer = tuple[Literal["sheet", "refused", "memory", "failed"], Any]
"""What has become of a file, and what there is to tell of it, as plain values."""


def main() -> None:
    """Answer until nobody asks any more."""
    asks, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What somebody prints must not be taken for an answer.
    os.dup2(2, 1)
    _limit()
    while (header := _next(asks)) is not None:
        content = _next(asks)
        if content is None:
            return
        used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
        resource.setrlimit(resource.RLIMIT_CPU, (used + _MAX_SECONDS, resource.RLIM_INFINITY))
        answer = _pickled(_answer(json.loads(header), content))
        del content
        answers.write(len(answer).to_bytes(LENGTH, "big") + answer)
        answers.flush()
        if _is_large():
            return


def _limit() -> None:
    """Less memory than the machine has, no memory image when it ends; and the first to be ended."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    allowed = _MAX_MEMORY if most == resource.RLIM_INFINITY else min(_MAX_MEMORY, most)
    # macOS has no such limit.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (allowed, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _next(asks: IO[bytes]) -> bytes | None:
    length = asks.read(LENGTH)
    return asks.read(int.from_bytes(length, "big")) if len(length) == LENGTH else None


def _answer(asked: dict[str, Any], content: bytes) -> Answer:
    try:
        return "sheet", _plain(read(content, **asked))
    except Unreadable as error:
        return "refused", [(problem.line, problem.message) for problem in error.problems]
    except MemoryError:
        return "memory", None
    except BaseException:  # noqa: BLE001 - a panic of calamine's is no Exception
        return "failed", traceback.format_exc(limit=-5)


def _plain(sheet: Sheet) -> tuple[Any, ...]:
    lines = [row.line for row in sheet.rows]
    cells = [row.cells for row in sheet.rows]
    return sheet.format, sheet.columns, lines, cells, sheet.encoding, sheet.delimiter


def _pickled(answer: Answer) -> bytes:
    try:
        return pickle.dumps((*answer, _is_large()), pickle.HIGHEST_PROTOCOL)
    except (MemoryError, RecursionError):
        return pickle.dumps(("memory", None, True))


def _is_large() -> bool:
    # Not ru_maxrss: it begins with what the process had that started this one (measured, Linux).
    with contextlib.suppress(OSError):
        found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
        return found is not None and int(found[1]) > _LARGE_KB
    return False


if __name__ == "__main__":
    main()
