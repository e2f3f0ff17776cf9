"""Scenarios over a real Moto: what the pages of this app and of another one see meanwhile."""

import threading
from contextlib import suppress
from pathlib import Path

import pytest

from app.bootstrap import SCENARIOS
from services.assets.service import AssetService
from services.errors import BasketError
from services.model.query import EVERYTHING
from services.scenarios.crowded import crowded
from services.scenarios.lines import by_key, write_lines
from services.scenarios.service import NOW, ScenarioService
from services.scenarios.shipped import Shipped
from services.store.assets.batch import BatchWriter
from services.store.documents.documents import DocumentRepository
from services.store.read_model import catalogue
from services.store.read_model.catalogue import Catalogue
from services.store.table import asset_key, key_of
from tests.integration.stores import Real, eventually

COUNT = 200


class App:
    """What one process has of a store."""

    def __init__(self, store: Real, folder: Path) -> None:
        self.catalogue = Catalogue(store.source())
        self.scenarios = ScenarioService(
            Shipped(SCENARIOS),
            folder,
            self.catalogue,
            DocumentRepository(store.gateway, store.table),
            BatchWriter(store.gateway, store.table),
        )

    @property
    def seen(self) -> tuple[int, int]:
        """How many assets its pages show, in the basket and in the bin."""
        columns = self.catalogue.read()
        binned = columns.everything(binned=True)
        return columns.everything(), binned


class Onlooker(threading.Thread):
    """Looks at the pages of an app all the time."""

    def __init__(self, app: App) -> None:
        super().__init__(daemon=True)
        self.app = app
        self.saw = {app.seen}
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            self.saw.add(self.app.seen)


@pytest.fixture
def store(durable_url: str) -> Real:
    return Real(durable_url)


def test_no_page_of_any_app_ever_shows_a_mixture(
    store: Real, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How long another app waits before it looks whether all of it has come.
    monkeypatch.setattr(catalogue, "_PAUSE_SECONDS", 0.1)
    write_lines(tmp_path / "many.jsonl", by_key(crowded(COUNT)))
    here, elsewhere = App(store, tmp_path), App(store, tmp_path)
    onlookers = [Onlooker(here), Onlooker(elsewhere)]
    for onlooker in onlookers:
        onlooker.start()

    for name in ("portfolio", "many", "portfolio"):
        here.scenarios.load(name, by="Ada", role="presenter")
        assert eventually(lambda: elsewhere.seen == here.seen)
    for expected in ((COUNT, 0), (59, 2)):
        here.scenarios.undo(by="Ada", role="presenter")
        assert here.seen == expected
        assert eventually(lambda: elsewhere.seen == here.seen)

    for onlooker in onlookers:
        onlooker.over.set()
        onlooker.join()
        assert onlooker.saw <= {(0, 0), (59, 2), (COUNT, 0)}
    assert (
        here.scenarios.state(NOW)
        == elsewhere.scenarios.state(NOW)
        == here.scenarios.state("portfolio")
    )


def test_an_edit_that_was_acknowledged_while_everything_is_replaced_is_there_or_can_be_gone_back_to(
    store: Real, tmp_path: Path
) -> None:
    write_lines(tmp_path / "many.jsonl", by_key(crowded(500)))
    here, elsewhere = App(store, tmp_path), App(store, tmp_path)
    here.scenarios.load("many", by="Ada", role="presenter")
    identifiers = elsewhere.catalogue.read().identifiers(EVERYTHING)
    assets = AssetService(store.repository, elsewhere.catalogue)
    acknowledged: dict[str, str] = {}
    over = threading.Event()

    def edit(some: list[str]) -> None:
        for identifier in some:
            if over.is_set():
                return
            with suppress(BasketError):
                version, tag = assets.get(identifier).version, f"mine {identifier}"
                assets.set_fields(identifier, {"tag": tag}, version=version, by="Eve", draft=tag)
                acknowledged[identifier] = tag

    clients = [threading.Thread(target=edit, args=(identifiers[n::3],)) for n in range(3)]
    for client in clients:
        client.start()
    assert eventually(lambda: len(acknowledged) > 5)
    last = here.scenarios.load("portfolio", by="Ada", role="presenter")
    over.set()
    for client in clients:
        client.join()

    there = {**here.scenarios.state(last.before), **here.scenarios.state(NOW)}
    lost = {i for i, tag in acknowledged.items() if tag not in there[key_of(asset_key(i))]}
    assert not lost
