"""Scenarios and checkpoints over a store in memory: what is replaced, kept, told and undone."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.bootstrap import SCENARIOS
from app.demo.__main__ import COMMANDS, NotUndone
from services.assets.service import AssetService
from services.errors import InvalidName, StoreUnavailable
from services.jobs.job import Progress
from services.model.current import current
from services.model.query import BIN, EVERYTHING
from services.scenarios.checkpoints import CheckpointNotFound
from services.scenarios.comparing import IN_THE_BIN, gone_with, in_the_bin
from services.scenarios.lines import Lines, UnreadableFile, read_lines
from services.scenarios.locking import Busy, exclusive_lock
from services.scenarios.replacement import Replacement
from services.scenarios.service import NOW, NothingToUndo, ScenarioService
from services.scenarios.shipped import SHIPPED, Shipped
from services.store.assets.items import from_item, to_item
from services.store.attributes import Item, dumps, loads
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.checkpoint import Checkpoint
from services.store.read_model.visibility import KEY, PK, RUNNING
from services.store.table import META
from tests.fakes.assets import NOON, entered, stored
from tests.fakes.store import (
    MemoryBatch,
    MemoryDocuments,
    MemoryRepository,
    MemorySource,
    MemoryStore,
)
from tests.integration.stores import eventually


@dataclass
class Basket:
    """An app's services over a store that others may share."""

    folder: Path
    store: MemoryStore = field(default_factory=MemoryStore)
    copy: Checkpoint | None = None

    def __post_init__(self) -> None:
        self.catalogue = Catalogue(MemorySource(self.store), self.copy)
        self.assets = AssetService(MemoryRepository(self.store), self.catalogue)
        self.documents = MemoryDocuments(self.store)
        batch = MemoryBatch(self.store)
        shipped = Shipped(SCENARIOS)
        parts = (shipped, self.folder, self.catalogue, self.documents, batch)
        self.scenarios = ScenarioService(*parts)

    @property
    def lines(self) -> dict[str, str]:
        """The assets in the store."""
        items = self.store.items.items()
        return {key: dumps(item) for key, item in items if key.startswith("ASSET#")}

    @property
    def seen(self) -> int:
        """How many assets its pages show."""
        return self.assets.browse(EVERYTHING).everything


@pytest.fixture
def basket(tmp_path: Path) -> Basket:
    return Basket(tmp_path)


@pytest.mark.parametrize("name", [scenario.name for scenario in SHIPPED])
def test_every_scenario_is_sound_and_the_same_each_time(name: str, basket: Basket) -> None:
    first, again = basket.scenarios.state(name), basket.scenarios.state(name)

    assert first == again
    for line in [*first.values()][:100]:
        found = from_item(loads(line)).asset
        assert not found.fit.needs_attention
        current().input.model_validate(found.plain(), extra="ignore")


def test_the_scenarios_hold_what_they_promise(basket: Basket) -> None:
    sizes = {each.name: len(basket.scenarios.state(each.name)) for each in SHIPPED}

    assert sizes == {"empty": 0, "starter": 3, "portfolio": 61, "crowded": 5000, "edge": 33}
    assert in_the_bin(basket.scenarios.state("portfolio")) == 2


def test_a_scenario_replaces_everything_and_one_step_brings_it_back(basket: Basket) -> None:
    kept = basket.assets.add(entered(name="Kept"), by="Ada")
    binned = basket.assets.add(entered(name="Binned"), by="Ada")
    basket.assets.bin(binned.identifier, by="Ada")
    before = basket.lines

    basket.scenarios.load("starter", by="Ada", role="presenter")
    assert basket.lines == basket.scenarios.state("starter")
    assert basket.seen == 3
    assert basket.assets.browse(BIN).everything == 0

    basket.scenarios.undo(by="Ada", role="presenter")
    assert basket.lines == before
    assert basket.assets.get(kept.identifier).name == "Kept"
    basket.scenarios.undo(by="Ada", role="presenter")
    assert basket.lines == basket.scenarios.state("starter")


def test_an_edit_is_gone_after_a_reset_though_its_version_was_higher(basket: Basket) -> None:
    basket.scenarios.load("starter", by="Ada", role="presenter")
    identifier = basket.catalogue.read().identifiers(EVERYTHING)[0]
    for name in ("One", "Two"):
        version = basket.assets.get(identifier).version
        basket.assets.set_fields(identifier, {"name": name}, version=version, by="x", draft=name)

    last = basket.scenarios.last()
    assert last is not None
    basket.scenarios.load(last.to, by="Ada", role="presenter")

    assert "Two" not in [asset.name for asset in basket.assets.browse(EVERYTHING).items]


def test_views_and_feedback_stay(basket: Basket) -> None:
    basket.documents.change("VIEWS", "mine", lambda _: {"name": "mine"})

    basket.scenarios.load("empty", by="Ada", role="presenter")

    assert basket.documents.get("VIEWS", "mine") is not None


