"""One replacement at a time, whatever process does it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.disk import locked, make_private
from services.errors import BasketError


class Busy(BasketError):  # noqa: N818 - says what the basket is
    """Another replacement is on its way."""

    def __init__(self) -> None:
        super().__init__("The assets are being replaced already. Wait until that is through.")


@contextmanager
def exclusive_lock(folder: Path) -> Iterator[None]:
    """Keep others out until the block ends, or this process, however it ends. Raises Busy."""
    make_private(folder)
    try:
        lock = locked(folder / "replacing.lock")
    except BlockingIOError as error:
        raise Busy from error
    with lock:
        yield
