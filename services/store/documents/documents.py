"""Small documents beside assets: read by key, written whole under a condition."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from services.errors import StoreUnavailable
from services.store.assets.items import operation_of, plain_values
from services.store.assets.writer import ConditionFailed, ItemWriter, if_new, if_version
from services.store.attributes import Item, serialized
from services.store.gateway import Gateway
from services.store.parsing import tell_once
from services.store.table import key_of

_OURS = ("version", "operation")
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Document:
    """A document and its place in the table."""

    pk: str
    sk: str
    body: Mapping[str, Any] = field(default_factory=dict)
    """Its attributes: texts, numbers (int, Decimal), booleans, lists and maps of them."""
    version: int = 0
    """Rises by one with each change; 0 before it is written for the first time."""
    operation: str = ""
    """The id of the change that made it what it is."""

    @property
    def key(self) -> Item:
        """Its key as DynamoDB JSON."""
        return {"PK": {"S": self.pk}, "SK": {"S": self.sk}}


class StaleDocument(Exception):  # noqa: N818 - says what the caller's knowledge is
    """The document is no longer what the writer thought."""

    def __init__(self, current: Document | None) -> None:
        super().__init__("The document has another version.")
        self.current = current


class DocumentRepository:
    """The documents of one table."""

    def __init__(self, gateway: Gateway, table: str) -> None:
        self._writer = ItemWriter(gateway, table)

    def get(self, pk: str, sk: str) -> Document | None:
        """The document there; None if there is none. Raises StoreUnavailable."""
        item = self._writer.get(Document(pk, sk).key)
        return document_of(item) if item else None

    def put(self, document: Document, *, operation: str | None = None) -> Document:
        """Write it as the next version of what was read; returns it as it is now.

        `operation` names the change: who repeats it with the same name makes it once. Raises
        StaleDocument with what is there instead, StoreUnavailable.
        """
        after = replace(document, version=document.version + 1, operation=operation or str(uuid4()))
        condition = if_version(document.version) if document.version else if_new()
        try:
            return document_of(self._writer.put(item_of(after), condition))
        except ConditionFailed as error:
            raise StaleDocument(document_of(error.current) if error.current else None) from error

    def remove(self, document: Document) -> None:
        """Delete what was read, unless it has changed. Raises StaleDocument, StoreUnavailable."""
        try:
            self._writer.remove(document.key, if_version(document.version))
        except ConditionFailed as error:
            raise StaleDocument(document_of(error.current) if error.current else None) from error

    def change(
        self, pk: str, sk: str, step: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    ) -> Document:
        """Apply a step to whatever is there, once, whoever else changes it at the same time.

        A document that does not exist has an empty body. Raises StoreUnavailable.
        """
        operation = str(uuid4())
        for _ in range(_TRIES):
            there = self.get(pk, sk) or Document(pk, sk)
            try:
                return self.put(replace(there, body=step(there.body)), operation=operation)
            except StaleDocument:
                continue
        raise StoreUnavailable("Too many people are changing this at the same time.")


_TRIES = 50


def document_of(item: Item) -> Document:
    """The document that an item holds, whoever wrote it."""
    body = {name: value for name, value in plain_values(item).items() if name not in _OURS}
    version = str(item.get("version", {}).get("N", "0"))
    whole = int(version) if version.isdecimal() else 0
    return Document(item["PK"]["S"], item["SK"]["S"], body, whole, operation_of(item))


def all_readable(items: Iterable[Item], read: Callable[[Document], Thing]) -> list[Thing]:
    """What `read` makes of the documents in these items, but for those that it cannot read.

    What is left out, because somebody else wrote it, is logged once.
    """
    found = (one_readable(item, read) for item in items)
    return [thing for thing in found if thing is not None]


def one_readable(item: Item, read: Callable[[Document], Thing]) -> Thing | None:
    """What `read` makes of the document in this item; None if it cannot read it."""
    try:
        return read(document_of(item))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        tell_once(f"document {key_of(item)[:200]} cannot be read, left out: {error!r}"[:400])
        return None


def moment_of(text: str) -> datetime:
    """The moment that a document tells in ISO 8601. Raises ValueError for one without a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment


def item_of(document: Document) -> Item:
    """The item that holds a document. Raises InvalidAsset for what DynamoDB does not hold."""
    body = {name: value for name, value in document.body.items() if value is not None}
    body |= {"version": document.version, "operation": document.operation}
    return {**{name: serialized(name, value) for name, value in body.items()}, **document.key}