def test_a_checkpoint_is_importable_and_diffable(basket: Basket, tmp_path: Path) -> None:
    basket.scenarios.load("edge", by="Ada", role="presenter")

    called = basket.scenarios.save("  before/the  \u202edemo ☕ ", role="presenter")
    assert called == "before/the demo ☕"
    (file,) = [path for path in tmp_path.glob("*.jsonl") if "☕" in path.name]

    assert file.read_text("utf-8") == (SCENARIOS / "edge.jsonl").read_text("utf-8")
    assert basket.scenarios.checkpoints()[0].name == "before/the demo ☕"
    assert basket.scenarios.compare(NOW, "before/the demo ☕").is_empty


def test_a_checkpoint_is_not_overwritten_but_can_be_removed(basket: Basket) -> None:
    basket.scenarios.save("First", role="presenter")
    with pytest.raises(InvalidName, match="taken"):
        basket.scenarios.save("first ", role="presenter")
    basket.scenarios.remove("First", role="presenter")
    basket.scenarios.save("first", role="presenter")


def test_what_is_replaced_on_purpose_is_not_taken_for_lost(tmp_path: Path) -> None:
    copy = Checkpoint(tmp_path)
    basket = Basket(tmp_path, copy=copy)
    basket.scenarios.load("portfolio", by="Ada", role="presenter")
    assert eventually(lambda: len(copy._items(copy._latest)) == 61)

    basket.scenarios.load("starter", by="Ada", role="presenter")

    assert copy.loss is None


@pytest.mark.parametrize("name", ["", "x" * 61, "Now", "portfolio", "↩ it all"])
def test_a_checkpoint_cannot_have_such_a_name(name: str, basket: Basket) -> None:
    with pytest.raises(InvalidName):
        basket.scenarios.save(name, role="presenter")


def test_two_states_are_compared_field_by_field(basket: Basket) -> None:
    kept, gone = (basket.assets.add(entered(name=name), by="Ada") for name in ("Kept", "Gone"))
    basket.scenarios.save("first", role="presenter")
    patch = {"name": "Renamed", "ccy": "USD"}
    basket.assets.set_fields(kept.identifier, patch, version=1, by="Ada", draft="d")
    basket.assets.bin(kept.identifier, by="Ada")
    basket.store.delete(f"ASSET#{gone.identifier}|META")
    basket.assets.add(entered(name="New"), by="Ada")

    found = basket.scenarios.compare("first", NOW)

    assert [found.name(key) for key in found.added] == ["New"]
    assert [found.name(key) for key in found.removed] == ["Gone"]
    ((name, fields),) = [(each.name, each.fields) for each in found.differences()]
    assert name == "Renamed"
    assert {each.field: (each.before, each.after) for each in fields} == {
        "name": ("Kept", "Renamed"),
        "ccy": ("GBP", "USD"),
        IN_THE_BIN: (False, True),
    }


def test_two_checkpoints_are_compared_whatever_is_there_now(basket: Basket) -> None:
    added = basket.assets.add(entered(name="First"), by="Ada")
    basket.scenarios.save("morning", role="presenter")
    basket.assets.set_fields(added.identifier, {"name": "Second"}, version=1, by="Ada", draft="d")
    basket.scenarios.save("evening", role="presenter")
    basket.scenarios.load("empty", by="Ada", role="presenter")

    found = basket.scenarios.compare("morning", "evening")

    ((name, fields),) = [(each.name, each.fields) for each in found.differences()]
    assert name == "Second"
    assert [(each.field, each.before, each.after) for each in fields] == [
        ("name", "First", "Second")
    ]
    back = basket.scenarios.compare("evening", "morning").differences()
    assert [each.fields[0].after for each in back] == ["First"]


def test_what_is_not_there_cannot_be_loaded_or_undone(basket: Basket) -> None:
    with pytest.raises(CheckpointNotFound, match="portfolio"):
        basket.scenarios.load("../../etc/passwd", by="Ada", role="presenter")
    with pytest.raises(NothingToUndo):
        basket.scenarios.undo(by="Ada", role="presenter")


