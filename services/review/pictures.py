"""Pictures in folders: which there are, what they are called, what can have become of one."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

Status = Literal["changed", "new", "removed", "unchanged"]
STATUSES: tuple[Status, ...] = get_args(Status)
Part = Literal["before", "after", "marks"]
PARTS: tuple[Part, ...] = get_args(Part)


def files(folder: Path) -> Iterator[str]:
    """The pictures in a folder and below, without those of failures."""
    for path in folder.rglob("*.png"):
        if not path.name.endswith(".failed.png"):
            yield path.relative_to(folder).as_posix()


def read(path: Path) -> bytes:
    """What is in a file; nothing if there is none."""
    return path.read_bytes() if path.is_file() else b""


def name_of(content: bytes) -> str:
    """What a picture with these bytes is called where it is shown."""
    return "p" + hashlib.sha256(content).hexdigest()[:24]
