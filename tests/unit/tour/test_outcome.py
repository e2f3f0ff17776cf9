"""Outcomes of a demo's steps: each part that is said has to hold."""

import pytest

from services.assets.service import AssetService
from services.store.read_model.catalogue import Catalogue
from services.tour.outcome import PageObservation, reached
from services.tour.script import Outcome
from tests.fakes.assets import entered
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore

GOLD = {"name": "Gold", "tag": "ISA"}


@pytest.fixture
def assets() -> AssetService:
    store = MemoryStore()
    made = AssetService(MemoryRepository(store), Catalogue(MemorySource(store)))
    made.add(entered(name="Gold"), by="Ada")
    made.bin(made.add(entered(name="Lead"), by="Ada").identifier, by="Ada")
    return made


@pytest.mark.parametrize(
    ("outcome", "is_so"),
    [
        (Outcome(asset=GOLD), True),
        (Outcome(asset=GOLD | {"tag": "SIPP"}), False),
        (Outcome(asset={"name": "Gol"}), False),
        (Outcome(asset=GOLD, binned=True), False),
        (Outcome(asset={"name": "Lead"}), False),
        (Outcome(asset={"name": "Lead"}, binned=True), True),
        (Outcome(page="asset"), False),
        (Outcome(page="browse", filters={"q": "gold"}), True),
        (Outcome(filters={"tag": ["SIPP", "ISA"]}), True),
        (Outcome(filters={"tag": "ISA"}), False),
        (Outcome(page="browse", asset={"name": "Lead"}), False),
        (Outcome(shows="Gold"), True),
    ],
)
def test_an_outcome_is_reached_when_all_of_it_is_so(
    assets: AssetService, outcome: Outcome, is_so: bool
) -> None:
    sight = PageObservation("browse", {"q": ["Gold"], "tag": ["ISA", "SIPP"]}, shows=True)

    assert reached(outcome, sight, assets) is is_so


def test_a_text_that_is_not_to_be_seen_is_no_outcome(assets: AssetService) -> None:
    assert not reached(Outcome(shows="Gold", asset=GOLD), PageObservation("browse"), assets)
