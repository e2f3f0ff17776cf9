"""Importing into a real store: resumed without doubles, undone as one, whatever dies on the way."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from services.files.sheet import Row, Sheet
from services.importing import executor
from services.importing.matching import Choices
from services.importing.record import Import
from services.importing.service import ImportService, new_name
from services.jobs.job import Job
from services.model.current import current
from services.model.query import AssetQuery
from services.store.assets.batch import BATCH, BatchWriter
from services.store.attributes import Item
from services.store.documents.documents import DocumentRepository
from services.store.table import asset_key
from tests.integration.stores import Kept, kill

ALL = {"name": "name", "tag": "tag", "liquidityProfile": "liquidity", "ccy": "ccy"}


class HeldWriter(BatchWriter):
    """Can be held up after a batch."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(kept.gateway, kept.table)
        self.stops, self.goes_on = threading.Event(), threading.Event()
        self.goes_on.set()

    def put(self, items: Iterable[Item]) -> int:
        written = super().put(items)
        self.stops.set()
        assert self.goes_on.wait(60)
        return written

    def delete(self, keys: Iterable[Item]) -> int:
        self.meanwhile()
        return super().delete(keys)

    def meanwhile(self) -> None:
        """What somebody does at the moment before a batch is deleted."""


class Office:
    """The services of an app whose Moto may be killed; `again` is the app after a crash."""

    def __init__(self, kept: Kept, folder: Path) -> None:
        self.kept = kept
        self.folder = folder
        self.documents = DocumentRepository(kept.gateway, kept.table)
        self.writer = HeldWriter(kept)
        self.imports = self.again()

    def again(self) -> ImportService:
        kept = self.kept
        return ImportService(kept.assets, kept.catalogue, self.documents, self.writer, self.folder)

    def start(self, sheet: Sheet, **choices: Any) -> Job[Import]:
        chosen = Choices(**{"columns": ALL, **choices})
        name = new_name()
        plan = self.imports.preview(sheet, chosen, name)
        return self.imports.start(plan, sheet, name=name, title="test.csv", by="Ada")

    @contextmanager
    def in_the_middle_of(self, sheet: Sheet) -> Iterator[Job[Import]]:
        """An import that goes on after the block, having written one batch before."""
        self.writer.stops.clear()
        self.writer.goes_on.clear()
        job = self.start(sheet)
        try:
            assert self.writer.stops.wait(60)
            yield job
        finally:
            self.writer.goes_on.set()
        job.join(60)

    def names(self) -> list[str]:
        page = self.kept.assets.browse(AssetQuery(sort="name", limit=10_000))
        return [asset.name for asset in page.items]

    def past(self) -> Import:
        return self.imports.past()[0]


