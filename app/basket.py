"""All services of one running app."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.live.broadcaster import ChangeBroadcaster
from app.settings import Settings
from services.assets.exporting import ExportService
from services.assets.recovery import LossService
from services.assets.service import AssetService
from services.assets.views import ViewService
from services.bulk.service import BulkService
from services.errors import StoreUnavailable
from services.feedback.service import FeedbackService
from services.files.isolated import FileReader
from services.importing.service import ImportService
from services.leading.service import LeadService
from services.migration.service import MigrationService
from services.model.query import AssetQuery
from services.polls.answers import AnswerService
from services.polls.notices import Notices
from services.polls.service import QuestionService
from services.report.service import ReportService
from services.review.service import ReviewService
from services.sandbox.service import SandboxService
from services.scenarios.service import ScenarioService
from services.sessions.presence import Presence
from services.sessions.service import SessionService
from services.store.documents.documents import DocumentRepository
from services.store.moto_process.server import AwsServer
from services.store.moto_process.supervisor import MotoSupervisor
from services.store.read_model.catalogue import Catalogue
from services.tour.led import LedTourService
from services.tour.service import TourService


@dataclass(frozen=True)
class Basket:
    """The services of one running app."""

    settings: Settings
    server: MotoSupervisor | AwsServer
    catalogue: Catalogue
    documents: DocumentRepository
    assets: AssetService
    bulk: BulkService
    exports: ExportService
    imports: ImportService
    losses: LossService
    migration: MigrationService
    scenarios: ScenarioService
    views: ViewService
    sessions: SessionService
    feedback: FeedbackService
    questions: QuestionService
    answers: AnswerService
    notices: Notices
    presence: Presence
    leads: LeadService
    reports: ReportService
    tours: TourService
    led_tours: LedTourService
    live: ChangeBroadcaster
    review: ReviewService
    files: FileReader = field(default_factory=FileReader)
    copies: SandboxService["Basket"] = field(default_factory=lambda: SandboxService(Path(), None))
    copy: str = ""
    """The name of the copy, if it is one that somebody has to themselves."""

    def health(self) -> dict[str, Any]:
        """How the app and its store are, for /healthz."""
        self.server.look()
        state = self.server.state
        try:
            count: int | None = self.assets.browse(AssetQuery(limit=0)).everything
        except StoreUnavailable:
            count = None
        away = count is None or self.catalogue.freshness.away_since is not None
        status = "damaged" if state.note else "ok"
        if away or state.refusing:
            status = "store unavailable" if away else "changes are refused"
        notes = (state.unavailable if away else "", state.refusing, state.note)
        return {
            "status": status,
            "endpoint": state.endpoint,
            "table": self.settings.table,
            "assets": count,
            "moto": "spawned" if state.started_here else "attached",
            "durable": state.ours,
            "pid": state.pid,
            "note": " ".join(filter(None, notes)),
        }

    def close(self) -> None:
        """End what was started."""
        self.copies.close()
        for service in (self.bulk, self.imports, self.migration, self.scenarios):
            service.close()
        if self.copy:
            self.live.close()
        else:
            self.files.close()
            self.review.index.close()
            self.server.stop()
