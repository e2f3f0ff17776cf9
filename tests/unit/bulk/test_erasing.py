"""Assets deleted for good: from the bin alone, by a presenter alone, and nothing is left."""

import pytest

from services.assets.service import AssetService
from services.bulk.service import BulkJob, BulkService
from services.errors import AssetNotFound, Conflict, NotAllowed, NotInBin, StoreUnavailable
from services.model.query import BIN, AssetQuery
from services.store.read_model.catalogue import Catalogue
from tests.fakes.assets import entered
from tests.fakes.store import MemoryDocuments, MemoryRepository, MemorySource, MemoryStore


class Desk:
    """A basket with its services, and another process's view of the same store."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.repository = MemoryRepository(self.store)
        catalogue = Catalogue(MemorySource(self.store))
        self.assets = AssetService(self.repository, catalogue)
        self.bulk = BulkService(self.assets, catalogue, MemoryDocuments(self.store), (0.0,))
        self.elsewhere = AssetService(self.repository, Catalogue(MemorySource(self.store)))

    def bin(self, *names: str) -> list[str]:
        """Put assets of these names into the bin."""
        added = [self.assets.add(entered(name=name), by="Ada").identifier for name in names]
        for identifier in added:
            self.assets.bin(identifier, by="Ada")
        return added

    def erase(self, identifiers: list[str], name: str = "job") -> BulkJob:
        chosen = self.bulk.versions(identifiers, binned=True)
        job = self.bulk.erase_all(chosen, by="Ada", name=name, role="presenter")
        job.join(60)
        return job


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_nothing_is_left_of_it_here_and_elsewhere(desk: Desk) -> None:
    gone, kept = desk.bin("Gold", "Silver")
    assert desk.elsewhere.browse(BIN).total == 2

    was = desk.assets.erase(gone, role="presenter")

    assert was.name == "Gold"
    assert [asset.identifier for asset in desk.assets.browse(BIN).items] == [kept]
    assert [asset.identifier for asset in desk.elsewhere.browse(BIN).items] == [kept]
    assert {event.asset.identifier for event in desk.assets.activity(100)} == {kept}
    for service in (desk.assets, desk.elsewhere):
        with pytest.raises(AssetNotFound):
            service.open(gone)
    assert len(desk.store.items) == 1


def test_only_what_is_in_the_bin_can_be_deleted_for_good(desk: Desk) -> None:
    there = desk.assets.add(entered(), by="Ada")

    with pytest.raises(NotInBin, match="Move it there first"):
        desk.assets.erase(there.identifier, role="presenter")

    assert desk.assets.get(there.identifier) == there


def test_what_has_changed_since_it_was_read_is_not_deleted(desk: Desk) -> None:
    [identifier] = desk.bin("Gold")
    read = desk.assets.get(identifier).version
    desk.assets.restore(identifier, by="Bob")
    desk.assets.bin(identifier, by="Bob")

    with pytest.raises(Conflict):
        desk.assets.erase(identifier, version=read, role="presenter")

    assert desk.assets.get(identifier).version == read + 2


def test_a_guest_deletes_neither_one_nor_many(desk: Desk) -> None:
    [identifier] = desk.bin("Gold")
    chosen = desk.bulk.versions([identifier], binned=True)

    with pytest.raises(NotAllowed):
        desk.assets.erase(identifier, role="guest")
    with pytest.raises(NotAllowed):
        desk.bulk.erase_all(chosen, by="Eve", name="job", role="guest")

    assert desk.assets.browse(BIN).total == 1


def test_many_are_deleted_at_once_and_once(desk: Desk) -> None:
    chosen = desk.bin(*(f"Asset {number}" for number in range(30)))
    desk.assets.add(entered(name="Kept"), by="Ada")

    job = desk.erase(chosen)

    assert (job.progress.done, len(job.progress.changed), job.progress.same) == (30, 30, 0)
    assert desk.elsewhere.browse(BIN).total == 0
    assert desk.elsewhere.browse(AssetQuery()).total == 1
    assert desk.erase(chosen) is job


def test_a_guest_cannot_have_a_job_of_the_presenters_go_on(desk: Desk) -> None:
    chosen = desk.bin("Gold", "Silver")
    desk.store.away = True
    versions = dict.fromkeys(chosen, 2)
    job = desk.bulk.erase_all(versions, by="Ada", name="job", role="presenter")
    job.join(60)
    assert (job.progress.done, job.problem) == (0, str(StoreUnavailable()))
    desk.store.away = False

    with pytest.raises(NotAllowed):
        desk.bulk.go_on(job, role="guest")
    desk.bulk.go_on(job, role="presenter")
    job.join(60)

    assert len(job.progress.changed) == 2


def test_what_is_gone_or_back_already_is_no_problem(desk: Desk) -> None:
    gone, back, last = desk.bin("Gold", "Silver", "Lead")
    chosen = desk.bulk.versions([gone, back, last], binned=True)
    desk.assets.erase(gone, role="presenter")
    desk.assets.restore(back, by="Bob")

    job = desk.bulk.erase_all(chosen, by="Ada", name="job", role="presenter")
    job.join(60)

    came = job.progress
    assert (len(came.changed), came.same, [left.name for left in came.overtaken]) == (
        1,
        1,
        ["Silver"],
    )
    assert desk.assets.get(back).name == "Silver"
