"""Records that earlier releases have written are found, understood, and gone on with."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from services.jobs import runner
from services.migration.steps import Empty, TakeBack
from services.model.query import AssetQuery
from services.scenarios.lines import write_lines
from services.store.documents.documents import Document, item_of
from tests.fakes.assets import NOON
from tests.unit.jobs.apps import COUNT, App, HeldStore

AT = NOON.isoformat()


@pytest.fixture
def app(tmp_path: Path) -> App:
    made = App(tmp_path, HeldStore())
    made.fill()
    return made


def put(app: App, pk: str, sk: str = "META", **body: Any) -> None:
    """Write a document as an earlier release did."""
    app.store.put(item_of(Document(pk, sk, body, version=1)))


def kept(app: App, prefix: str) -> list[str]:
    return [key for key in app.store.items if key.startswith(prefix)]


def test_a_bulk_change_that_was_cut_off(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_SILENT_SECONDS", 0.0)
    app.assets.set_fields("id-0", {"tag": "SIPP"}, version=1, by="Bob", draft="old")
    put(app, "BULK#old", "PART#0", chosen='{"id-0": 1, "id-1": 1, "id-2": 1}')
    told: dict[str, Any] = {"what": "edited", "by": "Bob", "at": AT, "parts": 1}
    put(app, "BULK#old", **told, values='{"tag": "SIPP"}')

    job = app.bulk.abandoned()

    assert job is not None
    assert (job.record.by, job.record.at, job.state) == ("Bob", NOON, "failed")
    assert (job.progress.done, job.progress.total, job.progress.changed) == (1, 3, {"id-0": 2})
    app.bulk.go_on(job, role="presenter")
    job.join(60)
    tags = [app.assets.get(f"id-{number}").tag for number in range(4)]
    assert tags == ["SIPP", "SIPP", "SIPP", "ISA"]
    assert kept(app, "BULK#") == []


def test_an_import_that_was_cut_off_and_one_that_is_done(app: App, tmp_path: Path) -> None:
    folder = tmp_path / "imports"
    folder.mkdir()
    values = {"name": "Row", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"}
    for name in ("old", "older"):
        step = {"line": 2, "action": "add", "identifier": name, "version": 0, "values": values}
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(json.dumps(step).encode()))
    body: dict[str, Any] = {"title": "a.csv", "by": "Bob", "total": 1, "updated": 0}
    put(app, "IMPORT#old", **body, at=AT, state="running", added=0, left=[])
    earlier = "2026-01-02T03:04:05.000006+00:00"
    put(app, "IMPORT#older", **body, at=earlier, state="done", added=1, left=["Row 3: why"])

    old, older = app.imports.past()

    assert (old.name, old.state, old.can_go_on) == ("old", "running", True)
    assert (older.title, older.by, older.added, older.left) == ("a.csv", "Bob", 1, ("Row 3: why",))
    assert not older.can_go_on
    app.imports.resume("old").join(60)
    assert app.assets.get("old").name == "Row"
    assert app.imports.past()[0].state == "done"
    app.imports.undo("old").join(60)
    assert app.imports.past()[0].state == "undone"
    assert len(app.store.assets) == COUNT


def test_a_migration_that_is_done(app: App) -> None:
    job = app.migration.start(Empty(), by="Bob", role="presenter")
    job.join(60)
    name = job.record.name
    put(app, f"MIGRATION#{name}", step='{"kind":"empty"}', by="Bob", at=AT)

    (past,) = app.migration.past(5)

    assert (past.record.step, past.record.by, past.record.at) == (Empty(), "Bob", NOON)
    assert (past.standing, past.can_go_on) == (COUNT, False)
    app.migration.start(TakeBack(job=name), by="Bob", role="presenter").join(60)
    assert app.assets.browse(AssetQuery()).total == COUNT
    undoing, _ = app.migration.past(5)
    assert undoing.undone == Empty()


def test_a_replacement_that_was_cut_off(app: App, tmp_path: Path) -> None:
    before = {key: line for key, line in app.scenarios.state("now").items() if "id-1" in key}
    write_lines(tmp_path / "former.jsonl", before)
    body = {"to": "starter", "before": "former", "by": "Bob", "at": AT}
    put(app, "REPLACEMENT", **body, state="running")

    app = App(tmp_path, app.store)
    last = app.scenarios.last()

    assert last is not None
    assert (last.to, last.by, last.can_go_on) == ("starter", "Bob", True)
    assert app.scenarios.go_on() is not None
    again = app.scenarios.last()
    assert again is not None
    assert (again.state, again.before) == ("done", "former")
