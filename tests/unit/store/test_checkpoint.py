"""The copy on disk for a Moto that forgets."""

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from services.assets.recovery import LossService
from services.store.assets.items import to_item
from services.store.attributes import Item
from services.store.read_model import checkpoint
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.checkpoint import Checkpoint
from tests.fakes.assets import stored
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore
from tests.integration.stores import eventually

SESSION: Item = {"PK": {"S": "SESSION#able-fox"}, "SK": {"S": "META"}, "title": {"S": "Review 🙂"}}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> MemoryStore:
    monkeypatch.setattr(checkpoint, "_PAUSE_SECONDS", 0.0)
    made = MemoryStore()
    made.put(to_item(stored("one")))
    made.put(SESSION)
    return made


def copied(folder: Path, store: MemoryStore) -> Checkpoint:
    """A checkpoint with a copy of the store."""
    made = Checkpoint(folder)
    Catalogue(MemorySource(store), made).read()
    copy = folder / "checkpoint.jsonl"
    assert eventually(lambda: copy.exists() and len(copy.read_text().splitlines()) == 2)
    return made


def test_what_a_store_has_forgotten_is_offered_and_put_back(
    tmp_path: Path, store: MemoryStore
) -> None:
    kept = copied(tmp_path, store)
    empty = MemoryStore()
    catalogue = Catalogue(MemorySource(empty), kept)
    catalogue.read()

    losses = LossService(kept, MemoryRepository(empty))
    loss = losses.look()
    assert loss is not None
    assert (loss.assets, loss.others) == (1, 1)

    losses.restore(role="presenter")

    assert losses.look() is None
    assert catalogue.read().keys() == ["ASSET#one|META"]
    assert catalogue.others("SESSION#") == [SESSION]


def test_what_has_come_since_is_not_overwritten(tmp_path: Path, store: MemoryStore) -> None:
    kept = copied(tmp_path, store)
    empty = MemoryStore()
    Catalogue(MemorySource(empty), kept).read()
    newer = {**SESSION, "title": {"S": "Another"}}
    empty.put(newer)

    LossService(kept, MemoryRepository(empty)).restore(role="presenter")

    assert empty.items["SESSION#able-fox|META"] == newer


def test_a_store_that_has_everything_has_lost_nothing(tmp_path: Path, store: MemoryStore) -> None:
    kept = copied(tmp_path, store)
    Catalogue(MemorySource(store), kept).read()

    assert kept.loss is None


def test_damaged_lines_of_the_copy_are_left_out(tmp_path: Path, store: MemoryStore) -> None:
    copied(tmp_path, store)
    copy = tmp_path / "checkpoint.jsonl"
    copy.write_bytes(b"\xff\n[1]\n{}\n" + copy.read_bytes() + b'{"PK": {"S": "ASS')
    empty = Catalogue(MemorySource(MemoryStore()), Checkpoint(tmp_path))

    assert len(empty.read()) == 0
    loss = Checkpoint(tmp_path).loss
    assert loss is not None
    assert (loss.assets, loss.others) == (1, 1)


def test_a_disk_that_was_full_is_tried_again(
    tmp_path: Path, store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, whole = checkpoint._write, threading.Event()

    def once_full(path: Path, lines: Sequence[str]) -> None:
        if not whole.is_set():
            whole.set()
            raise OSError(28, "No space left on device")
        written(path, lines)

    monkeypatch.setattr(checkpoint, "_write", once_full)
    catalogue = Catalogue(MemorySource(store), Checkpoint(tmp_path))
    catalogue.read()
    assert whole.wait(10)

    store.put(to_item(stored("two")))
    catalogue.read()

    assert eventually((tmp_path / "checkpoint.jsonl").exists)
