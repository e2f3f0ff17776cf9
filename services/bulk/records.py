"""Records of bulk changes that are not finished, for a restart."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, PlainSerializer

from services.jobs.one_by_one import Versions
from services.jobs.record import JobRecord, JobRecords
from services.store.documents.documents import Document

Done = Literal["edited", "binned", "restored", "taken back", "erased"]

_PART = 3_000
"""Assets in one document, which takes some 200 of its 400 KB."""


def _values(told: Any) -> Any:
    return json.loads(told) if isinstance(told, str) else told


class BulkRecord(JobRecord):
    """A change to many assets that was begun."""

    kind: ClassVar[str] = "BULK"

    what: Done
    values: Annotated[
        Mapping[str, Any],
        BeforeValidator(_values),
        PlainSerializer(lambda values: json.dumps(dict(values))),
    ] = {}
    """Of an edit: what the fields become, by their names, as JSON has it."""
    parts: int = 0
    """In how many documents the assets stand that it is about."""


class BulkRecords(JobRecords[BulkRecord]):
    """The changes to many assets that are not through, in the table."""

    def keep_whole(self, record: BulkRecord, chosen: Versions) -> None:
        """Write down what it is about, before it begins. Raises StoreUnavailable."""
        parts = list(_parts(chosen))
        for number, part in enumerate(parts):
            self.write(_part(record, number, {"chosen": json.dumps(part)}))
        # Last: only with it is the record whole.
        self.keep(record.but(parts=len(parts)))

    def forget(self, record: BulkRecord) -> None:
        """Keep it no longer. Raises StoreUnavailable."""
        kept = self.get(record.name)
        if kept is not None:
            super().forget(kept)
            for number in range(kept.parts):
                self.remove(_part(kept, number))

    def chosen(self, record: BulkRecord) -> Versions:
        """The assets that it is about, as they were chosen. Raises StoreUnavailable."""
        versions: dict[str, int] = {}
        for number in range(record.parts):
            part = self.read(_part(record, number))
            versions |= json.loads(part.body["chosen"]) if part else {}
        return versions


def _part(record: BulkRecord, number: int, body: Mapping[str, Any] | None = None) -> Document:
    return Document(record.document.pk, f"PART#{number}", body or {})


def _parts(chosen: Versions) -> Iterator[dict[str, int]]:
    left = iter(chosen.items())
    return iter(lambda: dict(islice(left, _PART)), {})