def test_a_file_with_a_mistake_is_told_by_its_line(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text((SCENARIOS / "starter.jsonl").read_text("utf-8") + '{"Item": 7}\n')

    with pytest.raises(UnreadableFile, match=r"Line 4 of x\.jsonl"):
        read_lines(file)


def test_two_replacements_do_not_meet(basket: Basket, tmp_path: Path) -> None:
    with exclusive_lock(tmp_path), pytest.raises(Busy):
        basket.scenarios.load("starter", by="Ada", role="presenter")


def test_nobody_writes_into_a_replacement(basket: Basket) -> None:
    with basket.catalogue.replaced(), pytest.raises(StoreUnavailable):
        basket.assets.add(entered(), by="Ada")
    basket.assets.add(entered(), by="Ada")


def test_the_old_assets_are_shown_until_the_new_ones_are_complete(basket: Basket) -> None:
    basket.scenarios.load("starter", by="Ada", role="presenter")
    assert basket.seen == 3

    with basket.catalogue.replaced():
        basket.store.put(to_item(stored("half")))
        assert basket.seen == 3
    assert basket.seen == 4


def test_what_another_process_replaces_is_shown_once_it_is_complete(
    basket: Basket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.store.read_model.visibility._PATIENCE_SECONDS", 600.0)
    other = Basket(basket.folder, basket.store)
    assert other.seen == 0
    about = Replacement(name="", to="starter", before="before", by="Ada", at=NOON)
    basket.documents.change(PK, META, lambda _: about.document.body)
    basket.store.put(to_item(stored("half")))
    assert other.seen == 0
    basket.store.put(to_item(stored("whole")))
    basket.documents.change(PK, META, lambda _: about.but(state="done").document.body)
    assert eventually(lambda: other.seen == 2)


class Killed(Exception):  # noqa: N818 - says what has happened
    """As if the power were cut."""


class Mortal(MemoryBatch):
    """Dies after so many items."""

    left = 30

    def _live(self, things: Iterable[Item]) -> Iterator[Item]:
        for thing in things:
            if not self.left:
                raise Killed
            self.left -= 1
            yield thing

    def put(self, items: Iterable[Item]) -> int:
        return super().put(self._live(items))

    def delete(self, keys: Iterable[Item]) -> int:
        return super().delete(self._live(keys))


@pytest.mark.parametrize("survived", [5, 63])
def test_who_died_over_it_is_taken_up_at_the_next_start(basket: Basket, survived: int) -> None:
    basket.scenarios.load("starter", by="Ada", role="presenter")
    mine = basket.assets.add(entered(name="Mine"), by="Ada")
    before = basket.lines
    mortal = Mortal(basket.store)
    mortal.left = survived
    basket.scenarios._replacer = type(basket.scenarios._replacer)(
        mortal, basket.scenarios._checkpoints
    )
    with pytest.raises(Killed):
        basket.scenarios.load("portfolio", by="Ada", role="presenter")

    later = Basket(basket.folder, basket.store)
    since = later.assets.add(entered(name="Since"), by="Ada")
    assert later.scenarios.go_on() is not None
    assert later.scenarios.go_on() is None

    wanted = {**later.scenarios.state("portfolio"), f"ASSET#{since.identifier}|META": ...}
    assert set(later.lines) == set(wanted)
    later.scenarios.undo(by="Ada", role="presenter")
    assert later.lines == before
    assert mine.identifier in later.catalogue.read().identifiers(EVERYTHING)


@pytest.mark.parametrize("place", [0, 250, 499])
@pytest.mark.parametrize("to", [{}, None], ids=["deleted", "written over"])
def test_what_somebody_changed_at_the_last_moment_can_be_gone_back_to(
    basket: Basket, place: int, to: Lines | None
) -> None:
    for number in range(500):
        basket.store.put(to_item(stored(f"{number:03}")))
    scenarios, lines = basket.scenarios, list(basket.lines.items())
    target = {key: line.replace("ISA", "SIPP") for key, line in lines} if to is None else to
    watch = MemoryBatch(basket.store).watch()
    there = scenarios.state(NOW)
    key, line = lines[place]
    edited = {**loads(line), "tag": {"S": "edited by another program"}}
    basket.store.put(edited)
    scenarios._checkpoints._write("it", there)

    for step in scenarios._replacer.replace(Progress(), watch, there, there, target, "it"):
        step()

    assert basket.lines == target
    assert scenarios.state("it") == {**there, key: dumps(edited)}


def test_what_was_done_since_a_replacement_is_told_before_it_is_undone(basket: Basket) -> None:
    last = basket.scenarios.load("starter", by="Ada", role="presenter")
    assert gone_with(basket.scenarios.since(last)) == ""
    basket.assets.add(entered(), by="Ada")
    identifier = basket.catalogue.read().identifiers(EVERYTHING)[-1]
    basket.assets.set_fields(identifier, {"tag": "x"}, version=1, by="Ada", draft="d")

    since = basket.scenarios.since(last)

    assert since is not None
    assert gone_with(since) == "Since then: 1 added and 1 changed. That goes."
    with pytest.raises(NotUndone, match="undo --yes"):
        COMMANDS["undo"](basket.scenarios, Namespace(yes=False))
    assert len(basket.lines) == 4
    COMMANDS["undo"](basket.scenarios, Namespace(yes=True))
    assert basket.lines == {}


def test_nobody_writes_who_sees_another_app_replace_everything(
    basket: Basket, tmp_path: Path
) -> None:
    basket.scenarios.load("starter", by="Ada", role="presenter")
    other = Basket(tmp_path, basket.store)
    other.assets.browse(EVERYTHING)
    last = basket.scenarios.last()
    assert last is not None
    document = last.but(state=RUNNING).document
    basket.documents.change(document.pk, document.sk, lambda _: document.body)
    other.assets.browse(EVERYTHING)

    with pytest.raises(StoreUnavailable, match="being replaced"):
        other.assets.add(entered(), by="Eve")
    assert len(basket.lines) == 3


def test_the_table_says_what_was_loaded_and_by_whom(basket: Basket) -> None:
    basket.scenarios.load("starter", by="Ada", role="presenter")

    last = basket.scenarios.last()

    assert last is not None
    assert (last.to, last.by, last.state) == ("starter", "Ada", "done")
    assert basket.scenarios.can_undo(last)
    assert KEY in basket.store.items
