"""Documents of one kind: read from memory, written once, seen at once."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from services.store.attributes import Item
from services.store.documents.documents import (
    Document,
    DocumentRepository,
    StaleDocument,
    item_of,
    one_readable,
)
from services.store.read_model.catalogue import Catalogue
from services.store.table import SESSION_PREFIX, key_of

Thing = TypeVar("Thing")
Step = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class _NothingToDo(Exception):  # noqa: N818 - says what it is
    """A step leaves everything as it is."""


class DocumentCollection(Generic[Thing]):
    """The documents of all sessions whose sort keys begin with one prefix."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        kind: str,
        read: Callable[[Document], Thing | None],
    ) -> None:
        self._documents = documents
        self._catalogue = catalogue
        self._kind = kind
        self._reading = read
        self._known: tuple[int, tuple[Thing, ...]] = (-1, ())
        self._parsed: dict[str, tuple[Item, Thing | None]] = {}

    def all(self) -> tuple[Thing, ...]:
        """All that can be read, in the order of their keys; the same tuple until there is news.

        Raises StoreUnavailable if the store has never answered.
        """
        self._catalogue.refresh()
        talk = self._catalogue.freshness.talk
        if self._known[0] != talk:
            self._known = (talk, self._read())
        return self._known[1]

    def put(self, document: Document, operation: str) -> None:
        """Write a document as the next version of what was read.

        Raises StaleDocument, StoreUnavailable.
        """
        self._take(lambda: self._documents.put(document, operation=operation))

    def put_own(self, document: Document, operation: str, *, person: str) -> None:
        """Write somebody's new document; what they have written there before stays as it is.

        Raises StaleDocument if it is another person's, StoreUnavailable.
        """
        try:
            self.put(document, operation)
        except StaleDocument as error:
            if error.current is None or error.current.body.get("person") != person:
                raise

    def change(self, pk: str, sk: str, step: Step) -> None:
        """Apply a step to whatever is there, once; a step that changes nothing writes nothing.

        Raises StoreUnavailable, and what `step` raises.
        """

        def stepped(body: Mapping[str, Any]) -> Mapping[str, Any]:
            after = step(body)
            if after == body:
                raise _NothingToDo
            return after

        try:
            self._take(lambda: self._documents.change(pk, sk, stepped))
        except _NothingToDo:
            return

    def _take(self, write: Callable[[], Document]) -> None:
        generation = self._catalogue.generation
        self._catalogue.took(item_of(write()), generation)

    def _read(self) -> tuple[Thing, ...]:
        before, parsed = self._parsed, {}
        for item in self._catalogue.others(SESSION_PREFIX):
            if item["SK"]["S"].startswith(self._kind):
                key = key_of(item)
                known = before.get(key)
                # What has not changed is the very same item: a comment must not cost the reading
                # of a thousand others.
                same = known is not None and known[0] is item
                parsed[key] = known if same and known else (item, one_readable(item, self._reading))
        self._parsed = parsed
        return tuple(thing for _, thing in parsed.values() if thing is not None)
