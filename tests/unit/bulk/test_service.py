"""One change to many assets: each once, none against somebody else's will, and back again."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from services.assets.service import AssetService
from services.bulk.records import BulkRecord, BulkRecords
from services.bulk.service import BulkJob, BulkService
from services.errors import StoreUnavailable
from services.jobs import runner
from services.model.asset import AssetInput
from services.model.current import current, model_of, using
from services.model.query import AssetQuery
from services.model.record import Asset
from services.store.assets.items import Stored
from services.store.read_model.catalogue import Catalogue
from tests.fakes.assets import entered
from tests.fakes.rich import Rich
from tests.fakes.store import MemoryDocuments, MemoryRepository, MemorySource, MemoryStore


def nothing(_: str) -> None:
    """What happens around a write unless a test says otherwise."""


class Watched(MemoryRepository):
    """Lets a test do something between a job's reading and writing of an asset, or after it."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store)
        self.before_put: Callable[[str], None] = nothing
        self.after_put: Callable[[str], None] = nothing

    def put(self, stored: Stored, expected: int | None) -> Stored:
        self.before_put(stored.asset.identifier)
        written = super().put(stored, expected)
        self.after_put(stored.asset.identifier)
        return written


class Desk:
    """A basket with its services."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.repository = Watched(self.store)
        self.catalogue = Catalogue(MemorySource(self.store))
        self.assets = AssetService(self.repository, self.catalogue)
        self.bulk = self.another()

    def another(self) -> BulkService:
        """What another app has over the same store."""
        documents = MemoryDocuments(self.store)
        return BulkService(self.assets, self.catalogue, documents, (0.0,))

    def fill(self, count: int, **other: Any) -> list[str]:
        return [
            self.assets.add(entered(name=f"Asset {n}", **other), by="Ada").identifier
            for n in range(count)
        ]

    def tag(self, identifiers: list[str], tag: str, name: str = "job") -> BulkJob:
        chosen = self.bulk.versions(identifiers)
        return ended(self.bulk.edit_all(chosen, {"tag": tag}, by="Bob", name=name))

    def tags(self, identifiers: list[str]) -> list[str]:
        return [self.assets.get(identifier).tag for identifier in identifiers]

    def writes(self) -> int:
        return sum(change.key.startswith("ASSET#") for change in self.store.changes)


def ended(job: BulkJob) -> BulkJob:
    job.join(60)
    assert not job.is_running
    return job


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_field_of_many_assets_becomes_the_same(desk: Desk) -> None:
    ids = desk.fill(5)
    before = desk.writes()

    job = desk.tag(ids[:4], "SIPP")

    assert desk.tags(ids) == ["SIPP"] * 4 + ["ISA"]
    assert (job.progress.done, job.progress.total, len(job.progress.changed)) == (4, 4, 4)
    assert desk.writes() - before == 4
    changed = desk.assets.open(ids[0])
    assert changed.asset.updated_by == "Bob"
    assert set(changed.changes[0].fields) == {"tag"}


def test_what_is_already_so_is_not_written_again(desk: Desk) -> None:
    ids = desk.fill(3)
    before = desk.writes()

    job = desk.tag(ids, "ISA")

    assert (job.progress.same, len(job.progress.changed)) == (3, 0)
    assert desk.writes() == before


def test_a_double_click_is_one_job(desk: Desk) -> None:
    ids = desk.fill(3)
    chosen = desk.bulk.versions(ids)

    first = desk.bulk.edit_all(chosen, {"tag": "SIPP"}, by="Bob", name="one form")
    second = desk.bulk.edit_all(chosen, {"tag": "SIPP"}, by="Bob", name="one form")

    assert first is second
    assert len(ended(first).progress.changed) == 3
    assert {desk.assets.get(identifier).version for identifier in ids} == {2}


def test_what_somebody_changes_meanwhile_is_left_and_said(desk: Desk) -> None:
    ids = desk.fill(3)
    chosen = desk.bulk.versions(ids)
    desk.assets.set_fields(ids[1], {"name": "Eve's"}, version=1, by="Eve", draft="hers")

    job = ended(desk.bulk.edit_all(chosen, {"tag": "SIPP"}, by="Bob", name="job"))

    assert desk.tags(ids) == ["SIPP", "ISA", "SIPP"]
    assert [(left.identifier, left.name, left.reason) for left in job.progress.overtaken] == [
        (ids[1], "Eve's", "Eve has changed it.")
    ]


def test_what_somebody_changes_between_reading_and_writing_is_left_too(desk: Desk) -> None:
    ids = desk.fill(2)
    chosen = desk.bulk.versions(ids)

    def interfere(identifier: str) -> None:
        desk.repository.before_put = nothing
        desk.assets.set_fields(identifier, {"name": "Eve's"}, version=1, by="Eve", draft="hers")

    desk.repository.before_put = interfere
    job = ended(desk.bulk.edit_all(chosen, {"tag": "SIPP"}, by="Bob", name="job"))

    assert [left.name for left in job.progress.overtaken] == ["Eve's"]
    assert desk.tags(ids) == ["ISA", "SIPP"]


def test_what_would_not_be_right_is_refused_with_the_reason(desk: Desk) -> None:
    ids = desk.fill(2)

    job = ended(desk.bulk.edit_all(desk.bulk.versions(ids), {"ccy": "XXL"}, by="Bob", name="job"))

    assert [left.name for left in job.progress.refused] == ["Asset 0", "Asset 1"]
    assert "XXL" in job.progress.refused[0].reason
    assert not job.progress.changed


def test_what_is_gone_for_good_is_said(desk: Desk) -> None:
    ids = desk.fill(2)
    chosen = desk.bulk.versions(ids)
    desk.store.delete(f"ASSET#{ids[0]}|META")

    job = ended(desk.bulk.bin_all(chosen, by="Bob", name="job"))

    assert [left.reason for left in job.progress.overtaken] == ["It is no longer there."]
    assert list(job.progress.changed) == ids[1:]


def test_binned_together_restored_together(desk: Desk) -> None:
    ids = desk.fill(3)
    binned = ended(desk.bulk.bin_all(desk.bulk.versions(ids), by="Bob", name="job"))
    assert desk.assets.browse(AssetQuery()).total == 0
    assert desk.bulk.versions(ids) == {}
    assert desk.bulk.versions(ids, binned=True) == binned.progress.changed

    ended(desk.bulk.restore_all(binned.progress.changed, by="Bob", name="other"))

    assert desk.assets.browse(AssetQuery()).total == 3


def test_what_somebody_else_has_binned_is_not_ours_to_restore(desk: Desk) -> None:
    ids = desk.fill(2)
    chosen = desk.bulk.versions(ids)
    desk.assets.bin(ids[0], by="Eve")

    job = ended(desk.bulk.bin_all(chosen, by="Bob", name="job"))
    ended(desk.bulk.take_back(job, by="Bob"))

    assert [left.reason for left in job.progress.overtaken] == ["Eve has moved it to the bin."]
    assert desk.assets.get(ids[0]).deleted_at is not None
    assert desk.assets.get(ids[1]).deleted_at is None


def test_a_change_is_taken_back_as_a_whole_unless_somebody_has_changed_it_since(
    desk: Desk,
) -> None:
    ids = [*desk.fill(2, tag="ISA"), *desk.fill(2, tag="GIA")]
    job = desk.tag(ids, "SIPP")
    desk.assets.set_fields(ids[3], {"name": "Eve's"}, version=2, by="Eve", draft="hers")

    undo = ended(desk.bulk.take_back(job, by="Bob"))

    assert desk.tags(ids) == ["ISA", "ISA", "GIA", "SIPP"]
    came = undo.progress
    assert (len(came.changed), [left.name for left in came.overtaken]) == (3, ["Eve's"])
    assert desk.bulk.take_back(job, by="Bob") is undo


@pytest.mark.parametrize("action", ["bin_all", "edit_all"])
def test_taken_back_twice_is_taken_back_once(desk: Desk, action: str) -> None:
    ids = desk.fill(3)
    chosen = desk.bulk.versions(ids)
    if action == "bin_all":
        job = ended(desk.bulk.bin_all(chosen, by="Bob", name="job"))
    else:
        job = ended(desk.bulk.edit_all(chosen, {"tag": "GIA"}, by="Bob", name="job"))
    undo = ended(desk.bulk.take_back(job, by="Bob"))

    again = ended(desk.another().take_back(job, by="Bob"))

    assert {desk.assets.get(identifier).version for identifier in ids} == {3}
    assert again.progress.changed == undo.progress.changed


def test_a_lost_answer_changes_nothing_twice(desk: Desk) -> None:
    ids = desk.fill(3)

    def lose_the_answer(_: str) -> None:
        desk.repository.after_put = nothing
        raise StoreUnavailable

    desk.repository.after_put = lose_the_answer
    job = desk.tag(ids, "SIPP")

    assert list(job.progress.changed) == ids
    assert {desk.assets.get(identifier).version for identifier in ids} == {2}


def test_a_store_that_stays_away_stops_the_job_and_it_goes_on_where_it_was(desk: Desk) -> None:
    ids = desk.fill(4)

    def leave(identifier: str) -> None:
        desk.store.away = identifier == ids[2]

    desk.repository.before_put = leave
    job = ended(desk.bulk.edit_all(desk.bulk.versions(ids), {"tag": "SIPP"}, by="Bob", name="job"))
    assert (job.progress.done, list(job.progress.changed)) == (2, ids[:2])
    assert job.problem == "The store is not answering."

    desk.store.away = False
    desk.repository.before_put = nothing
    job.begin()

    assert list(ended(job).progress.changed) == ids
    assert job.problem == ""
    assert {desk.assets.get(identifier).version for identifier in ids} == {2}


def test_cancelled_it_stops_and_what_is_done_is_done(desk: Desk) -> None:
    ids = desk.fill(4)
    at_the_second, go_on = threading.Event(), threading.Event()

    def wait(identifier: str) -> None:
        if identifier == ids[1]:
            at_the_second.set()
            go_on.wait(60)

    desk.repository.before_put = wait
    job = desk.bulk.edit_all(desk.bulk.versions(ids), {"tag": "SIPP"}, by="Bob", name="job")
    assert at_the_second.wait(60)
    assert desk.bulk.running() == [job]
    job.cancel()
    go_on.set()
    ended(job)

    assert desk.tags(ids) == ["SIPP", "SIPP", "ISA", "ISA"]
    assert (job.progress.done, job.problem) == (2, "")


def test_closing_the_app_stops_every_job(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.jobs.runner._GRACE_SECONDS", 60.0)
    ids = desk.fill(200)
    job = desk.bulk.bin_all(desk.bulk.versions(ids), by="Bob", name="job")

    desk.bulk.close()

    assert not job.is_running


def test_a_job_is_abandoned_once_nobody_looks_until_somebody_has_seen_its_end(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.jobs.job._UNWATCHED_SECONDS", 600.0)
    job = desk.tag(desk.fill(1), "SIPP")
    assert desk.bulk.abandoned() is None

    monkeypatch.setattr("services.jobs.job._UNWATCHED_SECONDS", -1.0)
    assert desk.bulk.abandoned() is job
    job.told = True
    assert desk.bulk.abandoned() is None


def test_old_jobs_are_forgotten(desk: Desk) -> None:
    ids = desk.fill(1)
    for number in range(30):
        desk.tag(ids, f"Tag {number}", name=f"job {number}")

    assert desk.bulk.find("job 0") is None
    assert desk.bulk.find("job 29") is not None


def test_one_field_of_a_nested_model_changes_and_its_others_stay() -> None:
    with using(model_of(Rich)):  # type: ignore[arg-type]  # any Fields make a model
        desk = Desk()
        added = desk.assets.add(rich(name="One", contact={"email": "a@b.co", "phone": "1"}), by="A")
        empty = desk.assets.add(rich(name="Two"), by="A")
        ids = [added.identifier, empty.identifier]

        job = ended(
            desk.bulk.edit_all(
                desk.bulk.versions(ids), {"contact.phone": "2"}, by="Bob", name="job"
            )
        )

        assert desk.assets.get(ids[0]).plain()["contact"] == {"email": "a@b.co", "phone": "2"}
        assert [left.name for left in job.progress.refused] == ["Two"]
        ended(desk.bulk.take_back(job, by="Bob"))
        assert desk.assets.get(ids[0]).plain()["contact"] == {"email": "a@b.co", "phone": "1"}


def rich(**values: Any) -> AssetInput:
    return current().input.model_validate(values)


def test_a_job_keeps_to_the_model_that_it_began_with(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = desk.fill(2)
    seen: list[object] = []

    def note(identifier: str, **_: Any) -> Asset:
        seen.append(current())
        return desk.assets.get(identifier)

    monkeypatch.setattr(desk.assets, "set_fields", note)
    with using(model_of(AssetInput)):
        model = current()
        job = desk.bulk.edit_all(desk.bulk.versions(ids), {"tag": "x"}, by="Bob", name="job")

    assert ended(job).progress.same == 2
    assert seen == [model, model]


class CutOff(Desk):
    """An app that ends while it changes five assets, having changed two; and the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.records = BulkRecords(BulkRecord, MemoryDocuments(self.store), self.catalogue)
        self.first, self.bulk = self.another(), self.another()
        self.ids = self.fill(5)

    def edit(self) -> BulkJob:
        """What the next app finds of it."""
        reached, never = threading.Event(), threading.Event()

        def die(identifier: str) -> None:
            if identifier == self.ids[2]:
                reached.set()
                never.wait()

        self.repository.before_put = die
        chosen = self.bulk.versions(self.ids)
        chosen = {identifier: chosen[identifier] for identifier in self.ids}
        self.first.edit_all(chosen, {"tag": "SIPP"}, by="Bob", name="job")
        assert reached.wait(60)
        self.repository.before_put = nothing
        job = self.bulk.abandoned()
        assert job is not None
        return job


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> CutOff:
    monkeypatch.setattr(runner, "_SILENT_SECONDS", 0.0)
    return CutOff()


