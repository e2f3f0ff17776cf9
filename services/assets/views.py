"""Saved views: what to look at, by name, for everybody."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.errors import InvalidName, NameTaken, ViewNotFound
from services.model.record import now
from services.names import LONGEST_NAME as LONGEST_NAME
from services.names import tidy
from services.store.documents.documents import (
    Document,
    DocumentRepository,
    StaleDocument,
    document_of,
    item_of,
)
from services.store.read_model.catalogue import Catalogue
from services.store.table import key_of

PK = "VIEWS"
LONGEST_ADDRESS = 4000
_TRIES = 5


@dataclass(frozen=True)
class View:
    """A way to look at the basket."""

    name: str
    address: str
    """The parameters of the page's address: tag=ISA&sort=name."""


class ViewService:
    """The views that somebody gave a name, the same for everybody."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._documents = documents
        self._catalogue = catalogue
        self._clock = clock
        self._known: tuple[int, tuple[View, ...]] = (-1, ())

    def all(self) -> tuple[View, ...]:
        """The views in the order of their names. Raises StoreUnavailable."""
        revision = self._catalogue.freshness.revision
        if self._known[0] != revision:
            self._known = (revision, self._read())
        return self._known[1]

    def save(self, name: str, address: str, *, by: str, replacing: bool = False) -> None:
        """Give what is looked at a name.

        Raises NameTaken unless told to replace that one, InvalidName, StoreUnavailable.
        """
        name, body = self._entered(name, address, by)
        if replacing:
            self._take(lambda: self._documents.change(PK, slug(name), lambda _: body))
        else:
            self._add(name, body)

    def rename(self, name: str, to: str, *, by: str) -> None:
        """Give a view another name.

        Raises ViewNotFound, NameTaken, InvalidName, StoreUnavailable.
        """
        there = self._documents.get(PK, slug(name))
        if there is None:
            raise ViewNotFound(name)
        to, body = self._entered(to, str(there.body.get("address", "")), by)
        if slug(to) == slug(name):
            self._take(lambda: self._documents.change(PK, slug(to), lambda _: body))
            return
        self._add(to, body)
        self.remove(name)

    def remove(self, name: str) -> None:
        """Forget a view, for everybody; one that is gone already is no error.

        Raises StoreUnavailable.
        """
        for _ in range(_TRIES):
            there = self._documents.get(PK, slug(name))
            if there is None:
                return
            generation = self._catalogue.generation
            try:
                self._documents.remove(there)
            except StaleDocument:
                continue
            self._catalogue.dropped(key_of(there.key), generation)
            return

    def _read(self) -> tuple[View, ...]:
        documents = (document_of(item) for item in self._catalogue.others(f"{PK}|"))
        views = (View(_text(d, "name"), _text(d, "address")) for d in documents)
        return tuple(
            sorted((view for view in views if view.name), key=lambda view: view.name.casefold())
        )

    def _entered(self, name: str, address: str, by: str) -> tuple[str, Mapping[str, Any]]:
        name = tidy(name)
        if not name or len(name) > LONGEST_NAME:
            raise InvalidName(f"A view's name has 1 to {LONGEST_NAME} characters.")
        if len(address) > LONGEST_ADDRESS:
            raise InvalidName("This view asks for too much to be saved. Use fewer filters.")
        at = self._clock().isoformat()
        return name, {"name": name, "address": address, "by": by, "at": at}

    def _add(self, name: str, body: Mapping[str, Any]) -> None:
        try:
            self._take(lambda: self._documents.put(Document(PK, slug(name), body)))
        except StaleDocument as error:
            raise NameTaken(name) from error

    def _take(self, write: Callable[[], Document]) -> None:
        """Write, and show it here at once."""
        generation = self._catalogue.generation
        self._catalogue.took(item_of(write()), generation)


def slug(name: str) -> str:
    """What a view is known by: names that look alike are one."""
    return " ".join(unicodedata.normalize("NFKC", tidy(name)).casefold().split())[:_LONGEST_KEY]


_LONGEST_KEY = 250
"""DynamoDB's limit is 1,024 bytes, and a character takes up to four."""


def _text(document: Document, name: str) -> str:
    value = document.body.get(name)
    return value if isinstance(value, str) else ""
