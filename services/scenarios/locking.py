"""One replacement at a time, whatever process does it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.errors import BasketError
from services.store.moto_process.privacy import OWNERS_FILE, make_private


class Busy(BasketError):  # noqa: N818 - says what the basket is
    """Another replacement is on its way."""

    def __init__(self) -> None:
        super().__init__("The assets are being replaced already. Wait until that is through.")


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[None]:
    """Keep others out until the block ends, or this process, however it ends. Raises Busy."""
    make_private(folder)
    held = folder / "replacing.lock"
    held.touch(OWNERS_FILE)
    with held.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield
