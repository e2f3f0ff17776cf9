"""Scenarios and checkpoints: what can be loaded, saved, compared and gone back to."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from services.access import Role, check_presenter
from services.errors import BasketError, InvalidName, StoreUnavailable
from services.jobs.job import Job, Step
from services.jobs.record import JobRecords
from services.jobs.runner import PAUSES, JobRunner
from services.model.record import now
from services.scenarios.checkpoints import Checkpoint, CheckpointNotFound, Checkpoints, tidy
from services.scenarios.comparing import Comparison
from services.scenarios.lines import Lines, by_key
from services.scenarios.locking import exclusive_lock
from services.scenarios.replacement import Replacement
from services.scenarios.replacing import Replacer
from services.scenarios.shipped import Shipped, names
from services.store.assets.batch import BatchWriter
from services.store.assets.overwriting import Watch
from services.store.documents.documents import DocumentRepository, all_readable, item_of
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.columns import Columns
from services.store.read_model.visibility import KEY, PK, RUNNING
from services.store.table import META

NOW = "now"
"""The name of the present state."""


class NothingToUndo(BasketError):  # noqa: N818 - says what there is
    """Nothing was replaced yet, or what was there before is not known any more."""


class ScenarioService:
    """All assets replaced by a known state, as one step that can be undone."""

    def __init__(
        self,
        shipped: Shipped,
        folder: Path,
        catalogue: Catalogue,
        documents: DocumentRepository,
        batch: BatchWriter,
        clock: Callable[[], datetime] = now,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._shipped = shipped
        self._folder = folder
        self._checkpoints = Checkpoints(folder, clock)
        self._catalogue = catalogue
        self._documents = documents
        self._batch = batch
        self._replacer = Replacer(batch, self._checkpoints)
        self._jobs = JobRunner(JobRecords(Replacement, documents, catalogue), catalogue, pauses)
        self._clock = clock

    def checkpoints(self) -> list[Checkpoint]:
        """Every state that was saved, the newest first."""
        return self._checkpoints.all()

    def save(self, name: str, *, role: Role) -> str:
        """Keep the present state under a name; returns the name as it is kept.

        Raises NotAllowed, InvalidName, also for one that is taken, StoreUnavailable.
        """
        check_presenter(role)
        there = (each.name for each in self.checkpoints())
        if tidy(name).casefold() in {NOW, *names(), *map(str.casefold, there)}:
            raise InvalidName(f"“{tidy(name)}” is taken already. Choose another name.")
        return self._checkpoints.save(name, self.state(NOW))

    def remove(self, name: str, *, role: Role) -> None:
        """Forget a checkpoint. Raises NotAllowed."""
        check_presenter(role)
        self._checkpoints.remove(name)

    def state(self, name: str) -> Lines:
        """The assets of a scenario, of a checkpoint, or those there are `NOW`.

        Raises CheckpointNotFound, UnreadableFile, StoreUnavailable.
        """
        if name == NOW:
            return by_key(self._catalogue.read().all_lines())
        lines = self._shipped.lines(name)
        if lines is None:
            lines = self._checkpoints.lines(name)
        if lines is None:
            saved = [found.name for found in self.checkpoints() if not found.automatic]
            raise CheckpointNotFound(name, [*names(), *saved])
        return lines

    def compare(self, before: str, after: str) -> Comparison:
        """What the second has that the first has not, and so on. Raises as `state` does."""
        return Comparison(self.state(before), self.state(after))

    def preview(self, name: str) -> Comparison:
        """What loading it would replace by what. Raises as `state` does."""
        return self.compare(NOW, name)

    def start(self, name: str, *, by: str, role: Role) -> Job[Replacement]:
        """Begin to replace all assets, those in the bin as well, by a scenario or a checkpoint.

        What was there is on the disk before anything is written. If it is there already, nothing
        is done. Who begins what is on its way gets that job. Raises as `state` does.
        """
        check_presenter(role)
        target = self.state(name)
        record = Replacement(name=name, to=name, by=by, at=self._clock())
        return self._jobs.begin(record, partial(self._replace, target=target), again=True)

    def load(self, name: str, *, by: str, role: Role) -> Replacement:
        """Do as `start` says, and wait for the end. Raises as `state` does, Busy."""
        return ended(self.start(name, by=by, role=role))

    def start_undo(self, *, by: str, role: Role) -> Job[Replacement]:
        """Begin to go back to what was there before the last replacement.

        Raises NothingToUndo, and as `start` does.
        """
        check_presenter(role)
        last = self.last()
        if last is None or not self.can_undo(last):
            raise NothingToUndo("There is nothing to go back to.")
        return self.start(last.before, by=by, role=role)

    def undo(self, *, by: str, role: Role) -> Replacement:
        """Do as `start_undo` says, and wait for the end. Raises as `load` does, NothingToUndo."""
        return ended(self.start_undo(by=by, role=role))

    @property
    def running(self) -> Job[Replacement] | None:
        """The replacement that this process is at."""
        return next(iter(self._jobs.running()), None)

    def close(self) -> None:
        """Have a replacement stop; the next start goes on with it."""
        self._jobs.close()

    def since(self, last: Replacement) -> Comparison | None:
        """What has been added and changed since a replacement, which goes when it is undone.

        None if what was loaded is not known any more. Raises as `state` does.
        """
        try:
            return self.compare(last.to, NOW)
        except CheckpointNotFound:
            return None

    def last(self) -> Replacement | None:
        """The last replacement; None if there was none. Raises StoreUnavailable."""
        found = self._catalogue.others(KEY)
        return next(iter(all_readable(found, Replacement.of)), None)

    def can_undo(self, last: Replacement) -> bool:
        """Whether what was there before it is still known."""
        return self._checkpoints.has(last.before)

    def resume(self) -> Job[Replacement] | None:
        """Begin to finish what was interrupted, if something was. Raises StoreUnavailable."""
        about = self._interrupted()
        if about is None:
            return None
        return self._jobs.begin(about.but(name=about.to), self._finish, again=True)

    def go_on(self) -> Replacement | None:
        """Do as `resume` says, and wait for the end. Raises as `load` does."""
        job = self.resume()
        return None if job is None else ended(job)

    def _replace(self, job: Job[Replacement], target: Lines) -> Generator[Step]:
        with exclusive_lock(self._folder), self._watched() as (watch, columns):
            there = by_key(columns.all_lines())
            last = self.last()
            if there == target and last is not None:
                job.record = last
                return
            before = self._checkpoints.save_before(job.record.to, there)
            job.record = job.record.but(before=before)
            yield from self._carry_out(job, watch, there, there, target)

    def _finish(self, job: Job[Replacement]) -> Generator[Step]:
        with exclusive_lock(self._folder), self._watched() as (watch, columns):
            # Whoever was at it may have finished while this one waited for its turn.
            about = self._interrupted()
            if about is None:
                job.record = job.record.but(state="done")
                return
            there = by_key(columns.all_lines())
            former, target = self.state(about.before), self.state(about.to)
            yield from self._carry_out(job, watch, there, former, target)

    @contextmanager
    def _watched(self) -> Iterator[tuple[Watch, Columns]]:
        """What is there, and what tells of changes to it from then on."""
        watch = self._batch.watch()
        with self._catalogue.replaced() as columns:
            yield watch, columns

    def _interrupted(self) -> Replacement | None:
        """The replacement that somebody has begun and not finished, as the store has it now."""
        found = self._documents.get(PK, META)
        read = all_readable([item_of(found)] if found else [], Replacement.of)
        return next((about for about in read if about.state == RUNNING), None)

    def _carry_out(
        self, job: Job[Replacement], watch: Watch, there: Lines, former: Lines, target: Lines
    ) -> Generator[Step]:
        yield partial(self._keep, job.record)
        about = job.record
        yield from self._replacer.replace(job.progress, watch, there, former, target, about.before)
        job.record = about.but(state="done", total=job.progress.total)
        # While the old assets still are shown.
        yield partial(self._keep, job.record)

    def _keep(self, about: Replacement) -> None:
        self._documents.change(PK, META, lambda _: about.document.body)


def ended(job: Job[Replacement]) -> Replacement:
    """How the replacement has ended, once it has. Raises why it has not come about."""
    job.join()
    if job.error:
        raise job.error
    if job.was_cancelled:
        raise StoreUnavailable("The app is closing.")
    return job.record
