"""The writing side of the journal: a record is on the disk when ``append`` returns."""

from services.moto_server.journal.disk import Disk
from services.moto_server.journal.framing import frame
from services.moto_server.journal.layout import Layout


class NotSavedError(Exception):
    """The disk refused a record, which is kept and tried again; the message says why."""


class Journal:
    """Appends records to the newest tail.

    ``tail`` is that file's number, ``size`` how many of its bytes are known to be on the disk,
    ``total`` the same for all tails since the last snapshot, ``last`` the number of the last record
    given. Not safe for threads: callers hold the lock.
    """

    def __init__(
        self, disk: Disk, layout: Layout, *, tail: int, size: int, last: int, total: int
    ) -> None:
        self._disk = disk
        self._layout = layout
        self._handle: int | None = None
        self._pending: list[bytes] = []
        self.tail = tail
        self.size = size
        self.last = last
        self._written = total
        self._replaced = 0
        self._refused: str | None = None

    @property
    def failing(self) -> str | None:
        """Why no change can be kept at present; needs no lock."""
        return self._refused or (None if self._is_in_place() else self._gone())

    def check(self) -> None:
        """Raises NotSavedError if no change could be kept, before one is made.

        A file that was deleted takes everything that is written to it, for nobody to read.
        """
        if not self._is_in_place():
            raise NotSavedError(self._gone())

    @property
    def total(self) -> int:
        """How many bytes a start would have to read from tails."""
        return self._written - self._replaced

    def replaced(self, size: int) -> None:
        """A snapshot now stands for ``size`` bytes; the only call that needs no lock."""
        # Its own counter: this comes from another thread than appends do.
        self._replaced += size

    def append(self, payload: bytes) -> None:
        """Put a record on the disk; raises NotSavedError and keeps it if the disk refuses."""
        self.last += 1
        self._pending.append(frame(self.last, payload))
        self.flush()

    def flush(self) -> None:
        """Put on the disk what it refused before; raises NotSavedError if it still does."""
        if not self._pending:
            return
        try:
            self._write(b"".join(self._pending))
        except OSError as error:
            self._refused = f"The change is not saved: {_plain(error)}."
            raise NotSavedError(self._refused) from error
        self._pending.clear()
        self._refused = None

    def resume(self) -> None:
        """Go on in the tail as it is."""
        self._handle = self._disk.reopen(self._layout.tail(self.tail))

    def rotate(self) -> int:
        """Begin a new tail; its number. Raises OSError and changes nothing if that fails."""
        self._begin(b"")
        return self.tail

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            self._disk.close(self._handle)
            self._handle = None

    def _write(self, data: bytes) -> None:
        if self._handle is None:
            self._begin(data)
            return
        try:
            end = self._disk.write_all(self._handle, data, self.size)
            self._disk.sync(self._handle)
        except OSError:
            self._give_up_tail()
            raise
        self._written += end - self.size
        self.size = end

    def _is_in_place(self) -> bool:
        handle, tail = self._handle, self._layout.tail(self.tail)
        if handle is not None:
            return self._disk.is_in_place(handle, tail)
        # Without what was written before, what is written now would be all that a start finds.
        before = (tail, self._layout.snapshot(self.tail)) if self.tail else (self._layout.folder,)
        return any(path.exists() for path in before)

    def _gone(self) -> str:
        folder = self._layout.folder.parent
        return (
            f"The change is not saved: the data folder {folder} was deleted or moved while the "
            "store runs. Put it back where it was; until then nothing can be changed, and what is "
            "shown is gone when the store stops."
        )

    def _give_up_tail(self) -> None:
        """Leave the tail as it last was good.

        The next try begins a new file: after a failed fdatasync Linux may call pages clean that
        never reached the disk, so a second fdatasync of the same file would prove nothing.
        """
        handle, self._handle = self._handle, None
        assert handle is not None  # noqa: S101
        try:
            self._disk.truncate(handle, self.size)
        except OSError:
            # Then the same records come again in the next file, under the same numbers, and a
            # start takes each number once.
            pass
        finally:
            self._disk.close(handle)

    def _begin(self, data: bytes) -> None:
        path = self._layout.tail(self.tail + 1)
        handle = self._disk.create(path)
        try:
            end = self._disk.write_all(handle, data, 0)
            self._disk.sync(handle)
            self._disk.sync_folder(self._layout.folder)
        except OSError:
            self._disk.close(handle)
            raise
        self.close()
        self._handle, self.size, self.tail = handle, end, self.tail + 1
        self._written += end


def _plain(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"{reason} (while writing the journal)"
