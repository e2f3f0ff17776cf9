"""What is stored is brought to today's model, step by step, when somebody asks for it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from services.access import Role, check_presenter
from services.bulk.job import Job
from services.errors import BasketError
from services.migration.drift import DriftService, Survey, Tell
from services.migration.executor import Executor
from services.migration.names import FieldNames
from services.migration.preview import Preview, preview_of
from services.migration.records import PREFIX, Past, past_of, record_of
from services.migration.steps import Step, TakeBack
from services.model.current import current
from services.model.record import now
from services.store.assets.repository import AssetRepository
from services.store.documents.documents import DocumentRepository, all_readable, item_of
from services.store.read_model.catalogue import Catalogue

_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for a store that does not answer, before each further try."""
_GRACE_SECONDS = 2.0


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
        pauses: Sequence[float] = _PAUSES,
    ) -> None:
        self._repository = repository
        self._catalogue = catalogue
        self._documents = documents
        self._clock = clock
        self._pauses = pauses
        self._names = FieldNames(documents, catalogue)
        self._drifts = DriftService(catalogue, self._names)
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._last: Past | None = None
        self._previewed: tuple[Survey, Step, Preview] | None = None

    @property
    def running(self) -> Past | None:
        """The step on its way, if there is one."""
        last = self._last
        return last if last is not None and last.job is not None and last.job.is_running else None

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

    def start(self, step: Step, *, by: str, role: Role) -> Past:
        """Begin to do the step to every asset that it is about.

        Raises NotAllowed, Busy if another one is on its way, StoreUnavailable.
        """
        check_presenter(role)
        with self._lock:
            if self.running:
                raise Busy
            begun = Past(str(uuid4()), step, by, self._clock())
            job = self._job(begun, self.preview(step))
            self._keep(begun)
            self._jobs[begun.name] = job
            self._last = replace(begun, job=job)
            job.begin()
            return self._last

    def past(self, limit: int) -> list[Past]:
        """The last steps, newest first. Raises StoreUnavailable if the store never answered."""
        kept = all_readable(self._catalogue.others(PREFIX), past_of)
        steps = {past.name: past.step for past in kept}
        columns = self._catalogue.read()
        newest = sorted(kept, key=lambda past: past.at, reverse=True)[:limit]
        return [
            replace(
                past,
                standing=len(columns.lines_of_operation(f"{past.name}/")),
                job=self._jobs.get(past.name),
                undone=steps.get(past.step.job) if isinstance(past.step, TakeBack) else None,
            )
            for past in newest
        ]

    def close(self) -> None:
        """Have what is on its way stop after the asset that it is at."""
        for job in self._jobs.values():
            job.cancel()
            if job.is_running:
                job.join(_GRACE_SECONDS)

    def _job(self, begun: Past, preview: Preview) -> Job:
        model = self.survey().columns.model
        doer = Executor(begun.step, model, self._repository, self._catalogue, self._clock)
        return Job(
            name=begun.name,
            what="migrated",
            by=begun.by,
            chosen=preview.versions,
            step=doer.do,
            get=doer.get,
            around=self._catalogue.many_writes,
            pauses=self._pauses,
            model=model,
        )

    def _keep(self, begun: Past) -> None:
        generation = self._catalogue.generation
        document = self._documents.put(record_of(begun))
        self._catalogue.took(item_of(document), generation)
