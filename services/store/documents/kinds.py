"""Keys of documents that belong to a session, and how they are read."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import ValidationError

from services.model.base import Fields
from services.model.record import Record
from services.store.documents.documents import Document
from services.store.table import SESSION_PREFIX

Kept = TypeVar("Kept", bound=Fields)


def of_session(code: str) -> str:
    """The partition key of everything that belongs to a session."""
    return f"{SESSION_PREFIX}{code}"


def as_document(record: Record, code: str, sk: str) -> Document:
    """The document that keeps a record of a session; its version is the document's own."""
    body = record.plain()
    del body["version"]
    return Document(of_session(code), sk, body)


def reading(model: type[Kept]) -> Callable[[Document], Kept | None]:
    """Reads such documents; None for what somebody else has written there."""

    def read(document: Document) -> Kept | None:
        version = {"version": document.version} if issubclass(model, Record) else {}
        try:
            return model.model_validate({**document.body, **version})
        except ValidationError:
            return None

    return read
