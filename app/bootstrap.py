"""Wiring: the one place where services are built from the settings."""

import threading
from collections.abc import Callable
from dataclasses import replace

from app.basket import Basket
from app.features.review.comparison_worker import compare_apart
from app.live.broadcaster import ChangeBroadcaster
from app.model_check import prove_pages
from app.sandboxes import Copying
from app.scripts.shipped import followable
from app.settings import ROOT, Settings, load
from services.assets.exporting import ExportService
from services.assets.recovery import LossService
from services.assets.service import AssetService
from services.assets.views import ViewService
from services.bulk.service import BulkService
from services.errors import StartRefused, StoreUnavailable
from services.feedback.service import FeedbackService
from services.importing.service import ImportService
from services.leading.service import LeadService
from services.migration.service import MigrationService
from services.model.checking.breakage import BrokenModel
from services.model.current import watch
from services.polls.answers import AnswerService
from services.polls.notices import Notices
from services.polls.service import QuestionService
from services.report.service import ReportService
from services.review.index import PictureIndex
from services.review.service import ReviewService
from services.review.verdicts import VerdictService
from services.sandbox.service import SandboxService
from services.scenarios.service import ScenarioService
from services.scenarios.shipped import Shipped
from services.sessions.presence import Presence
from services.sessions.service import SessionService
from services.store.assets.batch import BatchWriter
from services.store.assets.proving import proof
from services.store.assets.repository import AssetRepository
from services.store.connection import Connection, loopback
from services.store.documents.documents import DocumentRepository
from services.store.gateway import Gateway
from services.store.moto_process.server import AwsServer
from services.store.moto_process.supervisor import MotoSupervisor
from services.store.read_model.catalogue import Catalogue
from services.store.read_model.changes import TableSource
from services.store.read_model.checkpoint import Checkpoint
from services.tour.led import LedTourService
from services.tour.service import TourService

SCENARIOS = ROOT / "app" / "demo" / "scenarios"


def build(settings: Settings) -> Basket:
    """Wire the services, and see to it that Moto is found or on its way.

    Raises StartRefused if the surroundings are not fit.
    """
    _check_the_model()
    server = _server(settings)
    server.start()
    gateway = Gateway(server.connection, server)
    exports = settings.target == "moto"
    source = TableSource(gateway, settings.table, exports=exports, pulse=server.pulse)
    # Our own Moto remembers by itself.
    checkpoint = None if server.state.ours else Checkpoint(settings.data_dir)
    catalogue = Catalogue(source, checkpoint, same_moment=0.05)
    watch().prove_with(proof(lambda: catalogue.last_read), prove_pages)
    repository = AssetRepository(gateway, settings.table)
    assets = AssetService(repository, catalogue)
    losses = LossService(checkpoint, repository)
    documents = DocumentRepository(gateway, settings.table)
    sessions = SessionService(documents, catalogue)
    feedback = FeedbackService(documents, catalogue)
    questions = QuestionService(documents, catalogue, sessions)
    answers = AnswerService(documents, catalogue, sessions, questions)
    notices = Notices(sessions, feedback, questions, answers)
    presence = Presence()
    leads = LeadService(documents, catalogue, sessions)
    tours = TourService(documents, catalogue, sessions, assets, followable)
    led_tours = LedTourService(documents, catalogue, sessions, tours)
    shared = Basket(
        settings=settings,
        server=server,
        catalogue=catalogue,
        documents=documents,
        assets=assets,
        bulk=BulkService(assets, catalogue, documents),
        exports=ExportService(catalogue),
        imports=ImportService(
            assets,
            catalogue,
            documents,
            BatchWriter(gateway, settings.table, server.pulse),
            settings.data_dir / "imports",
        ),
        losses=losses,
        migration=MigrationService(repository, catalogue, documents),
        scenarios=ScenarioService(
            Shipped(SCENARIOS),
            settings.data_dir / "checkpoints",
            catalogue,
            documents,
            BatchWriter(gateway, settings.table, server.pulse),
        ),
        views=ViewService(documents, catalogue),
        sessions=sessions,
        feedback=feedback,
        questions=questions,
        answers=answers,
        notices=notices,
        presence=presence,
        leads=leads,
        reports=ReportService(sessions, feedback, answers, assets, tours, led_tours),
        tours=tours,
        led_tours=led_tours,
        live=ChangeBroadcaster(catalogue, notices, presence, leads, led_tours),
        review=ReviewService(
            PictureIndex(settings.baseline, settings.pictures, compare_apart),
            VerdictService(documents, catalogue, sessions),
            sessions,
            feedback,
        ),
    )
    maker = Copying(gateway, Shipped(SCENARIOS), shared) if settings.target == "moto" else None
    return replace(shared, copies=SandboxService(settings.data_dir / "copies", maker))


def _check_the_model() -> None:
    try:
        watch()
    except BrokenModel as broken:
        raise StartRefused(f"the model does not work. {broken}") from broken


def _server(settings: Settings) -> MotoSupervisor | AwsServer:
    if settings.target == "aws":
        return AwsServer(Connection("aws", settings.region), settings.table)
    endpoint = loopback(settings.dynamodb_endpoint)
    return MotoSupervisor(
        Connection("moto", settings.region, endpoint),
        settings.table,
        settings.data_dir,
        endpoint_is_set="dynamodb_endpoint" in settings.model_fields_set,
    )


class Application:
    """The running app: its services, built when first asked for, until it is closed."""

    def __init__(self, settings: Callable[[], Settings] = load) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._services: Basket | None = None
        self._closed = False

    def services(self) -> Basket:
        """The services over what everybody shares.

        Raises StartRefused when they are built, StoreUnavailable once the app is closed.
        """
        with self._lock:
            if self._closed:
                # A page still running must not start another Moto that nobody would stop.
                raise StoreUnavailable("The app is closing.")
            if self._services is None:
                self._services = build(self._settings())
            return self._services

    def close(self) -> None:
        """Close the services for good."""
        with self._lock:
            closing, self._services, self._closed = self._services, None, True
        if closing is not None:
            closing.close()
