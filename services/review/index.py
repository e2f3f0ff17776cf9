"""The pictures that the app shows for review: compared beside it, told as far as they are."""

import base64
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from services.review.pictures import PARTS, STATUSES, Status, files, name_of

Row = Mapping[str, Any]
"""What the gallery is told of a picture."""
Tell = Callable[[Path, Path], Generator[Mapping[str, Any], None, None]]
Stamp = tuple[tuple[str, int, int], ...]
"""Every picture with its time and its size: as long as it is the same, nothing has changed."""


@dataclass
class Compared:
    """What is known of two folders as they were at one moment."""

    stamp: Stamp
    total: int = 0
    rows: list[Row] = field(default_factory=list)
    marks: dict[str, bytes] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    """What cannot be read, in sentences."""
    is_done: bool = False

    def note(self, told: Mapping[str, Any]) -> None:
        """Take in what was found next."""
        self.total = told.get("total", self.total)
        if row := told.get("row"):
            if marks := base64.b64decode(told["marks"]):
                self.marks[name_of(marks)] = marks
            self.rows.append(row)
        if broken := told.get("broken"):
            self.broken.append(broken)

    @property
    def is_empty(self) -> bool:
        """Whether there are no pictures."""
        return not self.stamp

    @property
    def in_order(self) -> list[Row]:
        """What differs first."""
        return sorted(self.rows, key=lambda row: STATUSES.index(row["status"]))

    @property
    def counts(self) -> dict[Status, int]:
        """How many there are of each kind."""
        counted = Counter(row["status"] for row in self.rows)
        return {status: counted[status] for status in STATUSES}


class PictureIndex:
    """The pictures before and now; nothing is done until somebody looks."""

    def __init__(self, before: Path, after: Path, tell: Tell) -> None:
        """`tell`: compares two folders, and tells what it finds."""
        self.before = before
        self.after = after
        self._tell = tell
        self._lock = threading.Lock()
        self._compared: Compared | None = None

    def look(self) -> Compared:
        """What is known by now; compares anew if the pictures are no longer the same."""
        stamp = tuple(sorted(_stamps(self.before, self.after)))
        with self._lock:
            if self._compared is None or self._compared.stamp != stamp:
                self._compared = Compared(stamp)
                if stamp:
                    self._begin(self._compared)
                else:
                    self._compared.is_done = True
            return self._compared

    def picture(self, name: str) -> bytes | None:
        """The picture of that name, if it is one of those that are shown and still the same."""
        compared = self._compared
        if compared is None:
            return None
        if name in compared.marks:
            return compared.marks[name]
        for row in list(compared.rows):
            for part in PARTS:
                if row["pictures"].get(part, [""])[0] == name:
                    return self._read(row["file"], part, name)
        return None

    def close(self) -> None:
        """Stop comparing."""
        with self._lock:
            self._compared = None

    def _read(self, file: str, part: str, name: str) -> bytes | None:
        folder = self.before if part == "before" or not (self.after / file).exists() else self.after
        try:
            content = (folder / file).read_bytes()
        except OSError:
            return None
        return content if name_of(content) == name else None

    def _begin(self, compared: Compared) -> None:
        threading.Thread(target=self._listen, args=(compared,), daemon=True).start()

    def _listen(self, compared: Compared) -> None:
        """Note what is told until that is all, or until other pictures are looked at."""
        with closing(self._tell(self.before, self.after)) as telling:
            for told in telling:
                if self._compared is not compared:
                    return
                compared.note(told)
        if len(compared.rows) + len(compared.broken) < compared.total or not compared.total:
            compared.broken.append("Not all pictures were compared. Take them anew, or look again.")
        compared.is_done = True


def _stamps(*folders: Path) -> Iterator[tuple[str, int, int]]:
    for folder in folders:
        for file in files(folder):
            try:
                known = (folder / file).stat()
            except OSError:
                continue
            yield str(folder / file), known.st_mtime_ns, known.st_size
