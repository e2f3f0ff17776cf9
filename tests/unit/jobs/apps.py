"""Apps over one store, one after the other, and a job of each kind in them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.bootstrap import SCENARIOS
from services.assets.service import AssetService
from services.bulk.service import BulkJob, BulkService
from services.files.sheet import Row, Sheet
from services.importing.matching import Choices
from services.importing.service import ImportService
from services.jobs.job import Job
from services.migration.service import MigrationService
from services.migration.steps import Empty, TakeBack
from services.scenarios.service import ScenarioService
from services.scenarios.shipped import Shipped
from services.store.assets.items import asset_on
from services.store.attributes import Item, dumps
from services.store.read_model.catalogue import Catalogue
from services.store.table import key_of
from tests.fakes.assets import entered
from tests.fakes.store import (
    MemoryBatch,
    MemoryDocuments,
    MemoryRepository,
    MemorySource,
    MemoryStore,
)

COUNT = 60
NAME = "7b1f0e0c-2f62-4f0e-9d8e-1f2a3b4c5d6e"
COLUMNS = ("name", "tag", "liquidityProfile", "ccy")


class HeldStore(MemoryStore):
    """Tells before each write of an asset how many there were."""

    def __init__(self) -> None:
        super().__init__()
        self.writes = 0
        self.before: Callable[[int], None] | None = None

    def put(self, item: Item) -> None:
        self._tell(key_of(item))
        super().put(item)

    def delete(self, key: str) -> None:
        self._tell(key)
        super().delete(key)

    def _tell(self, key: str) -> None:
        if key.startswith("ASSET#") and self.before:
            with self.lock:
                self.writes += 1
                self.before(self.writes)

    @property
    def assets(self) -> dict[str, tuple[str, int, bool]]:
        """By name: the tag of each asset, its version and whether it is in the bin."""
        lines = (dumps(item) for key, item in self.items.items() if key.startswith("ASSET#"))
        assets = map(asset_on, lines)
        return {one.name: (one.tag, one.version, bool(one.deleted_at)) for one in assets}


class App:
    """The services that begin jobs."""

    def __init__(self, folder: Path, store: HeldStore) -> None:
        self.store = store
        repository, batch = MemoryRepository(store), MemoryBatch(store)
        documents = MemoryDocuments(store)
        self.catalogue = Catalogue(MemorySource(store))
        self.assets = AssetService(repository, self.catalogue)
        pauses = (0.0, 0.0)
        self.bulk = BulkService(self.assets, self.catalogue, documents, pauses)
        self.migration = MigrationService(repository, self.catalogue, documents, pauses=pauses)
        self.imports = ImportService(
            self.assets, self.catalogue, documents, batch, folder / "imports", pauses=pauses
        )
        self.scenarios = ScenarioService(
            Shipped(SCENARIOS), folder, self.catalogue, documents, batch, pauses=pauses
        )

    def fill(self) -> None:
        """Have sixty assets in the basket."""
        for number in range(COUNT):
            self.assets.add(entered(name=f"Asset {number}"), by="Ada", identifier=f"id-{number}")


class Kind(ABC):
    """How a feature begins a job, goes on with it and undoes it."""

    undone: "type[Kind] | None" = None
    """What it takes back, if it is an undo."""

    def prepare(self, app: App) -> None:
        """Do what it takes back."""
        if self.undone:
            self.undone().begin(app).join(60)

    @abstractmethod
    def begin(self, app: App) -> Job[Any]:
        """Begin it; who does so twice begins the same one."""

    @abstractmethod
    def go_on(self, app: App) -> Job[Any]:
        """Have it go on after it has stopped, in the same app or in the next one."""

    @abstractmethod
    def undo(self, app: App) -> Job[Any]:
        """Begin to take back what it has done."""


class Edit(Kind):
    def begin(self, app: App) -> BulkJob:
        chosen = app.bulk.versions([f"id-{number}" for number in range(COUNT)])
        return app.bulk.edit_all(chosen, {"tag": "SIPP"}, by="Bob", name=NAME)

    def go_on(self, app: App) -> BulkJob:
        job = app.bulk.find(self.name) or app.bulk.abandoned()
        assert job is not None
        app.bulk.go_on(job, role="presenter")
        return job

    def undo(self, app: App) -> BulkJob:
        job = app.bulk.find(NAME)
        assert job is not None
        return app.bulk.take_back(job, by="Bob")

    name = NAME


class UndoOfEdit(Edit):
    name = f"{NAME}-back"

    undone = Edit

    def begin(self, app: App) -> BulkJob:
        job = app.bulk.find(NAME)
        assert job is not None
        return app.bulk.take_back(job, by="Bob")


class Step(Kind):
    def begin(self, app: App) -> Job[Any]:
        running = app.migration.running
        if running and running.job:
            return running.job
        return app.migration.start(Empty(), by="Bob", role="presenter")

    def go_on(self, app: App) -> Job[Any]:
        past = app.migration.past(1)[0]
        assert past.can_go_on
        return app.migration.go_on(past.record, role="presenter")

    def undo(self, app: App) -> Job[Any]:
        step = TakeBack(job=app.migration.past(1)[0].record.name)
        return app.migration.start(step, by="Bob", role="presenter")


class UndoOfStep(Step):
    undone = Step

    def begin(self, app: App) -> Job[Any]:
        running = app.migration.running
        if running and running.job:
            return running.job
        return self.undo(app)


class OfFile(Kind):
    def begin(self, app: App) -> Job[Any]:
        rows = tuple(Row(n + 2, (f"Row {n}", "ISA", "HIGH", "GBP")) for n in range(COUNT))
        sheet = Sheet("csv", COLUMNS, rows)
        choices = Choices({column: column for column in COLUMNS})
        plan = app.imports.preview(sheet, choices, NAME)
        return app.imports.start(plan, sheet, name=NAME, title="a.csv", by="Bob")

    def go_on(self, app: App) -> Job[Any]:
        (record,) = app.imports.past()
        assert record.can_go_on
        return app.imports.resume(record.name)

    def undo(self, app: App) -> Job[Any]:
        return app.imports.undo(NAME)


class UndoOfFile(OfFile):
    undone = OfFile

    def begin(self, app: App) -> Job[Any]:
        return app.imports.undo(NAME)

    go_on = begin


class Replacing(Kind):
    def begin(self, app: App) -> Job[Any]:
        return app.scenarios.start("portfolio", by="Bob", role="presenter")

    def go_on(self, app: App) -> Job[Any]:
        job = app.scenarios.resume()
        assert job is not None
        return job

    def undo(self, app: App) -> Job[Any]:
        return app.scenarios.start_undo(by="Bob", role="presenter")


class UndoOfReplacing(Replacing):
    undone = Replacing

    def begin(self, app: App) -> Job[Any]:
        return app.scenarios.running or app.scenarios.start_undo(by="Bob", role="presenter")


KINDS: tuple[type[Kind], ...] = (
    Edit,
    UndoOfEdit,
    Step,
    UndoOfStep,
    OfFile,
    UndoOfFile,
    Replacing,
    UndoOfReplacing,
)
