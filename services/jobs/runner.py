"""Runs the jobs of one feature: each begun once, found again, stopped with the app."""

import threading
from collections.abc import Iterator, Sequence
from typing import Generic

from services.jobs.job import Job, Progress, Work
from services.jobs.record import JobRecords, Record
from services.model.record import now
from services.store.assets.items import asset_on
from services.store.read_model.catalogue import Catalogue

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for a store that does not answer, before each further try."""
_KEPT = 20
"""Jobs that are remembered after they have ended."""
_GRACE_SECONDS = 2.0
_SILENT_SECONDS = 5.0
"""What has changed nothing for so long, the app must have died over it."""


class JobRunner(Generic[Record]):
    """Jobs go on by themselves, whether or not anybody still looks."""

    def __init__(
        self,
        records: JobRecords[Record],
        catalogue: Catalogue,
        pauses: Sequence[float] = PAUSES,
        *,
        has_history: bool = True,
    ) -> None:
        """`has_history`: whether records stay when their jobs are through."""
        self._records = records
        self._catalogue = catalogue
        self._pauses = pauses
        self._end = records.keep if has_history else records.forget
        self._lock = threading.Lock()
        self._looked = -1
        self._jobs: dict[str, Job[Record]] = {}

    def begin(
        self,
        record: Record,
        work: Work[Record],
        progress: Progress | None = None,
        *,
        again: bool = False,
    ) -> Job[Record]:
        """Begin a job; who begins it again gets the one that was begun.

        `again`: unless it has ended.
        """
        with self._lock:
            known = self._jobs.get(record.name)
            if known is not None and (known.is_running or not again):
                return known
            job = self._make(record, work, progress)
            job.begin()
            ended = [name for name, other in self._jobs.items() if not other.is_running]
            for forgotten in ended[:-_KEPT]:
                del self._jobs[forgotten]
        return job

    def take_over(
        self, record: Record, work: Work[Record], progress: Progress | None = None
    ) -> Job[Record]:
        """The job that the end of an app has cut off; it can be gone on with, or left."""
        with self._lock:
            job = self._make(record, work, progress)
        job.cut_off("The app ended while it was under way.")
        return job

    def find(self, name: str) -> Job[Record] | None:
        """The job of that name, as far as this process remembers it."""
        return self._jobs.get(name)

    def all(self) -> list[Job[Record]]:
        """All jobs that this process remembers, the first one first."""
        with self._lock:
            return list(self._jobs.values())

    def running(self) -> list[Job[Record]]:
        """What goes on just now."""
        return [job for job in self.all() if job.is_running]

    def cut_off(self) -> Iterator[Record]:
        """What an app has begun that is there no more.

        Raises StoreUnavailable if the store has never answered.
        """
        revision = self._catalogue.freshness.revision
        if self._looked == revision:
            return
        silent = True
        for record in self._records.all():
            if record.name in self._jobs or not record.can_go_on:
                continue
            if self._is_silent(record):
                yield record
            else:
                silent = False
        # While another app may be at it, it is looked for again.
        self._looked = revision if silent else -1

    def close(self) -> None:
        """Have every job stop after what it is at; the next start finds it."""
        for job in self.running():
            job.close(_GRACE_SECONDS)

    def _make(self, record: Record, work: Work[Record], progress: Progress | None) -> Job[Record]:
        job = Job(record, work, progress, pauses=self._pauses, end=self._end)
        self._jobs[record.name] = job
        return job

    def _is_silent(self, record: Record) -> bool:
        lines = self._catalogue.read().lines_of_operation(f"{record.name}/")
        last = max((asset_on(line).updated_at for line in lines), default=record.at)
        return (now() - max(last, record.at)).total_seconds() >= _SILENT_SECONDS
