"""What people have stays theirs: a data folder of an earlier release opens unchanged.

`kept_data` was written by the release before the code moved into rooms by feature: three assets,
one of them renamed and one in the bin, a session that is over, feedback, a view and a checkpoint.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import SCENARIOS
from services.assets.views import ViewService
from services.feedback.service import FeedbackService
from services.model.query import AssetQuery
from services.scenarios.service import ScenarioService
from services.scenarios.shipped import Shipped
from services.sessions.service import SessionService
from services.store.assets.batch import BatchWriter
from services.store.documents.documents import DocumentRepository
from tests.integration.stores import Kept, supervised


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("kept") / "data"
    shutil.copytree(Path(__file__).parent / "kept_data", made)
    return made


@pytest.fixture(scope="module")
def earlier(folder: Path) -> Iterator[Kept]:
    with supervised(folder) as kept:
        yield kept


@pytest.fixture
def documents(earlier: Kept) -> DocumentRepository:
    return DocumentRepository(earlier.gateway, earlier.table)


def test_assets_their_history_and_the_bin_are_there(earlier: Kept) -> None:
    shown = earlier.assets.browse(AssetQuery(sort="name")).items
    assert [(one.name, one.version, one.created_by) for one in shown] == [
        ("Gold bar", 2, "Ada"),
        ("Silver", 1, "Ada"),
    ]
    story = earlier.assets.open(shown[0].identifier)
    assert [(change.by, change.what) for change in story.changes] == [
        ("Grace", "edited"),
        ("Ada", "added"),
    ]
    binned = earlier.assets.browse(AssetQuery(binned=True)).items
    assert [one.name for one in binned] == ["Lead"]


def test_sessions_feedback_and_views_are_there(
    earlier: Kept, documents: DocumentRepository
) -> None:
    [session] = SessionService(documents, earlier.catalogue).all()
    [said] = FeedbackService(documents, earlier.catalogue).of(session.code)
    [view] = ViewService(documents, earlier.catalogue).all()

    assert (session.code, session.title, session.is_open) == ("K7M-2QX", "First look", False)
    assert (said.text, said.created_by, said.place.address) == (
        "A chart of currencies",
        "Grace",
        "?tag=ISA",
    )
    assert (view.name, view.address) == ("ISA only", "?tag=ISA")


def test_a_checkpoint_is_there(folder: Path, earlier: Kept, documents: DocumentRepository) -> None:
    batch = BatchWriter(earlier.gateway, earlier.table)
    scenarios = ScenarioService(
        Shipped(SCENARIOS), folder / "checkpoints", earlier.catalogue, documents, batch
    )
    assert [one.name for one in scenarios.checkpoints()] == ["Before lunch"]
    assert len(scenarios.state("Before lunch")) == 3
