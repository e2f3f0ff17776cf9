"""What is stored is brought to today's model, step by step, when somebody asks for it."""

import threading
from collections.abc import Callable, Generator, Sequence
from datetime import datetime
from functools import partial
from uuid import uuid4

from services.access import Role, check_presenter
from services.errors import BasketError
from services.jobs.job import Job, Progress
from services.jobs.job import Step as JobStep
from services.jobs.one_by_one import Versions, one_by_one
from services.jobs.record import JobRecords
from services.jobs.runner import PAUSES, JobRunner
from services.migration.drift import DriftService, Survey, Tell
from services.migration.executor import Executor
from services.migration.names import FieldNames
from services.migration.preview import Preview, preview_of
from services.migration.records import Migration, Past
from services.migration.steps import Step, TakeBack
from services.model.current import current
from services.model.record import now
from services.store.assets.repository import AssetRepository
from services.store.documents.documents import DocumentRepository
from services.store.read_model.catalogue import Catalogue


class Busy(BasketError):  # noqa: N818 - says what the service is
    """Another step is on its way."""

    def __init__(self) -> None:
        super().__init__("Something is being changed already. Wait until it is through.")


class MigrationService:
    """Steps over all assets that they are about: previewed, done one at a time, taken back."""

    def __init__(
        self,
        repository: AssetRepository,
        catalogue: Catalogue,
        documents: DocumentRepository,
        clock: Callable[[], datetime] = now,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._repository = repository
        self._catalogue = catalogue
        self._clock = clock
        self._names = FieldNames(documents, catalogue)
        self._drifts = DriftService(catalogue, self._names)
        self._lock = threading.Lock()
        self._records = JobRecords(Migration, documents, catalogue)
        self._jobs = JobRunner(self._records, catalogue, pauses)
        self._previewed: tuple[Survey, Step, Preview] | None = None

    @property
    def running(self) -> Past | None:
        """The step on its way, if there is one."""
        return next((Past(job.record, job) for job in self._jobs.running()), None)

    def note_model(self) -> None:
        """Remember the fields of the model in force, lest they be taken for another program's.

        Raises StoreUnavailable.
        """
        self._names.note(current())

    def survey(self, tell: Tell | None = None) -> Survey:
        """How all assets fit the model now. Raises StoreUnavailable if the store never answered."""
        return self._drifts.survey(tell)

    def preview(self, step: Step, tell: Tell | None = None) -> Preview:
        """What the step would do now. Raises StoreUnavailable if the store never answered."""
        survey = self.survey()
        kept = self._previewed
        if kept is not None and kept[0] is survey and kept[1] == step:
            return kept[2]
        preview = preview_of(step, survey, self._clock(), tell)
        self._previewed = (survey, step, preview)
        return preview

    def start(self, step: Step, *, by: str, role: Role) -> Job[Migration]:
        """Begin to do the step to every asset that it is about.

        Raises NotAllowed, Busy if another one is on its way, StoreUnavailable.
        """
        check_presenter(role)
        name = str(uuid4())
        return self._begin(Migration(name=name, step=step, by=by, at=self._clock()))

    def go_on(self, begun: Migration, *, role: Role) -> Job[Migration]:
        """Go on with a step that was stopped or cut off. Raises NotAllowed, Busy, …"""
        check_presenter(role)
        return self._begin(begun)

    def past(self, limit: int) -> list[Past]:
        """The last steps, newest first. Raises StoreUnavailable if the store never answered."""
        kept = self._records.all()
        steps = {record.name: record.step for record in kept}
        columns = self._catalogue.read()
        return [
            Past(
                record,
                job=self._jobs.find(record.name),
                standing=len(columns.lines_of_operation(f"{record.name}/")),
                undone=steps.get(record.step.job) if isinstance(record.step, TakeBack) else None,
            )
            for record in kept[:limit]
        ]

    def close(self) -> None:
        """Have what is on its way stop after the asset that it is at; the next start finds it."""
        self._jobs.close()

    def _begin(self, record: Migration) -> Job[Migration]:
        with self._lock:
            if self._jobs.running():
                raise Busy
            # What is done already is not among them: who goes on does what is left.
            chosen = self.preview(record.step).versions
            record = record.but(state="running", total=record.total or len(chosen))
            self._records.keep(record)
            work = partial(self._steps, chosen=chosen)
            return self._jobs.begin(record, work, Progress(len(chosen)), again=True)

    def _steps(self, job: Job[Migration], chosen: Versions) -> Generator[JobStep]:
        record = job.record
        doer = Executor(record.step, job.model, self._repository, self._catalogue, self._clock)

        def change(identifier: str, version: int) -> int | None:
            after = doer.do(identifier, version=version, by=record.by, draft=record.name).version
            return after if after != version else None

        with self._catalogue.many_writes():
            yield from one_by_one(job.progress, chosen, change, doer.get)
