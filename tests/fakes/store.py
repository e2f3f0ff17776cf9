"""The store in memory: what `tests/integration/test_store_contract.py` proves to be like the real.

A test can take it away (`away`), and make its stream lose track (`forget`).
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from services.errors import StoreUnavailable
from services.store.assets.batch import BatchWriter
from services.store.assets.items import MAX_ITEM_BYTES, Stored, from_item, to_item
from services.store.assets.overwriting import Changes, Lines, Watch
from services.store.assets.repository import AssetRepository, OptimisticLockError
from services.store.attributes import Item, size
from services.store.documents.documents import (
    Document,
    DocumentRepository,
    StaleDocument,
    document_of,
    item_of,
)
from services.store.read_model.changes import ItemChange, LostTrack
from services.store.table import asset_key, key_of


class MemoryStore:
    """Items by key, and every change that ever happened to them."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.items: dict[str, Item] = {}
        self.changes: list[ItemChange] = []
        self.away = False

    def put(self, item: Item) -> None:
        """Write an item without asking, as the AWS command line does."""
        with self.lock:
            before = self.items.get(key_of(item))
            self.items[key_of(item)] = item
            self.changes.append(ItemChange(key_of(item), item, before))

    def delete(self, key: str) -> None:
        """Delete an item without asking."""
        with self.lock:
            before = self.items.pop(key, None)
            if before is not None:
                self.changes.append(ItemChange(key, None, before))

    def answer(self) -> None:
        """Raise StoreUnavailable while the store is away."""
        if self.away:
            raise StoreUnavailable


class MemoryRepository(AssetRepository):
    """The assets of a memory store, with the real repository's promises."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def get(self, identifier: str) -> Stored | None:
        item = self.item(identifier)
        return from_item(item) if item else None

    def item(self, identifier: str) -> Item | None:
        self._store.answer()
        return self._store.items.get(_key(identifier))

    def replace(self, before: Item, after: Item) -> Item:
        with self._store.lock:
            self._store.answer()
            current = self._store.items.get(key_of(after))
            if current is not None and _content(current) == _content(before):
                self._store.put(after)
                return after
            if current is not None and current.get("operation") == after["operation"]:
                return current
            raise OptimisticLockError(from_item(current) if current else None)

    def put(self, stored: Stored, expected: int | None) -> Stored:
        item = to_item(stored)
        with self._store.lock:
            current = self.get(stored.asset.identifier)
            if _is(current, expected, stored.found):
                self._store.put(item)
                return replace(stored, found=item, read=stored.asset)
            if current is not None and current.operation == stored.operation:
                return current
            raise OptimisticLockError(current)

    def put_back(self, item: Item) -> None:
        self._store.answer()
        if size(item) > MAX_ITEM_BYTES:
            raise StoreUnavailable
        with self._store.lock:
            if key_of(item) not in self._store.items:
                self._store.put(item)

    def remove(self, identifier: str, expected: int) -> None:
        with self._store.lock:
            current = self.get(identifier)
            if current is not None and current.asset.version != expected:
                raise OptimisticLockError(current)
            self._store.delete(_key(identifier))


class MemoryDocuments(DocumentRepository):
    """The documents of a memory store, with the real repository's promises."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def get(self, pk: str, sk: str) -> Document | None:
        self._store.answer()
        item = self._store.items.get(key_of(Document(pk, sk).key))
        return document_of(item) if item else None

    def put(self, document: Document, *, operation: str | None = None) -> Document:
        operation = operation or str(uuid4())
        after = replace(document, version=document.version + 1, operation=operation)
        with self._store.lock:
            current = self.get(document.pk, document.sk)
            if (current.version if current else 0) == document.version:
                self._store.put(item_of(after))
                return document_of(item_of(after))
            if current is not None and current.operation == operation:
                return current
            raise StaleDocument(current)

    def remove(self, document: Document) -> None:
        with self._store.lock:
            current = self.get(document.pk, document.sk)
            if current is not None and current.version != document.version:
                raise StaleDocument(current)
            self._store.delete(key_of(document.key))


class MemoryBatch(BatchWriter):
    """Many items of a memory store at once."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def put(self, items: Iterable[Item]) -> int:
        done = 0
        for item in items:
            self._store.answer()
            self._store.put(item)
            done += 1
        return done

    def delete(self, keys: Iterable[Item]) -> int:
        done = 0
        for key in keys:
            self._store.answer()
            self._store.delete(key_of(key))
            done += 1
        return done

    def watch(self) -> Watch:
        return MemoryWatch(self._store)

    def there(self, keys: Sequence[Item]) -> list[Item]:
        self._store.answer()
        found = (self._store.items.get(key_of(key)) for key in keys)
        return [item for item in found if item is not None]


class MemoryWatch:
    """Tells what was overwritten in a memory store."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._seen = len(store.changes)
        self._changes = Changes()

    def overwritten(self, read: Lines, written: Mapping[str, str | None]) -> dict[str, str]:
        news = self._store.changes[self._seen :]
        self._seen += len(news)
        return self._changes.overwritten(news, read, written)


class MemorySource:
    """The items of a memory store and their changes; counts what it was asked."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._seen = 0
        self._lost = False
        self.loads = 0
        self.asked = 0
        self.tells = False
        """Whether it has a pulse."""

    def forget(self) -> None:
        """Lose track of the changes until the next load."""
        self._lost = True

    def load(self) -> Iterator[Item]:
        self.loads += 1
        self._store.answer()
        with self._store.lock:
            self._seen = len(self._store.changes)
            self._lost = False
            return iter(list(self._store.items.values()))

    def pulse(self) -> bytes | None:
        with self._store.lock:
            return str(len(self._store.changes)).encode() if self.tells else None

    def news(self) -> list[ItemChange]:
        self.asked += 1
        self._store.answer()
        if self._lost:
            raise LostTrack
        with self._store.lock:
            news = self._store.changes[self._seen :]
            self._seen = len(self._store.changes)
            return news


def _key(identifier: str) -> str:
    key = asset_key(identifier)
    return f"{key['PK']['S']}|{key['SK']['S']}"


def _is(current: Stored | None, expected: int | None, found: Item) -> bool:
    """Whether an item is what a writer expects: none at all, or what it has found."""
    if current is None or expected is None:
        return current is None and expected is None
    if not found:
        return current.found_version == ({"N": str(expected)} if expected else None)
    return _content(current.found) == _content(found)


def _content(item: Item) -> Item:
    return {name: value for name, value in item.items() if name != "history"}
