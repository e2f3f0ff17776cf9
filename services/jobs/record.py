"""What the table keeps of a job: one form for all kinds, each with fields of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainSerializer

from services.store.documents.documents import (
    Document,
    DocumentRepository,
    StaleDocument,
    all_readable,
    item_of,
    moment_of,
    one_readable,
)
from services.store.read_model.catalogue import Catalogue
from services.store.table import META

State = Literal["running", "done", "cancelled", "undoing", "undone"]


def _moment(told: Any) -> datetime:
    return told if isinstance(told, datetime) else moment_of(told)


Moment = Annotated[datetime, BeforeValidator(_moment), PlainSerializer(datetime.isoformat)]


class JobRecord(BaseModel):
    """A job that was begun, as everybody can read it and whoever comes after a restart."""

    model_config = ConfigDict(frozen=True)
    kind: ClassVar[str]
    """Begins the keys of such records."""
    ends: ClassVar[Mapping[State, tuple[State, State]]] = {
        "running": ("done", "cancelled"),
        "undoing": ("undone", "undoing"),
    }
    """What a state becomes at the end of a job, and when somebody cancels it."""

    name: str
    """Tells it from every other one: its idempotency key."""
    by: str
    at: Moment
    total: int = 0
    """How many assets it is about."""
    state: State = "running"

    @property
    def can_go_on(self) -> bool:
        """Whether something is left to do that was begun, unless it is on its way."""
        return self.state in ("running", "cancelled")

    @property
    def document(self) -> Document:
        """Where it is kept."""
        body = self.model_dump(mode="json", exclude={"name"})
        return Document(f"{self.kind}#{self.name}", META, body)

    @classmethod
    def of(cls, document: Document) -> Self:
        """The record that a document keeps. Raises ValueError, TypeError for what is none."""
        name = document.pk.removeprefix(f"{cls.kind}#")
        return cls.model_validate({**document.body, "name": name})

    def but(self, **changes: Any) -> Self:
        """The same after something has changed."""
        return self.model_copy(update=changes)


Record = TypeVar("Record", bound=JobRecord)


class JobRecords(Generic[Record]):
    """The records of one kind in the table."""

    def __init__(
        self, kind: type[Record], documents: DocumentRepository, catalogue: Catalogue
    ) -> None:
        self._kind = kind
        self._documents = documents
        self._catalogue = catalogue

    def keep(self, record: Record) -> None:
        """Write it down, and show it at once. Raises StoreUnavailable."""
        self.write(record.document)

    def forget(self, record: Record) -> None:
        """Keep it no longer. Raises StoreUnavailable."""
        self.remove(record.document)

    def all(self) -> list[Record]:
        """Every record, the newest first. Raises StoreUnavailable if the store never answered."""
        items = self._catalogue.others(f"{self._kind.kind}#")
        whole = [item for item in items if item["SK"]["S"] == META]
        found = all_readable(whole, self._kind.of)
        return sorted(found, key=lambda record: record.at, reverse=True)

    def get(self, name: str) -> Record | None:
        """The record of that name, asked of the store. Raises StoreUnavailable."""
        found = self._documents.get(f"{self._kind.kind}#{name}", META)
        return one_readable(item_of(found), self._kind.of) if found else None

    def write(self, document: Document) -> None:
        """Write a document, whatever was there before. Raises StoreUnavailable."""
        generation = self._catalogue.generation
        kept = self._documents.change(document.pk, document.sk, lambda _: document.body)
        self._catalogue.took(item_of(kept), generation)

    def read(self, document: Document) -> Document | None:
        """What is kept at a document's place. Raises StoreUnavailable."""
        return self._documents.get(document.pk, document.sk)

    def remove(self, document: Document) -> None:
        """Delete what is kept at a document's place. Raises StoreUnavailable."""
        there = self.read(document)
        if there is not None:
            generation = self._catalogue.generation
            try:
                self._documents.remove(there)
            except StaleDocument:
                return
            self._catalogue.dropped(f"{there.pk}|{there.sk}", generation)
