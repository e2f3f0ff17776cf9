"""Bulk changes: each asset once, with progress, cancel and undo."""

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any

from services.access import Role, check_presenter
from services.assets.service import AssetService
from services.assets.values import with_fields
from services.bulk.records import BulkRecord, BulkRecords, Done
from services.errors import AssetNotFound, InvalidAsset, StoreUnavailable
from services.jobs.job import Job, Progress, Step
from services.jobs.one_by_one import Change, Versions, one_by_one
from services.jobs.runner import PAUSES, JobRunner
from services.model.query import AssetQuery
from services.model.record import Asset, now
from services.model.words import name_of
from services.store.assets.items import asset_on
from services.store.documents.documents import DocumentRepository
from services.store.read_model.catalogue import Catalogue

_ASKED = 20
"""Assets that are asked whether they would take a value."""

BulkJob = Job[BulkRecord]


class BulkService:
    """Changes that go on by themselves, whether or not anybody still looks."""

    def __init__(
        self,
        assets: AssetService,
        catalogue: Catalogue,
        documents: DocumentRepository,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._assets = assets
        self._catalogue = catalogue
        self._records = BulkRecords(BulkRecord, documents, catalogue)
        self._jobs = JobRunner(self._records, catalogue, pauses, has_history=False)

    def matching(self, query: AssetQuery) -> list[str]:
        """The identifiers of all that matches, in order, whatever part is asked for.

        Raises StoreUnavailable if the store has never answered.
        """
        return self._catalogue.read().identifiers(query)

    def count(self, identifiers: Collection[str], query: AssetQuery) -> int:
        """How many of these assets are among what matches. Raises as `matching` does."""
        return self._catalogue.read().count_of(identifiers, query)

    def total(self, query: AssetQuery) -> int:
        """How many match. Raises as `matching` does."""
        return self._catalogue.read().total(query)

    def objection(self, chosen: Versions, values: Mapping[str, Any]) -> str:
        """Why none of the assets is likely to take these values; empty if some may.

        Told by the first few of them. Raises as `matching` does.
        """
        lines = self._catalogue.read().lines_of(list(islice(chosen, _ASKED)))
        reasons = [_objection(asset_on(line), values) for line in lines]
        return reasons[0] if reasons and all(reasons) else ""

    def versions(self, identifiers: Collection[str], *, binned: bool = False) -> Versions:
        """Those of the assets that are in the basket (or in the bin), as they are known now.

        Raises as `matching` does.
        """
        return self._catalogue.read().versions_of(identifiers, binned=binned)

    def edit_all(
        self, chosen: Versions, values: Mapping[str, Any], *, by: str, name: str
    ) -> BulkJob:
        """Begin to give fields of all these assets other values.

        `values`: by field name, as JSON has them. `name` names the job: who begins it again gets
        the one that was begun. An asset that no longer has the version given is left as it is.
        """
        return self._begin("edited", chosen, by, name, values=values)

    def bin_all(self, chosen: Versions, *, by: str, name: str) -> BulkJob:
        """Begin to move all these assets to the bin; otherwise as `edit_all`."""
        return self._begin("binned", chosen, by, name)

    def restore_all(self, chosen: Versions, *, by: str, name: str) -> BulkJob:
        """Begin to put all these assets back from the bin; otherwise as `edit_all`."""
        return self._begin("restored", chosen, by, name)

    def erase_all(self, chosen: Versions, *, by: str, name: str, role: Role) -> BulkJob:
        """Begin to delete all these assets for good, as far as they are in the bin.

        Otherwise as `edit_all`. Raises NotAllowed.
        """
        check_presenter(role)
        return self._begin("erased", chosen, by, name)

    def go_on(self, job: BulkJob, *, role: Role) -> None:
        """Have a job that has stopped go on. Raises NotAllowed for one of the presenter's."""
        if job.record.what == "erased":
            check_presenter(role)
        job.begin()

    def dismiss(self, job: BulkJob) -> None:
        """Leave what a job has not done undone, for good."""
        job.told = True
        with suppress(StoreUnavailable):
            self._records.forget(job.record)

    def names(self, identifiers: Collection[str]) -> list[str]:
        """What the first few of these assets are called. Raises as `matching` does."""
        lines = self._catalogue.read().lines_of(list(islice(identifiers, _ASKED)))
        return [name_of(asset_on(line)) for line in lines]

    def take_back(self, job: BulkJob, *, by: str) -> BulkJob:
        """Begin to undo what a job has changed, as far as nobody has changed it since."""
        return self._begin("taken back", dict(job.progress.changed), by, f"{job.record.name}-back")

    def find(self, name: str) -> BulkJob | None:
        """The job of that name, as far as it is remembered."""
        return self._jobs.find(name)

    def abandoned(self) -> BulkJob | None:
        """The last job whose end nobody has seen, and that nobody looks at any more.

        Also one that the end of an app has cut off.
        """
        with suppress(StoreUnavailable):
            for record in self._jobs.cut_off():
                self._take_over(record)
        return next((job for job in reversed(self._jobs.all()) if job.is_abandoned), None)

    def running(self) -> list[BulkJob]:
        """What goes on just now."""
        return self._jobs.running()

    def close(self) -> None:
        """Have every job stop after the asset that it is at; the next start finds it."""
        self._jobs.close()

    def _begin(
        self, what: Done, chosen: Versions, by: str, name: str, values: Mapping[str, Any] = {}
    ) -> BulkJob:
        record = BulkRecord(name=name, what=what, by=by, at=now(), values=values, total=len(chosen))
        return self._jobs.begin(record, partial(self._steps, chosen=chosen))

    def _steps(self, job: BulkJob, chosen: Versions) -> Generator[Step]:
        yield partial(self._records.keep_whole, job.record, chosen)
        with self._catalogue.many_writes():
            yield from one_by_one(job.progress, chosen, self._change(job.record), self._assets.get)

    def _change(self, record: BulkRecord) -> Change:
        ways: Mapping[Done, Callable[..., Asset]] = {
            "edited": partial(self._assets.set_fields, values=record.values),
            "binned": self._assets.bin,
            "restored": self._assets.restore,
            "taken back": self._assets.take_back,
        }

        def change(identifier: str, version: int) -> int | None:
            way = ways[record.what]
            after = way(identifier, version=version, by=record.by, draft=record.name).version
            return after if after != version else None

        return self._erase if record.what == "erased" else change

    def _erase(self, identifier: str, version: int) -> int | None:
        """Delete it for good: that a presenter asks for it was checked when the job began."""
        try:
            return self._assets.erase(identifier, version=version, role="presenter").version
        except AssetNotFound:
            return None

    def _take_over(self, record: BulkRecord) -> None:
        chosen = self._records.chosen(record)
        lines = self._catalogue.read().lines_of_operation(f"{record.name}/")
        changed = {asset.identifier: asset.version for asset in map(asset_on, lines)}
        changed = {one: version for one, version in changed.items() if one in chosen}
        done = {identifier: chosen[identifier] for identifier in changed}
        progress = Progress(len(chosen), len(changed), changed)
        self._jobs.take_over(record, partial(self._steps, chosen={**done, **chosen}), progress)


def _objection(asset: Asset, values: Mapping[str, Any]) -> str:
    try:
        with_fields(asset, values)
    except InvalidAsset as error:
        return " ".join(found.message for found in error.problems if found.field in values)
    return ""
