"""A replacement of all assets, as the table tells of it to everybody."""

from collections.abc import Mapping
from typing import ClassVar

from services.jobs.record import JobRecord, State
from services.store.documents.documents import Document
from services.store.read_model.visibility import PK
from services.store.table import META


class Replacement(JobRecord):
    """One state of the basket in the place of another; the table tells of the last one."""

    kind: ClassVar[str] = PK
    ends: ClassVar[Mapping[State, tuple[State, State]]] = {"running": ("done", "running")}
    """It is finished in any case: readers see all of it or nothing."""

    to: str
    """The scenario or checkpoint that was loaded."""
    before: str = ""
    """The checkpoint that holds what was there."""

    @property
    def document(self) -> Document:
        """Where it is kept."""
        return Document(PK, META, super().document.body)