@pytest.fixture
def office(kept: Kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    # So that few rows are several portions.
    monkeypatch.setattr(executor, "_SMALLEST", 2 * BATCH)
    return Office(kept, tmp_path / "imports")


def sheet(count: int, tag: str = "ISA") -> Sheet:
    rows = (Row(n + 2, (f"Asset {n:05}", tag, "HIGH", "GBP")) for n in range(count))
    return Sheet("csv", ("name", "tag", "liquidity", "ccy"), tuple(rows))


def test_what_was_imported_is_there_at_once_and_told_of(office: Office) -> None:
    job = office.start(sheet(60))
    job.join(60)

    assert len(office.names()) == 60
    past = office.past()
    assert (past.title, past.by, past.state, past.added, past.total) == (
        "test.csv",
        "Ada",
        "done",
        60,
        60,
    )
    story = office.kept.assets.browse(AssetQuery(limit=1)).items[0]
    assert (story.created_by, story.version) == ("Ada", 1)


def test_an_import_that_is_started_twice_is_done_once(office: Office) -> None:
    name, choices = new_name(), Choices(columns=ALL)
    plan = office.imports.preview(sheet(30), choices, name)
    jobs = [office.imports.start(plan, sheet(30), name=name, title="x", by="Ada") for _ in range(2)]
    for job in jobs:
        job.join(60)

    assert jobs[0] is jobs[1]
    assert len(office.names()) == 30


def test_an_import_is_undone_as_one_except_what_somebody_changed_since(office: Office) -> None:
    office.start(sheet(30)).join(60)
    office.start(sheet(40, tag="New"), key="name").join(60)
    assets = office.kept.assets
    found = assets.browse(AssetQuery(sort="name", limit=100)).items
    assert {asset.tag for asset in found} == {"New"}
    for touched in (found[0], found[35]):
        said = {"version": touched.version, "name": f"{touched.name} touched"}
        patch = current().patch.model_validate(said)
        assets.edit(touched.identifier, patch, by="Eve")

    office.imports.undo(office.past().name).join(60)

    after = assets.browse(AssetQuery(sort="name", limit=100)).items
    assert [asset.name for asset in after] == [
        "Asset 00000 touched",
        *(f"Asset {n:05}" for n in range(1, 30)),
        "Asset 00035 touched",
    ]
    assert [asset.tag for asset in after] == ["New", *["ISA"] * 29, "New"]
    past = office.past()
    assert past.state == "undone"
    assert [line.partition(":")[0] for line in past.left] == ["Row 2", "Row 37"]
    assert not office.imports.can_be_undone(past)


def test_what_somebody_changes_while_an_import_is_undone_stays(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.start(sheet(60)).join(60)
    touched = office.kept.assets.browse(AssetQuery(sort="name", limit=1)).items[0]
    stranger = office.kept.another().assets

    def meanwhile() -> None:
        patch = current().patch.model_validate({"version": 1, "name": "Mine"})
        stranger.edit(touched.identifier, patch, by="Eve")

    monkeypatch.setattr(office.writer, "meanwhile", meanwhile)
    office.imports.undo(office.past().name).join(60)

    assert office.names() == ["Mine"]
    assert office.kept.repository.get(touched.identifier) is not None
    assert office.past().left == ("Row 2: somebody has just changed it.",)


@pytest.mark.parametrize("attribute", ["tag", "note"])
def test_what_another_program_changed_without_saying_so_is_not_undone(
    office: Office, attribute: str
) -> None:
    office.start(sheet(3)).join(60)
    touched = office.kept.assets.browse(AssetQuery(sort="name", limit=1)).items[0]
    office.kept.gateway.write.update_item(
        TableName=office.kept.table,
        Key=asset_key(touched.identifier),
        UpdateExpression="SET #it = :it",
        ExpressionAttributeNames={"#it": attribute},
        ExpressionAttributeValues={":it": {"S": "Mine"}},
    )

    office.imports.undo(office.past().name).join(60)

    assert office.names() == ["Asset 00000"]


def test_undoing_an_import_takes_few_requests(office: Office) -> None:
    office.start(sheet(160)).join(60)
    sent: list[str] = []

    def count(model: Any, **_: Any) -> None:
        sent.append(model.name)

    events = office.kept.gateway.write.meta.events
    events.register("before-call", count)
    try:
        office.imports.undo(office.past().name).join(60)
    finally:
        events.unregister("before-call", count)

    assert office.names() == []
    assert sent.count("BatchWriteItem") == -(-160 // BATCH)
    assert len(sent) < 20


def test_a_cancelled_import_keeps_what_it_has_and_goes_on_without_doubles(office: Office) -> None:
    with office.in_the_middle_of(sheet(160)) as job:
        job.cancel()
    assert len(office.names()) == BATCH
    assert office.past().state == "cancelled"

    office.imports.resume(office.past().name).join(60)

    assert office.names() == [f"Asset {n:05}" for n in range(160)]
    assert office.past().state == "done"


def test_an_app_that_died_in_the_middle_is_gone_on_with_after_the_restart(office: Office) -> None:
    with office.in_the_middle_of(sheet(160)) as job:
        job.cancel()
    # As a crash leaves it: it has stopped, and nobody has said so.
    document = job.record.but(state="running").document
    office.documents.change(document.pk, document.sk, lambda _: document.body)
    touched = office.kept.assets.browse(AssetQuery(sort="name", limit=1)).items[0]

    later = office.again()
    assert later.job(job.record.name) is None
    later.resume(job.record.name).join(60)

    assert len(office.names()) == 160
    assert office.kept.assets.get(touched.identifier).version == touched.version


def test_moto_is_killed_in_the_middle_and_nothing_is_missing_or_double(office: Office) -> None:
    with office.in_the_middle_of(sheet(160)) as job:
        kill(office.kept.pid)
    if job.problem:
        office.imports.resume(job.record.name).join(60)

    assert office.names() == [f"Asset {n:05}" for n in range(160)]
    assert office.past().state == "done"


def test_choices_are_remembered_for_files_with_the_same_columns(office: Office) -> None:
    other = Sheet("csv", ("Security", "Sector"), (Row(2, ("Apple", "IT")),))
    assert office.imports.suggest(other).columns == {"name": "Security"}

    fixed = {"liquidityProfile": "HIGH", "ccy": "USD"}
    office.start(other, columns={"name": "Security", "tag": "Sector"}, fixed=fixed).join(60)

    assert office.again().suggest(other).columns == {"name": "Security", "tag": "Sector"}
    assert office.names() == ["Apple"]
