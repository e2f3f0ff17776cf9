"""What is stored is brought to today's model, step by step, when somebody asks for it."""

import threading
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from services.errors import BasketError, StoreUnavailable
from services.migration.drift import DriftService, Survey, Tell
from services.migration.preview import Preview, preview_of
from services.migration.records import PREFIX, Past, begun, ended, key_of_run, past_of
from services.migration.runs import Run, Runner, State
from services.migration.steps import Step, TakeBack
from services.model.record import now
from services.store.catalogue import Catalogue
from services.store.documents import Document, DocumentRepository, document_of, item_of
from services.store.repository import AssetRepository

_CLOSE_SECONDS = 5.0


class Busy(BasketError):  # noqa: N818 - says what the service is
    """Another step is on its way."""

    def __init__(self) -> None:
        super().__init__("Something is being changed already. Wait until it is through.")


class MigrationService:
    """Steps over all assets that they are about: previewed, run one at a time, taken back."""

    def __init__(
        self,
        repository: AssetRepository,
        catalogue: Catalogue,
        documents: DocumentRepository,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._repository = repository
        self._catalogue = catalogue
        self._documents = documents
        self._clock = clock
        self._drifts = DriftService(catalogue)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._previewed: tuple[Survey, Step, Preview] | None = None
        self._run: Run | None = None

    @property
    def running(self) -> Run | None:
        """The run on its way, if there is one."""
        run = self._run
        return run if run is not None and run.state == "running" else None

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

    def start(self, step: Step, *, by: str) -> Run:
        """Begin to do the step to every asset that it is about.

        Raises Busy if another one is on its way, StoreUnavailable.
        """
        with self._lock:
            if self.running:
                raise Busy
            preview = self.preview(step)
            run = Run(str(uuid4()), step, by, total=preview.count)
            if not isinstance(step, TakeBack):
                self._keep(self._documents.put(begun(run, self._clock())))
            runner = Runner(
                self._repository, self._catalogue, self._clock, self.survey().columns.model
            )
            self._run = run
            self._thread = threading.Thread(
                target=self._work, args=(runner, run, preview.identifiers), daemon=True
            )
            self._thread.start()
            return run

    def past(self, limit: int) -> list[Past]:
        """The last runs, newest first. Raises StoreUnavailable if the store never answered."""
        found = [document_of(item) for item in self._catalogue.others(PREFIX)]
        columns = self._catalogue.read()
        newest = sorted(found, key=lambda each: str(each.body.get("at")), reverse=True)
        return [past_of(document, columns) for document in newest[:limit]]

    def close(self) -> None:
        """Stop what is on its way."""
        if self._run is not None and self._thread is not None:
            self._run.cancel()
            self._thread.join(_CLOSE_SECONDS)

    def _keep(self, document: Document) -> None:
        self._catalogue.took(item_of(document), self._catalogue.generation)

    def _work(self, runner: Runner, run: Run, identifiers: tuple[str, ...]) -> None:
        state: State = "stopped"
        try:
            state = runner.work(run, identifiers)
            about = key_of_run(run)
            self._keep(self._documents.change(*about, lambda body: ended(body, run, state)))
        except StoreUnavailable:
            # Nothing is lost: what was changed, the assets themselves tell.
            pass
        finally:
            run.state = state