def test_what_the_end_of_an_app_cut_off_is_found_and_gone_on_with(cut_off: CutOff) -> None:
    job = cut_off.edit()

    record = job.record
    assert (record.by, record.what, record.values) == ("Bob", "edited", {"tag": "SIPP"})
    assert (job.progress.done, job.progress.total, job.is_running) == (2, 5, False)
    assert "The app ended" in job.problem
    cut_off.bulk.go_on(job, role="presenter")
    assert len(ended(job).progress.changed) == 5
    assert cut_off.tags(cut_off.ids) == ["SIPP"] * 5
    assert {cut_off.assets.get(identifier).version for identifier in cut_off.ids} == {2}
    assert cut_off.records.all() == []


def test_what_the_end_of_an_app_cut_off_is_taken_back(cut_off: CutOff) -> None:
    job = cut_off.edit()

    undo = ended(cut_off.bulk.take_back(job, by="Bob"))
    cut_off.bulk.dismiss(job)

    assert len(undo.progress.changed) == 2
    assert cut_off.tags(cut_off.ids) == ["ISA"] * 5
    assert cut_off.records.all() == []


def test_what_another_app_is_still_doing_is_not_taken_for_cut_off(
    cut_off: CutOff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_SILENT_SECONDS", 60.0)
    with pytest.raises(AssertionError):
        cut_off.edit()


def test_nothing_is_kept_of_what_is_through(desk: Desk) -> None:
    desk.tag(desk.fill(3), "SIPP")

    assert all(key.startswith("ASSET#") for key in desk.store.items)
