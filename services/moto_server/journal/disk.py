"""The few things that the journal asks of a disk, in one object that tests can make fail."""

import os
import shutil
from pathlib import Path

from services.moto_server.journal.privacy import OWNERS_FILE, OWNERS_FOLDER


class Disk:
    """The real disk. Every method raises OSError as the operating system does."""

    def create(self, path: Path) -> int:
        """A new empty file, open for writing.

        A file of that name is unlinked, not emptied: after a failed fdatasync its pages in the
        cache cannot be trusted, and they belong to the file, not to the name.
        """
        path.unlink(missing_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWNERS_FILE)

    def reopen(self, path: Path) -> int:
        """An existing file, open for writing."""
        return os.open(path, os.O_RDWR)

    def is_in_place(self, handle: int, path: Path) -> bool:
        """Whether the file behind the handle still is the one of that name."""
        try:
            return os.path.samestat(os.fstat(handle), path.stat())
        except OSError:
            return False

    def write(self, handle: int, data: bytes, position: int) -> int:
        """Write at ``position``; how many bytes were taken, which may be fewer."""
        return os.pwrite(handle, data, position)

    def sync(self, handle: int) -> None:
        """Return when the file's content is on the disk."""
        os.fdatasync(handle)

    def truncate(self, handle: int, length: int) -> None:
        """Cut the file to ``length`` bytes."""
        os.ftruncate(handle, length)

    def close(self, handle: int) -> None:
        """Give the handle back."""
        os.close(handle)

    def read(self, path: Path) -> bytes:
        """The whole file."""
        return path.read_bytes()

    def make_folder(self, path: Path) -> None:
        """A new folder; it may exist."""
        path.mkdir(OWNERS_FOLDER, parents=True, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Return when the names in the folder are on the disk."""
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or folder another name, in one step."""
        old.rename(new)

    def remove(self, path: Path) -> None:
        """Remove a file or a folder with its content; it may be gone already."""
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def write_file(self, path: Path, chunks: list[bytes]) -> None:
        """A whole new file, on the disk when this returns."""
        handle = self.create(path)
        try:
            position = 0
            for chunk in chunks:
                position = self.write_all(handle, chunk, position)
            self.sync(handle)
        finally:
            self.close(handle)

    def write_all(self, handle: int, data: bytes, position: int) -> int:
        """Write everything, in several steps if need be; where it ends."""
        view = memoryview(data)
        while view:
            taken = self.write(handle, bytes(view), position)
            if taken <= 0:
                raise OSError(5, "the disk took nothing")
            position += taken
            view = view[taken:]
        return position
