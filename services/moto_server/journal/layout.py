"""How the files of the journal are called, and which of them count.

``tail-N.log`` holds records; ``snapshot-N`` replaces everything before ``tail-N``. A snapshot
gets its name only when it is complete, so the newest one and the tails from its number on are
the whole truth, whenever the process was killed.
"""

import re
from dataclasses import dataclass
from pathlib import Path

_TAIL = re.compile(r"tail-(\d{8})\.log")
_SNAPSHOT = re.compile(r"snapshot-(\d{8})")


@dataclass(frozen=True)
class Layout:
    """The journal's folder as it is now."""

    folder: Path

    def tail(self, number: int) -> Path:
        """The file of a tail."""
        return self.folder / f"tail-{number:08}.log"

    def snapshot(self, number: int) -> Path:
        """The folder of a complete snapshot."""
        return self.folder / f"snapshot-{number:08}"

    def draft(self, number: int) -> Path:
        """The folder of a snapshot that is being written."""
        return self.folder / f"snapshot-{number:08}.new"

    @property
    def damaged(self) -> Path:
        """Where damaged files are kept once a snapshot has replaced them."""
        return self.folder / "damaged"

    def newest_snapshot(self) -> int:
        """The number of the snapshot that counts, 0 if there is none."""
        return max(self._numbers(_SNAPSHOT), default=0)

    def tails(self) -> list[int]:
        """The numbers of the tails that count, oldest first."""
        newest = self.newest_snapshot()
        return sorted(number for number in self._numbers(_TAIL) if number >= newest)

    def outdated(self) -> list[Path]:
        """What a newer snapshot has replaced, and drafts that a crash left behind."""
        newest = self.newest_snapshot()
        return [path for path in self._paths() if self._is_outdated(path.name, newest)]

    def _is_outdated(self, name: str, newest: int) -> bool:
        numbered = _TAIL.fullmatch(name) or _SNAPSHOT.fullmatch(name)
        if numbered:
            return int(numbered[1]) < newest
        return name.startswith("snapshot-")

    def _paths(self) -> list[Path]:
        return sorted(self.folder.iterdir()) if self.folder.is_dir() else []

    def _numbers(self, pattern: re.Pattern[str]) -> list[int]:
        matches = (pattern.fullmatch(path.name) for path in self._paths())
        return [int(match[1]) for match in matches if match]
