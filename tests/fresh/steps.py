"""Commands that are only read when they fail, and how long things take."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn

_TAIL = 4000


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is begun, and how long it took."""
    print(f"fresh: {what} ...", flush=True)
    began = time.monotonic()
    yield
    print(f"fresh: {what}: {time.monotonic() - began:.0f} s", flush=True)


def quietly(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    """Run a command; end with what it said if it fails."""
    ran = subprocess.run(
        command,
        check=False,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if ran.returncode:
        fail(" ".join(command), ran.stdout)


def fail(what: str, said: bytes) -> NoReturn:
    """End with what did not work and the last that was said."""
    sys.exit(f"{said.decode(errors='replace')[-_TAIL:]}\nfresh: failed: {what}")
