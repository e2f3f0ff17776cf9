"""A session that begins with a scenario: both, or neither, or told what became of the assets."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from app.bootstrap import SCENARIOS
from services.access import Role
from services.errors import InvalidSession, NotAllowed, StoreUnavailable
from services.scenarios.checkpoints import CheckpointNotFound
from services.scenarios.locking import Busy, exclusive_lock
from services.scenarios.service import ScenarioService
from services.scenarios.shipped import Shipped
from services.sessions.beginning import Beginning, NotBegun, begin
from services.store.attributes import Item
from tests.fakes.store import MemoryBatch, MemoryStore
from tests.fakes.talk import Talk

CODE = "AAA-AAA"


class Failing(MemoryBatch):
    """A batch over a store that goes away after its first writes."""

    fails = False

    def put(self, items: Iterable[Item]) -> int:
        there = list(items)
        done = super().put(there[:1])
        self._store.away = self.fails
        return done + super().put(there[1:])


class Start:
    """A presenter who is about to begin."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.talk = Talk(MemoryStore())
        self.batch = Failing(self.talk.store)
        self.scenarios = ScenarioService(
            Shipped(SCENARIOS), folder, self.talk.catalogue, self.talk.documents, self.batch
        )

    def begin(self, scenario: str = "", title: str = "Review", role: Role = "presenter") -> None:
        wanted = Beginning(title, "", CODE, scenario)
        begin(self.talk.sessions, self.scenarios, wanted, by="Pat", role=role)

    @property
    def count(self) -> int:
        """How many assets there are."""
        return sum(key.startswith("ASSET#") for key in self.talk.store.items)

    @property
    def is_live(self) -> bool:
        return self.talk.another().sessions.live() is not None


@pytest.fixture
def start(tmp_path: Path) -> Start:
    return Start(tmp_path)


def test_a_scenario_is_loaded_before_the_session_begins_and_can_be_undone(start: Start) -> None:
    start.begin("starter")
    assert (start.count, start.is_live) == (3, True)
    start.scenarios.undo(by="Pat", role="presenter")
    assert (start.count, start.is_live) == (0, True)


def test_without_a_scenario_the_assets_stay(start: Start) -> None:
    start.scenarios.load("starter", by="Pat", role="presenter")
    start.begin()
    assert (start.count, start.is_live) == (3, True)


def test_a_double_click_loads_and_begins_once(start: Start) -> None:
    start.begin("starter")
    start.begin("starter")
    assert len([one for one in start.scenarios.checkpoints() if one.automatic]) == 1
    assert [one.version for one in start.talk.sessions.all()] == [1]


def test_what_no_session_can_be_called_replaces_nothing(start: Start) -> None:
    with pytest.raises(InvalidSession):
        start.begin("starter", title=" ")
    assert (start.count, start.is_live) == (0, False)


def test_what_is_not_there_or_busy_begins_nothing(start: Start) -> None:
    with pytest.raises(CheckpointNotFound):
        start.begin("forgotten")
    with exclusive_lock(start.folder), pytest.raises(Busy):
        start.begin("starter")
    assert (start.count, start.is_live) == (0, False)


def test_a_store_that_goes_away_halfway_is_told_and_starting_again_goes_on(start: Start) -> None:
    start.scenarios.load("starter", by="Pat", role="presenter")
    start.batch.fails = True
    with pytest.raises(NotBegun, match="has not begun"):
        start.begin("portfolio")
    start.batch.fails = start.talk.store.away = False
    assert not start.is_live
    start.begin("portfolio")
    assert (start.count, start.is_live) == (61, True)
    start.scenarios.undo(by="Pat", role="presenter")
    assert start.count == 3


def test_a_store_that_goes_away_before_the_session_says_that_the_assets_are_replaced(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def go_away(*_: object, **__: object) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(start.talk.sessions, "start", go_away)
        with pytest.raises(NotBegun, match="The assets are replaced"):
            start.begin("starter")
        with pytest.raises(StoreUnavailable):
            start.begin()
    start.begin("starter")
    assert start.is_live


def test_a_guest_begins_nothing(start: Start) -> None:
    with pytest.raises(NotAllowed):
        start.begin("starter", title=" ", role="guest")
    assert (start.count, start.is_live) == (0, False)
