"""A replacement of all assets, as the table tells of it to everybody."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, get_args

from services.store.assets.replacing import PK, RUNNING, State
from services.store.documents.documents import Document, moment_of
from services.store.table import META


@dataclass(frozen=True)
class Replacement:
    """One state of the basket in the place of another."""

    to: str
    """The scenario or checkpoint that was loaded."""
    before: str
    """The checkpoint that holds what was there."""
    by: str
    at: datetime
    state: State = RUNNING

    @property
    def document(self) -> Document:
        """Where it is kept."""
        return Document(PK, META, {**asdict(self), "at": self.at.isoformat()})

    @classmethod
    def of(cls, document: Document) -> "Replacement":
        """The replacement that a document tells of."""
        body: dict[str, Any] = dict(document.body)
        if body["state"] not in get_args(State):
            raise ValueError(f"{body['state']} is no state of a replacement")
        texts = {name: str(body[name]) for name in ("to", "before", "by")}
        return cls(**texts, at=moment_of(body["at"]), state=body["state"])

    def but(self, **changes: Any) -> "Replacement":
        """The same after something has changed."""
        return replace(self, **changes)
