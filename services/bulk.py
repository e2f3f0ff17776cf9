"""One change to many assets: each of them once, watched, cancelled and taken back as a whole."""

import threading
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from services.access import check_presenter, permitted
from services.assets import AssetService, with_fields
from services.errors import InvalidAsset
from services.job import Done, Job, Step, Versions, name_of
from services.model.query import AssetQuery
from services.model.record import Asset
from services.store.catalogue import Catalogue
from services.store.items import from_item, loads

_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds to wait for a store that does not answer, before each further try."""
_KEPT = 20
"""Jobs that are remembered after they have ended."""
_ASKED = 20
"""Assets that are asked whether they would take a value."""
_GRACE_SECONDS = 2.0


class BulkService:
    """Changes that go on by themselves, whether or not anybody still looks."""

    def __init__(
        self, assets: AssetService, catalogue: Catalogue, pauses: Sequence[float] = _PAUSES
    ) -> None:
        self._assets = assets
        self._catalogue = catalogue
        self._pauses = pauses
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
        step = partial(self._assets.set_fields, values=values)
        return self._begin("edited", chosen, step, by, name, values=values)

    def bin_all(self, chosen: Versions, *, by: str, name: str) -> Job:
        """Begin to move all these assets to the bin; otherwise as `edit_all`."""
        return self._begin("binned", chosen, self._assets.bin, by, name)

    def restore_all(self, chosen: Versions, *, by: str, name: str) -> Job:
        """Begin to put all these assets back from the bin; otherwise as `edit_all`."""
        return self._begin("restored", chosen, self._assets.restore, by, name)

    def erase_all(self, chosen: Versions, *, by: str, name: str) -> Job:
        """Begin to delete all these assets for good, as far as they are in the bin.

        Otherwise as `edit_all`. Raises NotAllowed.
        """
        check_presenter()

        def step(identifier: str, *, version: int, **_: str) -> Asset:
            return self._assets.erase(identifier, version=version)

        return self._begin("erased", chosen, permitted(step), by, name)

    def go_on(self, job: Job) -> None:
        """Have a job that has stopped go on. Raises NotAllowed for one of the presenter's."""
        if job.what == "erased":
            check_presenter()
        job.begin()

    def names(self, identifiers: Collection[str]) -> list[str]:
        """What the first few of these assets are called. Raises as `matching` does."""
        lines = self._catalogue.read().lines_of(list(islice(identifiers, _ASKED)))
        return [name_of(from_item(loads(line)).asset) for line in lines]

    def take_back(self, job: Job, *, by: str) -> Job:
        """Begin to undo what a job has changed, as far as nobody has changed it since."""
        name = f"{job.name}-back"
        return self._begin(
            "taken back", dict(job.changed), self._assets.take_back, by, name, undoes=job
        )

    def find(self, name: str) -> Job | None:
        """The job of that name, as far as it is remembered."""
        return self._jobs.get(name)

    def abandoned(self) -> Job | None:
        """The last job whose end nobody has seen, and that nobody looks at any more."""
        return next((job for job in reversed(self._all()) if job.is_abandoned), None)

    def running(self) -> list[Job]:
        """What goes on just now."""
        return [job for job in self._all() if job.is_running]

    def close(self) -> None:
        """Have every job stop after the asset that it is at."""
        for job in self.running():
            job.cancel()
            job.join(_GRACE_SECONDS)

    def _begin(
        self, what: Done, chosen: Versions, step: Step, by: str, name: str, **more: Any
    ) -> Job:
        with self._lock:
            known = self._jobs.get(name)
            if known is not None:
                return known
            ways = (step, self._assets.get, self._catalogue.many_writes)
            job = Job(name, what, by, chosen, *ways, self._pauses, **more)
            self._jobs[name] = job
            job.begin()
            ended = [name for name, other in self._jobs.items() if not other.is_running]
            for forgotten in ended[:-_KEPT]:
                del self._jobs[forgotten]
        return job

    def _all(self) -> list[Job]:
        with self._lock:
            return list(self._jobs.values())


def _objection(asset: Asset, values: Mapping[str, Any]) -> str:
    try:
        with_fields(asset, values)
    except InvalidAsset as error:
        return " ".join(found.message for found in error.problems if found.field in values)
    return ""
