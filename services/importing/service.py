"""Bringing assets in from files."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from services.assets.service import AssetService
from services.errors import StoreUnavailable
from services.files.sheet import Sheet
from services.importing.basket import known_by
from services.importing.executor import ImportExecutor
from services.importing.matching import IDENTIFIER, Choices, has_identifiers, match
from services.importing.plan import Plan, Step, make_plan
from services.importing.record import Import, Steps
from services.jobs.job import Job, Work
from services.jobs.job import Step as JobStep
from services.jobs.record import JobRecords, State
from services.jobs.runner import PAUSES, JobRunner
from services.model.current import current
from services.model.record import now
from services.store.assets.batch import BatchWriter
from services.store.documents.documents import DocumentRepository
from services.store.read_model.catalogue import Catalogue

_REMEMBERED = "IMPORT-CHOICES"


class ImportService:
    """Imports: what one would do, doing it, going on with it, taking it back."""

    def __init__(
        self,
        assets: AssetService,
        catalogue: Catalogue,
        documents: DocumentRepository,
        batch: BatchWriter,
        folder: Path,
        clock: Callable[[], datetime] = now,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._assets = assets
        self._catalogue = catalogue
        self._documents = documents
        self._batch = batch
        self._steps = Steps(folder)
        self._clock = clock
        self._records = JobRecords(Import, documents, catalogue)
        self._jobs = JobRunner(self._records, catalogue, pauses)

    def suggest(self, sheet: Sheet) -> Choices:
        """How a file with such columns was understood before, else how its headings read.

        Raises StoreUnavailable.
        """
        specs = current().fields
        columns = match(sheet.columns, specs)
        kept = self._documents.get(_REMEMBERED, _digest(sheet))
        remembered = kept.body.get("columns") if kept is not None else None
        if kept is not None and isinstance(remembered, dict):
            names = {spec.name for spec in specs}
            before = {n: str(c) for n, c in remembered.items() if n in names}
            return Choices(columns=before, key=str(kept.body.get("key", "")))
        if heading := has_identifiers(sheet.columns):
            return Choices({**columns, IDENTIFIER: heading}, key=IDENTIFIER)
        return Choices(columns)

    def preview(self, sheet: Sheet, choices: Choices, name: str) -> Plan:
        """What the import would do; nothing is written. Raises StoreUnavailable."""
        known = known_by(self._catalogue.read(), choices.key)
        return make_plan(sheet, choices, known, name)

    def start(self, plan: Plan, sheet: Sheet, *, name: str, title: str, by: str) -> Job[Import]:
        """Do what the plan says, in the background; starting it twice does it once.

        Raises StoreUnavailable.
        """
        if known := self._jobs.find(name):
            return known
        self._remember(sheet, plan.choices)
        steps = plan.to_do
        # Never a whole second: the moment by which the new assets are found has all its digits.
        moment = self._clock()
        moment = moment.replace(microsecond=moment.microsecond or 1)
        record = Import(name=name, title=title, by=by, at=moment, total=len(steps))
        self._steps.keep(name, steps)
        self._records.keep(record)
        # An identifier of the file's own may be somebody else's by now.
        again = plan.choices.key == IDENTIFIER
        return self._jobs.begin(record, partial(self._doing, again=again))

    def resume(self, name: str) -> Job[Import]:
        """Go on with an import that was interrupted or cancelled. Raises StoreUnavailable."""
        return self._begin_again(name, "running", partial(self._doing, again=True))

    def undo(self, name: str) -> Job[Import]:
        """Take an import back as a whole. Raises StoreUnavailable."""
        return self._begin_again(name, "undoing", self._undoing)

    def job(self, name: str) -> Job[Import] | None:
        """The import as it is on its way in this process; None if it is not."""
        job = self._jobs.find(name)
        return job if job is not None and (job.is_running or job.problem) else None

    def close(self) -> None:
        """Have what is on its way stop soon; it can be gone on with."""
        self._jobs.close()

    def past(self) -> list[Import]:
        """All imports, the last one first. Raises StoreUnavailable."""
        return self._records.all()

    def can_be_undone(self, about: Import) -> bool:
        """Whether what it did is still known."""
        return about.state != "undone" and self._steps.has(about.name)

    def _begin_again(self, name: str, state: State, work: Work[Import]) -> Job[Import]:
        job = self._jobs.find(name)
        if job is not None and job.is_running:
            return job
        record = self._there(name).but(state=state)
        self._records.keep(record)
        return self._jobs.begin(record, work, again=True)

    def _doing(self, job: Job[Import], *, again: bool) -> Generator[JobStep]:
        return self._executor(job).do(self._steps_of(job), again=again)

    def _undoing(self, job: Job[Import]) -> Generator[JobStep]:
        return self._executor(job).undo(self._steps_of(job))

    def _executor(self, job: Job[Import]) -> ImportExecutor:
        return ImportExecutor(job, self._assets, self._batch, self._catalogue)

    def _steps_of(self, job: Job[Import]) -> Callable[[], Iterator[Step]]:
        """The steps of an import, read anew each time: as objects they would fill the memory."""
        return partial(self._steps.of, job.record.name)

    def _there(self, name: str) -> Import:
        record = self._records.get(name)
        if record is None:
            raise StoreUnavailable("Nothing is known of this import any more.")
        return record

    def _remember(self, sheet: Sheet, choices: Choices) -> None:
        body = {"columns": dict(choices.columns), "key": choices.key}
        self._documents.change(_REMEMBERED, _digest(sheet), lambda _: body)


def new_name() -> str:
    """A name for an import that is about to be prepared."""
    return str(uuid4())


def _digest(sheet: Sheet) -> str:
    return hashlib.sha256("\n".join(sheet.columns).encode("utf-8", "replace")).hexdigest()[:32]
