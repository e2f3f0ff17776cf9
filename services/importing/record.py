"""What is kept of an import: a record in the table, its steps in a file beside the journal."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from services.disk import make_private, written_whole
from services.importing.plan import Step
from services.jobs.record import JobRecord


class Import(JobRecord):
    """An import that was begun."""

    kind: ClassVar[str] = "IMPORT"

    title: str
    """Where its rows came from: the file's name."""
    added: int = 0
    updated: int = 0
    left: tuple[str, ...] = ()
    """What was not done or not undone, each with its reason, in sentences for people."""


class Steps:
    """The steps of imports, on disk until nobody can resume or undo them any more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, name: str, steps: Sequence[Step]) -> None:
        """Write them down, whole or not at all."""
        make_private(self._folder)
        with (
            written_whole(self._file(name)) as draft,
            gzip.open(draft, "wt", encoding="utf-8", compresslevel=1) as lines,
        ):
            for step in steps:
                lines.write(json.dumps(_plain(step), ensure_ascii=False) + "\n")

    def of(self, name: str) -> Iterator[Step]:
        """The steps of an import; none if its file is gone."""
        if not self.has(name):
            return
        with gzip.open(self._file(name), "rt", encoding="utf-8") as lines:
            for line in lines:
                yield Step(**json.loads(line))

    def has(self, name: str) -> bool:
        """Whether its steps are still known."""
        return self._file(name).exists()

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.jsonl.gz"


def _plain(step: Step) -> dict[str, Any]:
    return {
        "line": step.line,
        "action": step.action,
        "identifier": step.identifier,
        "version": step.version,
        "values": dict(step.values),
    }
