"""Commands of the board: agree, reply, set a status, merge, remove."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.access import Role
from services.feedback.service import FeedbackService
from services.model.feedback import BEST, KINDS, STATUSES, Kind, Status


@dataclass(frozen=True)
class Command:
    """A change to one piece of feedback."""

    session: str
    identifier: str
    told: Mapping[str, Any]
    """As the browser sent it."""

    def execute(self, service: FeedbackService, person: str, name: str, role: Role) -> None:
        """Raises the domain's errors; nothing is done for what no page sends."""
        match self.told:
            case {"do": "agree"}:
                service.agree(self.session, self.identifier, person=person, name=name)
            case {"do": "disagree"}:
                service.disagree(self.session, self.identifier, person=person)
            case {"do": "withdraw"}:
                service.withdraw(self.session, self.identifier, person=person)
            case {"do": "edit", "kind": str(kind), "text": str(text)} if kind in KINDS:
                self._edit(service, person, kind, text)
            case {"do": "merge", "into": str(into)}:
                service.merge(self.session, self.identifier, into=into, role=role)
            case {"do": "triage", "status": str(status)} if status in STATUSES:
                self._triage(service, name, status, role)

    def _edit(self, service: FeedbackService, person: str, kind: Kind, text: str) -> None:
        rating = self.told.get("rating")
        service.edit(
            self.session,
            self.identifier,
            person=person,
            kind=kind,
            text=text,
            rating=rating if isinstance(rating, int) and 1 <= rating <= BEST else None,
        )

    def _triage(self, service: FeedbackService, name: str, status: Status, role: Role) -> None:
        tags = self.told.get("tags", "")
        service.triage(
            self.session,
            self.identifier,
            by=name,
            status=status,
            reply=str(self.told.get("reply", "")),
            tags=str(tags).split(","),
            role=role,
        )


def command_of(told: Any) -> Command | None:
    """The command that a browser has sent; None for what no page sends."""
    match told:
        case {"session": str(session), "id": str(identifier)}:
            return Command(session, identifier, told)
        case _:
            return None
