"""Bulk changes: each asset once, with progress, cancel and undo."""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from itertools import islice
from typing import Any

from services.access import Role, check_presenter
from services.assets.service import AssetService
from services.assets.values import with_fields
from services.bulk.job import Done, Job, Step, Versions, name_of
from services.bulk.records import BulkRecord, BulkRecords
from services.errors import InvalidAsset, StoreUnavailable
from services.model.query import AssetQuery
from services.model.record import Asset, now
from services.store.assets.items import from_item
from services.store.attributes import loads
from services.store.read_model.catalogue import Catalogue

_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for a store that does not answer, before each further try."""
_KEPT = 20
"""Jobs that are remembered after they have ended."""
_ASKED = 20
"""Assets that are asked whether they would take a value."""
_GRACE_SECONDS = 2.0
_SILENT_SECONDS = 5.0
"""What has changed nothing for so long, the app must have died over it."""


class BulkService:
    """Changes that go on by themselves, whether or not anybody still looks."""

    def __init__(
        self,
        assets: AssetService,
        catalogue: Catalogue,
        pauses: Sequence[float] = _PAUSES,
        records: BulkRecords | None = None,
    ) -> None:
        """`records`: where what is cut off by the end of the app is found again."""
        self._assets = assets
        self._catalogue = catalogue
        self._pauses = pauses
        self._records = records
        self._closing = False
        self._looked = -1
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

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
        reasons = [_objection(from_item(loads(line)).asset, values) for line in lines]
        return reasons[0] if reasons and all(reasons) else ""

    def versions(self, identifiers: Collection[str], *, binned: bool = False) -> Versions:
        """Those of the assets that are in the basket (or in the bin), as they are known now.

        Raises as `matching` does.
        """
        return self._catalogue.read().versions_of(identifiers, binned=binned)

    def edit_all(self, chosen: Versions, values: Mapping[str, Any], *, by: str, name: str) -> Job:
        """Begin to give fields of all these assets other values.

        `values`: by field name, as JSON has them. `name` names the job: who begins it again gets
        the one that was begun. An asset that no longer has the version given is left as it is.
        """
        return self._begin("edited", chosen, by, name, values=values)

    def bin_all(self, chosen: Versions, *, by: str, name: str) -> Job:
        """Begin to move all these assets to the bin; otherwise as `edit_all`."""
        return self._begin("binned", chosen, by, name)

    def restore_all(self, chosen: Versions, *, by: str, name: str) -> Job:
        """Begin to put all these assets back from the bin; otherwise as `edit_all`."""
        return self._begin("restored", chosen, by, name)

    def erase_all(self, chosen: Versions, *, by: str, name: str, role: Role) -> Job:
        """Begin to delete all these assets for good, as far as they are in the bin.

        Otherwise as `edit_all`. Raises NotAllowed.
        """
        check_presenter(role)
        return self._begin("erased", chosen, by, name)

    def go_on(self, job: Job, *, role: Role) -> None:
        """Have a job that has stopped go on. Raises NotAllowed for one of the presenter's."""
        if job.what == "erased":
            check_presenter(role)
            job.step = self._step("erased", {})
        job.begin()

    def dismiss(self, job: Job) -> None:
        """Leave what a job has not done undone, for good."""
        job.told = True
        self._forget(job)

    def names(self, identifiers: Collection[str]) -> list[str]:
        """What the first few of these assets are called. Raises as `matching` does."""
        lines = self._catalogue.read().lines_of(list(islice(identifiers, _ASKED)))
        return [name_of(from_item(loads(line)).asset) for line in lines]

    def take_back(self, job: Job, *, by: str) -> Job:
        """Begin to undo what a job has changed, as far as nobody has changed it since."""
        name = f"{job.name}-back"
        return self._begin("taken back", dict(job.changed), by, name)

    def find(self, name: str) -> Job | None:
        """The job of that name, as far as it is remembered."""
        return self._jobs.get(name)

    def abandoned(self) -> Job | None:
        """The last job whose end nobody has seen, and that nobody looks at any more.

        Also one that the end of an app has cut off.
        """
        with suppress(StoreUnavailable):
            self._find_cut_off()
        return next((job for job in reversed(self._all()) if job.is_abandoned), None)

    def running(self) -> list[Job]:
        """What goes on just now."""
        return [job for job in self._all() if job.is_running]

    def close(self) -> None:
        """Have every job stop after the asset that it is at; the next start finds it."""
        self._closing = True
        for job in self.running():
            job.cancel()
            job.join(_GRACE_SECONDS)

    def _begin(self, what: Done, chosen: Versions, by: str, name: str, **more: Any) -> Job:
        with self._lock:
            known = self._jobs.get(name)
            if known is not None:
                return known
            job = self._make(what, chosen, by, name, **more)
            job.begin()
            ended = [name for name, other in self._jobs.items() if not other.is_running]
            for forgotten in ended[:-_KEPT]:
                del self._jobs[forgotten]
        return job

    def _make(self, what: Done, chosen: Versions, by: str, name: str, **more: Any) -> Job:
        step = self._step(what, more.get("values", {}))
        ways = (step, self._assets.get, nullcontext)
        job = self._jobs[name] = Job(name, what, by, chosen, *ways, self._pauses, **more)
        job.around = partial(self._recorded, job)
        return job

    def _step(self, what: Done, values: Mapping[str, Any]) -> Step:
        match what:
            case "edited":
                return partial(self._assets.set_fields, values=values)
            case "binned":
                return self._assets.bin
            case "restored":
                return self._assets.restore
            case "erased":
                return self._erase
            case _:
                return self._assets.take_back

    def _erase(self, identifier: str, *, version: int, **_: str) -> Asset:
        return self._assets.erase(identifier, version=version, role="presenter")

    @contextmanager
    def _recorded(self, job: Job) -> Iterator[None]:
        """While a job is on its way, the table says so."""
        if self._records is not None:
            self._records.keep(job)
        with self._catalogue.many_writes():
            yield
        if job.done == job.total or (job.was_cancelled and not self._closing):
            self._forget(job)

    def _forget(self, job: Job) -> None:
        if self._records is not None:
            with suppress(StoreUnavailable):
                self._records.forget(job.name)

    def _find_cut_off(self) -> None:
        """Take over what an app has begun that is there no more."""
        records, revision = self._records, self._catalogue.freshness.revision
        if records is None or self._looked == revision:
            return
        columns = self._catalogue.read()
        silent = True
        for record in records.all():
            lines = columns.lines_of_operation(f"{record.name}/")
            stand = [from_item(loads(line)).asset for line in lines]
            last = max((asset.updated_at for asset in stand), default=record.at)
            if record.name in self._jobs:
                continue
            if (now() - max(last, record.at)).total_seconds() < _SILENT_SECONDS:
                silent = False
                continue
            chosen = records.chosen(record)
            self._take_over(record, chosen, {asset.identifier: asset.version for asset in stand})
        # While another app may be at it, it is looked for again.
        self._looked = revision if silent else -1

    def _take_over(self, record: BulkRecord, chosen: Versions, changed: Versions) -> None:
        done = {identifier: chosen[identifier] for identifier in changed if identifier in chosen}
        with self._lock:
            job = self._make(
                record.what, {**done, **chosen}, record.by, record.name, values=record.values
            )
        job.changed |= {identifier: changed[identifier] for identifier in done}
        job.problem = "The app ended while it was under way."
        job.leave()

    def _all(self) -> list[Job]:
        with self._lock:
            return list(self._jobs.values())


def _objection(asset: Asset, values: Mapping[str, Any]) -> str:
    try:
        with_fields(asset, values)
    except InvalidAsset as error:
        return " ".join(found.message for found in error.problems if found.field in values)
    return ""
