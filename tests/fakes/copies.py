"""Copies of one's own over a store in memory."""

from dataclasses import replace
from pathlib import Path

from app.basket import Basket
from app.bootstrap import SCENARIOS
from services.assets.exporting import ExportService
from services.assets.service import AssetService
from services.sandbox.sandbox import SandboxFolder
from services.sandbox.service import SandboxService
from services.scenarios.shipped import Shipped
from services.store.attributes import loads
from services.store.read_model.catalogue import Catalogue
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore


def with_copies(shared: Basket, folder: Path) -> Basket:
    """The same basket, of which people can have copies; what they change there is assets alone."""
    return replace(shared, copies=SandboxService(folder, _Maker(shared)))


class _Maker:
    def __init__(self, shared: Basket) -> None:
        self._shared = shared

    def make(self, room: SandboxFolder, scenario: str) -> Basket:
        store = MemoryStore()
        for line in (Shipped(SCENARIOS).lines(scenario) or {}).values():
            store.put(loads(line))
        catalogue = Catalogue(MemorySource(store))
        assets = AssetService(MemoryRepository(store), catalogue)
        return replace(
            self._shared,
            copy=room.name,
            catalogue=catalogue,
            assets=assets,
            exports=ExportService(catalogue),
            tours=self._shared.tours.over(assets),
            live=self._shared.live.beside(catalogue, room.name),
        )

    def remove(self, name: str) -> None:
        """There is no table."""
