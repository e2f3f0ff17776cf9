"""What the command line decides."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """Where to listen and where to keep data; ``data_dir`` None keeps it in memory only.

    ``compact_bytes`` is the size of journal that is worth a snapshot.
    """

    host: str
    port: int
    data_dir: Path | None
    compact_bytes: int
