"""The services of one running app, together."""

from dataclasses import dataclass, field
from typing import Any

from app.copying import no_copies
from app.demo.review.desk import Desk
from app.live import Live
from app.settings import Settings
from services.answers import AnswerService
from services.assets import AssetService
from services.bulk import BulkService
from services.copies.service import CopyService
from services.errors import StoreUnavailable
from services.exporting import ExportService
from services.feedback import FeedbackService
from services.files.isolated import FileReader
from services.importing.service import ImportService
from services.leading.service import LeadService
from services.losses import LossService
from services.migration.service import MigrationService
from services.model.query import AssetQuery
from services.notices import Notices
from services.presence import Presence
from services.questions import QuestionService
from services.report.service import ReportService
from services.scenarios.service import ScenarioService
from services.sessions import SessionService
from services.store.catalogue import Catalogue
from services.store.documents import DocumentRepository
from services.store.server import AwsServer
from services.store.supervisor import MotoSupervisor
from services.tour.led import LedTourService
from services.tour.service import TourService
from services.views import ViewService


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
    live: Live
    review: Desk
    files: FileReader = field(default_factory=FileReader)
    copies: CopyService["Basket"] = field(default_factory=no_copies)
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
        self.bulk.close()
        self.migration.close()
        if self.copy:
            self.imports.close()
            self.live.close()
        else:
            self.files.close()
            self.review.index.close()
            self.server.stop()
