"""Bringing assets in from files."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from services.assets.service import AssetService
from services.errors import StoreUnavailable
from services.files.sheet import Sheet
from services.importing.basket import known_by
from services.importing.matching import IDENTIFIER, Choices, has_identifiers, match
from services.importing.plan import Plan, Step, make_plan
from services.importing.record import PREFIX, Import, Steps
from services.importing.run import Run
from services.model.current import current
from services.model.record import now
from services.store.assets.batch import BatchWriter
from services.store.documents.documents import (
    DocumentRepository,
    all_readable,
    item_of,
    one_readable,
)
from services.store.read_model.catalogue import Catalogue

_REMEMBERED = "IMPORT-CHOICES"
_GRACE_SECONDS = 2.0


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
    ) -> None:
        self._assets = assets
        self._catalogue = catalogue
        self._documents = documents
        self._batch = batch
        self._steps = Steps(folder)
        self._clock = clock
        self._runs: dict[str, Run] = {}

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

    def start(self, plan: Plan, sheet: Sheet, *, name: str, title: str, by: str) -> Run:
        """Do what the plan says, in the background; starting it twice does it once.

        Raises StoreUnavailable.
        """
        if name in self._runs:
            return self._runs[name]
        self._remember(sheet, plan.choices)
        steps = plan.to_do
        # Never a whole second: the moment by which the new assets are found has all its digits.
        moment = self._clock()
        moment = moment.replace(microsecond=moment.microsecond or 1)
        about = Import(name, title, by, moment, len(steps))
        self._steps.keep(name, steps)
        self._keep(about)
        # An identifier of the file's own may be somebody else's by now.
        again = plan.choices.key == IDENTIFIER
        return self._begin(about, lambda run: run.do(self._steps_of(name), again=again))

    def resume(self, name: str) -> Run:
        """Go on with an import that was interrupted or cancelled. Raises StoreUnavailable."""
        about = self._there(name).but(state="running")
        self._keep(about)
        return self._begin(about, lambda run: run.do(self._steps_of(name), again=True))

    def undo(self, name: str) -> Run:
        """Take an import back as a whole. Raises StoreUnavailable."""
        about = self._there(name).but(state="undoing")
        self._keep(about)
        return self._begin(about, lambda run: run.undo(self._steps_of(name)))

    def run(self, name: str) -> Run | None:
        """The import as it is on its way in this process; None if it is not."""
        run = self._runs.get(name)
        return run if run is not None and (run.is_running or run.problem) else None

    def close(self) -> None:
        """Have what is on its way stop soon; it can be gone on with."""
        for run in list(self._runs.values()):
            run.cancel()
            run.join(_GRACE_SECONDS)

    def past(self) -> list[Import]:
        """All imports, the last one first. Raises StoreUnavailable."""
        found = all_readable(self._catalogue.others(PREFIX), Import.of)
        return sorted(found, key=lambda about: about.at, reverse=True)

    def can_be_undone(self, about: Import) -> bool:
        """Whether what it did is still known."""
        return about.state != "undone" and self._steps.has(about.name)

    def _begin(self, about: Import, work: Callable[[Run], Import]) -> Run:
        run = Run(about, current(), self._assets, self._batch, self._catalogue)
        self._runs[about.name] = run
        run.begin(lambda: self._keep(work(run)))
        return run

    def _steps_of(self, name: str) -> Callable[[], Iterator[Step]]:
        """The steps of an import, read anew each time: as objects they would fill the memory."""
        return partial(self._steps.of, name)

    def _there(self, name: str) -> Import:
        document = self._documents.get(f"{PREFIX}{name}", "META")
        about = None if document is None else one_readable(item_of(document), Import.of)
        if about is None:
            raise StoreUnavailable("Nothing is known of this import any more.")
        return about

    def _keep(self, about: Import) -> None:
        generation = self._catalogue.generation
        document = about.document
        kept = self._documents.change(document.pk, document.sk, lambda _: document.body)
        self._catalogue.took(item_of(kept), generation)

    def _remember(self, sheet: Sheet, choices: Choices) -> None:
        body = {"columns": dict(choices.columns), "key": choices.key}
        self._documents.change(_REMEMBERED, _digest(sheet), lambda _: body)


def new_name() -> str:
    """A name for an import that is about to be prepared."""
    return str(uuid4())


def _digest(sheet: Sheet) -> str:
    return hashlib.sha256("\n".join(sheet.columns).encode("utf-8", "replace")).hexdigest()[:32]
