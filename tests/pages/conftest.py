"""A basket over a store in memory, and a visitor who opens pages without a browser."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.components.v2.manifest_scanner import scan_component_manifests
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Html

from app.basket import Basket
from app.bootstrap import SCENARIOS as SHIPPED_SCENARIOS
from app.features.review.telling import tell
from app.live.broadcaster import ChangeBroadcaster
from app.scripts.shipped import followable
from app.settings import ROOT, Settings
from app.shell.context import draw_pages_over
from app.shell.jobs import progress
from services.access import Role
from services.assets.exporting import ExportService
from services.assets.recovery import LossService
from services.assets.service import AssetService
from services.assets.views import ViewService
from services.bulk.service import BulkService
from services.feedback.service import FeedbackService
from services.importing.service import ImportService
from services.leading.service import LeadService
from services.migration.service import MigrationService
from services.model.asset import Liquidity
from services.model.current import current
from services.model.record import Asset, new_identifier, now
from services.polls.answers import AnswerService
from services.polls.notices import Notices
from services.polls.service import QuestionService
from services.report.service import ReportService
from services.review.index import PictureIndex
from services.review.service import ReviewService
from services.review.verdicts import VerdictService
from services.scenarios.service import ScenarioService
from services.scenarios.shipped import Shipped
from services.sessions.presence import Presence
from services.sessions.service import SessionService
from services.store.assets.items import Stored, from_item, to_item
from services.store.attributes import Item
from services.store.connection import Connection
from services.store.moto_process.server import AwsServer, ServerState
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.rows import is_asset
from services.store.table import key_of
from services.tour.led import LedTourService
from services.tour.service import TourService
from tests.fakes.application import FakeApplication, settings_for
from tests.fakes.copies import with_copies
from tests.fakes.models import EveryKind, InForce, filled_in, put_in_force
from tests.fakes.store import (
    MemoryBatch,
    MemoryDocuments,
    MemoryRepository,
    MemorySource,
    MemoryStore,
)

MAIN = ROOT / "app" / "main.py"
IMPORT = str(ROOT / "pages" / "importing.py")
SCENARIOS = str(ROOT / "pages" / "scenarios.py")
BROWSE, ADD, ASSET, ACTIVITY, BIN, MODEL = (
    str(ROOT / "pages" / f"{name}.py")
    for name in ("browse", "add", "asset", "activity", "bin", "model")
)
PRESENT, JOIN, FEEDBACK, TOUR, REVIEW = (
    str(ROOT / "pages" / f"{name}.py") for name in ("present", "join", "feedback", "tour", "review")
)
PATIENCE = 20.0
"""Seconds for one run of a page; the machine may be busy with other things."""

HOSTILE = {
    "script": "<script>window.hostile = true</script>",
    "handler": '<img src=x onerror="window.hostile = true">',
    "markdown image": "![](http://example.invalid/pixel.png)",
    "markdown link": "[click](javascript:window.hostile=true)",
    "shortcode": ":smile: :red[warning] :material/delete:",
    "formula": "$x^2$ and $$y$$",
    "emphasis": "**bold** _it_ `code` # heading",
    "right to left": "שלום \u202eabc\u202c مرحبا",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301",
    "longest": "W" * 120,
    "template": "${7*7} {{7*7}} %s {0}",
    "entity": "&lt;b&gt; &amp; \"quoted\" 'text'",
}

Visit = Callable[..., AppTest]


class Elsewhere(AwsServer):
    """A server that nobody starts or stops; `ours`: whether it keeps what it was told."""

    ours = True
    note = refusing = unavailable = ""

    @property
    def state(self) -> ServerState:
        return ServerState(
            "memory",
            started_here=False,
            ours=self.ours,
            note=self.note,
            refusing=self.refusing,
            unavailable=self.unavailable,
        )


class Store:
    """The store behind the pages, for tests to fill, to ask and to take away."""

    def __init__(self, folder: Path) -> None:
        self._memory = MemoryStore()
        self.pictures = folder / "pictures"
        self.server = Elsewhere(Connection("aws", "eu-west-1"), "AssetBasket")
        repository = MemoryRepository(self._memory)
        catalogue = Catalogue(MemorySource(self._memory))
        self.service = AssetService(repository, catalogue)
        losses = LossService(None, repository)
        documents = MemoryDocuments(self._memory)
        sessions = SessionService(documents, catalogue)
        feedback = FeedbackService(documents, catalogue)
        questions = QuestionService(documents, catalogue, sessions)
        answers = AnswerService(documents, catalogue, sessions, questions)
        notices, presence = Notices(sessions, feedback, questions, answers), Presence()
        leads = LeadService(documents, catalogue, sessions)
        tours = TourService(documents, catalogue, sessions, self.service, followable)
        led_tours = LedTourService(documents, catalogue, sessions, tours)
        basket = Basket(
            settings=Settings(),
            server=self.server,
            catalogue=catalogue,
            documents=documents,
            assets=self.service,
            bulk=BulkService(self.service, catalogue, documents, (0.0,)),
            exports=ExportService(catalogue),
            imports=ImportService(
                self.service,
                catalogue,
                documents,
                MemoryBatch(self._memory),
                folder / "imports",
            ),
            losses=losses,
            migration=MigrationService(repository, catalogue, documents),
            scenarios=ScenarioService(
                Shipped(SHIPPED_SCENARIOS),
                folder / "checkpoints",
                catalogue,
                documents,
                MemoryBatch(self._memory),
            ),
            views=ViewService(documents, catalogue),
            sessions=sessions,
            feedback=feedback,
            questions=questions,
            answers=answers,
            notices=notices,
            presence=presence,
            leads=leads,
            reports=ReportService(sessions, feedback, answers, self.service, tours, led_tours),
            tours=tours,
            led_tours=led_tours,
            live=ChangeBroadcaster(catalogue, notices, presence, leads, led_tours),
            review=ReviewService(
                PictureIndex(self.pictures / "before", self.pictures / "after", tell),
                VerdictService(documents, catalogue, sessions),
                sessions,
                feedback,
            ),
        )
        self.application = FakeApplication(with_copies(basket, folder / "copies"))

    @property
    def basket(self) -> Basket:
        """The services behind the pages; may be replaced."""
        return self.application.basket

    @basket.setter
    def basket(self, other: Basket) -> None:
        self.application.basket = other

    def serve_for(self, role: Role, **settings: object) -> None:
        """Take everybody for this from now on."""
        self.basket = replace(self.basket, settings=settings_for(role, **settings))

    def fill(self, names: Sequence[str]) -> list[Asset]:
        """Put assets with these names into the store; tags and so on take turns."""
        made = [_asset(name, index) for index, name in enumerate(names)]
        for asset in made:
            self._memory.put(to_item(Stored(asset, operation=asset.identifier)))
        return made

    def put(self, item: Item) -> None:
        """Write an item without asking, as the AWS command line does."""
        self._memory.put(item)

    def alter(self, **attributes: dict[str, Any]) -> None:
        """Give every asset these attributes, as another program would; none for one to take."""
        for item in list(self._memory.items.values()):
            kept = {name: value for name, value in item.items() if attributes.get(name) != {}}
            self._memory.put(kept | {name: value for name, value in attributes.items() if value})

    def rewrite(self, name: str, **attributes: dict[str, Any]) -> None:
        """Give the asset of this name these attributes, as another program would."""
        (item,) = [item for item in self.items if item["name"] == {"S": name}]
        self._memory.put({**item, **attributes})

    @property
    def items(self) -> list[Item]:
        """All assets as they are stored."""
        return [item for key, item in self._memory.items.items() if key.startswith("ASSET#")]

    def go_away(self) -> None:
        self._memory.away = True

    def come_back(self) -> None:
        self._memory.away = False

    @property
    def assets(self) -> list[Asset]:
        return [from_item(item).asset for item in self.items if is_asset(key_of(item))]


def _asset(name: str, index: int) -> Asset:
    moment = now()
    return current().asset(
        name=name,
        tag=("ISA", "SIPP", "GIA")[index % 3],
        liquidity_profile=list(Liquidity)[index % 3],
        ccy=("GBP", "USD")[index % 2],
        identifier=new_identifier(),
        created_at=moment,
        created_by="Ada",
        updated_at=moment,
        updated_by="Ada",
    )


@pytest.fixture(scope="session", autouse=True)
def _installed_components() -> Iterator[None]:
    """Each AppTest reads what every installed package says of itself: once does, none has any."""
    found = scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(autouse=True)
def _short_jobs_end_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is: what takes a moment is over before its page is drawn."""
    monkeypatch.setattr(progress, "_SOON_SECONDS", PATIENCE / 2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in memory, behind every page that is opened meanwhile."""
    made = Store(tmp_path)
    draw_pages_over(made.application.services)
    yield made
    made.basket.files.close()


@cache
def _registered_pages() -> dict[str, Any]:
    """The pages that the frame gives to `st.navigation`, as a run of it has registered them."""
    app = AppTest.from_file(MAIN, default_timeout=PATIENCE).run()
    pages: dict[str, Any] = app._registered_pages
    return pages


@pytest.fixture
def visit(store: Store) -> Visit:
    """Opens a page, with what stands after the question mark of its address."""

    def open_page(page: str, /, **query: str | list[str]) -> AppTest:
        app = AppTest.from_file(MAIN, default_timeout=PATIENCE)
        for name, value in query.items():
            app.query_params[name] = value
        if page == BROWSE:
            return app.run()
        # By its address, as a browser does: without a run of Browse before.
        app._registered_pages = _registered_pages()
        return app.switch_page(page).run()

    return open_page


@pytest.fixture
def every_kind(monkeypatch: pytest.MonkeyPatch) -> InForce:
    """Puts a model with one field of each kind in force; a test may save another one."""
    return put_in_force(monkeypatch, EveryKind)


@pytest.fixture
def kept(store: Store, every_kind: InForce) -> Asset:
    """An asset in the basket that has a value in every field."""
    return store.service.add(current().input.model_validate(filled_in()), by="Ada")


@pytest.fixture(params=HOSTILE.values(), ids=list(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> str:
    """A text that would do harm, or change its looks, if it were taken for markup."""
    return str(request.param)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button of that label and let the page run."""
    (button,) = [button for button in app.button if button.label == label]
    return button.click().run()


def drawn(app: AppTest, key: str) -> dict[str, Any]:
    """What one of our browser components is told to draw."""
    told: dict[str, Any] = json.loads(app.get_by_key(key).proto.json)
    return told


def notes(app: AppTest) -> dict[str, str]:
    """By a field's label: what is said to be wrong with it, in the same box as the field."""
    found: dict[str, str] = {}
    for box in _boxes(app.main):
        field, *rest = box.children.values()
        markup = [part.value for part in rest if isinstance(part, Html)]
        problems = [part for part in markup if 'class="basket-problem"' in part]
        if problems and hasattr(getattr(field, "proto", None), "label"):
            (problem,) = problems
            text = problem.removesuffix("</p>").partition(">")[2]
            found[str(field.proto.label)] = unescape(text)
    return found


def _boxes(block: Block) -> Iterator[Block]:
    """The block and the blocks in it that hold something."""
    if block.children:
        yield block
    for child in block.children.values():
        if isinstance(child, Block):
            yield from _boxes(child)


def said(app: AppTest) -> str:
    """All our own markup of the page: notes, problems, what went wrong."""
    return "\n".join(part.value for part in app.html)
