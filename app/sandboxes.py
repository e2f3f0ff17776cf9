"""Wires the services of a sandbox: a table of its own, the rest shared."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from services.assets.exporting import ExportService
from services.assets.recovery import LossService
from services.assets.service import AssetService
from services.assets.views import ViewService
from services.bulk.service import BulkService
from services.errors import StoreUnavailable
from services.importing.service import ImportService
from services.migration.service import MigrationService
from services.sandbox.sandbox import SandboxFolder
from services.scenarios.service import ScenarioService
from services.scenarios.shipped import Shipped
from services.store.assets.batch import BatchWriter
from services.store.assets.repository import AssetRepository
from services.store.attributes import loads
from services.store.documents.documents import DocumentRepository
from services.store.gateway import Gateway
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.changes import FilledSource
from services.store.table import ensure_table, remove_table

if TYPE_CHECKING:
    from app.basket import Basket

_SAME_MOMENT = 1.0
"""Seconds. Nobody else writes to a copy, and what its owner writes is known at once: so twenty
copies ask the store little more than one basket does."""


@dataclass(frozen=True)
class Copying:
    """Makes copies in the store of the shared basket, and removes them."""

    gateway: Gateway
    shipped: Shipped
    shared: "Basket"

    def make(self, folder: SandboxFolder, scenario: str) -> "Basket":
        """The services over a new table with a scenario in it. Raises StoreUnavailable."""
        gateway, table = self.gateway, self._table(folder.name)
        items = [loads(line) for line in (self.shipped.lines(scenario) or {}).values()]
        gateway.call(ensure_table, client=gateway.write, table=table)
        batch = BatchWriter(gateway, table)
        batch.put(items)
        catalogue = Catalogue(FilledSource(gateway, table, items), same_moment=_SAME_MOMENT)
        catalogue.read()
        return self._over(table, catalogue, batch, folder)

    def remove(self, name: str) -> None:
        """Delete the table of a copy. Raises StoreUnavailable."""
        gateway = self.gateway
        gateway.attempt(remove_table, client=gateway.write, table=self._table(name))

    def _table(self, name: str) -> str:
        return f"{self.shared.settings.table[:200]}-copy-{name}"

    def _over(
        self, table: str, catalogue: Catalogue, batch: BatchWriter, folder: SandboxFolder
    ) -> "Basket":
        shared, path = self.shared, folder.path
        repository = AssetRepository(self.gateway, table)
        documents = DocumentRepository(self.gateway, table)
        assets = AssetService(repository, catalogue)
        return replace(
            shared,
            copy=folder.name,
            catalogue=catalogue,
            documents=documents,
            assets=assets,
            bulk=BulkService(assets, catalogue, documents),
            exports=ExportService(catalogue),
            imports=ImportService(assets, catalogue, documents, batch, path / "imports"),
            losses=LossService(None, repository),
            migration=MigrationService(repository, catalogue, documents),
            scenarios=ScenarioService(
                self.shipped, path / "checkpoints", catalogue, documents, batch
            ),
            views=ViewService(documents, catalogue),
            tours=shared.tours.over(assets),
            live=shared.live.beside(catalogue, folder.name),
        )


def sweep(shared: "Basket") -> None:
    """Remove the copies that nobody has looked at for long; their owners' tours are left, too."""
    for person in shared.copies.sweep():
        try:
            shared.tours.leave(person)
        except StoreUnavailable:
            # Then a fresh copy is made when they come back.
            continue
