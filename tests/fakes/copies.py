"""Copies of one's own over a store in memory."""

from dataclasses import replace
from pathlib import Path

from app import bootstrap
from app.bootstrap import Basket
from services.assets import AssetService
from services.copies.room import Room
from services.copies.service import CopyService
from services.exporting import ExportService
from services.scenarios.shipped import Shipped
from services.store.catalogue import Catalogue
from services.store.items import loads
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore


def with_copies(shared: Basket, folder: Path) -> Basket:
    """The same basket, of which people can have copies; what they change there is assets alone."""
    return replace(shared, copies=CopyService(folder, _Maker(shared)))


class _Maker:
    def __init__(self, shared: Basket) -> None:
        self._shared = shared

    def make(self, room: Room, scenario: str) -> Basket:
        store = MemoryStore()
        for line in (Shipped(bootstrap.SCENARIOS).lines(scenario) or {}).values():
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
