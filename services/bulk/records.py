"""Records of bulk changes that are not finished, for a restart."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from services.bulk.job import Done, Job, Versions
from services.model.record import now
from services.store.documents.documents import (
    Document,
    DocumentRepository,
    StaleDocument,
    document_of,
    item_of,
)
from services.store.read_model.catalogue import Catalogue
from services.store.table import META

_PREFIX = "BULK#"
_PART = 3_000
"""Assets in one document, which takes some 200 of its 400 KB."""


@dataclass(frozen=True)
class BulkRecord:
    """A change to many assets that was begun."""

    name: str
    what: Done
    by: str
    at: datetime
    values: Mapping[str, Any]
    parts: int
    """In how many documents the assets stand that it is about."""

    @classmethod
    def of(cls, document: Document) -> "BulkRecord":
        """The change that a document tells of."""
        body: dict[str, Any] = dict(document.body)
        return cls(
            name=document.pk.removeprefix(_PREFIX),
            what=body["what"],
            by=str(body["by"]),
            at=datetime.fromisoformat(body["at"]),
            values=json.loads(body["values"]),
            parts=int(body["parts"]),
        )


class BulkRecords:
    """The changes to many assets that are not through, in the table."""

    def __init__(self, documents: DocumentRepository, catalogue: Catalogue) -> None:
        self._documents = documents
        self._catalogue = catalogue

    def keep(self, job: Job) -> None:
        """Write down what a job is about, before it begins. Raises StoreUnavailable."""
        parts = list(_parts(job.chosen))
        for number, part in enumerate(parts):
            self._write(job.name, f"PART#{number}", {"chosen": json.dumps(part)})
        told = {"what": job.what, "by": job.by, "at": now().isoformat(), "parts": len(parts)}
        # Last: only with it is the record whole.
        self._write(job.name, META, {**told, "values": json.dumps(dict(job.values))})

    def forget(self, name: str) -> None:
        """Keep it no longer. Raises StoreUnavailable."""
        record = self._documents.get(f"{_PREFIX}{name}", META)
        if record is None:
            return
        keys = [META, *(f"PART#{number}" for number in range(BulkRecord.of(record).parts))]
        for key in keys:
            there = self._documents.get(f"{_PREFIX}{name}", key)
            if there is not None:
                generation = self._catalogue.generation
                with suppress(StaleDocument):
                    self._documents.remove(there)
                self._catalogue.dropped(f"{there.pk}|{there.sk}", generation)

    def all(self) -> list[BulkRecord]:
        """What was begun and is not through, whoever does it. Raises StoreUnavailable."""
        found = [document_of(item) for item in self._catalogue.others(_PREFIX)]
        return [BulkRecord.of(document) for document in found if document.sk == META]

    def chosen(self, record: BulkRecord) -> Versions:
        """The assets that it is about, as they were chosen. Raises StoreUnavailable."""
        versions: dict[str, int] = {}
        for number in range(record.parts):
            part = self._documents.get(f"{_PREFIX}{record.name}", f"PART#{number}")
            versions |= json.loads(part.body["chosen"]) if part else {}
        return versions

    def _write(self, name: str, key: str, body: Mapping[str, Any]) -> None:
        generation = self._catalogue.generation
        kept = self._documents.change(f"{_PREFIX}{name}", key, lambda _: body)
        self._catalogue.took(item_of(kept), generation)


def _parts(chosen: Versions) -> Iterator[dict[str, int]]:
    left = iter(chosen.items())
    return iter(lambda: dict(islice(left, _PART)), {})
