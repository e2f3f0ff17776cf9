"""Leading: switched on and off, moved by one window alone, followed by whoever agrees."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from pydantic import ValidationError

from services.access import Role, check_presenter
from services.errors import NoSession, StoreUnavailable
from services.leading.lead import Lead, Whereabouts, whereabouts
from services.model.record import now
from services.sessions.service import SessionService
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository
from services.store.documents.kinds import of_session, reading
from services.store.read_model.catalogue import Catalogue

_KIND = "LEAD"


@dataclass
class _Window:
    """A page that somebody has open: what it tells goes for it alone."""

    lines: int = 0
    person: str = ""
    follows: str = ""
    """The identifier of the lead that it has agreed to follow."""


@dataclass(frozen=True)
class Showing:
    """Leading as it is just now."""

    lead: Lead
    window: str = ""
    """The window that counts; empty while it is closed."""
    where: Whereabouts | None = None
    """None until that window has told."""
    followers: frozenset[str] = field(default_factory=frozenset)
    """Who goes along, by person."""


class LeadService:
    """Who leads is kept in the session, so that it outlives the app; where to, and who follows, is
    told anew by the windows as soon as they are back."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        sessions: SessionService,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._collection = DocumentCollection(documents, catalogue, _KIND, reading(Lead))
        self._sessions = sessions
        self._clock = clock
        self._lock = threading.Lock()
        self._windows: dict[str, _Window] = {}
        self._lead: Lead | None = None
        self._leading = ""
        self._where: Whereabouts | None = None
        self.has_session = False
        """Whether a session is live, as of the last look."""

    def look(self) -> None:
        """See who leads; while the store is away it is whoever did."""
        try:
            session = self._sessions.live()
            leads = [
                one for one in self._collection.all() if session and one.session == session.code
            ]
        except StoreUnavailable:
            return
        lead = next((one for one in leads if one.ended_at is None), None)
        with self._lock:
            self.has_session = session is not None
            if (lead and lead.identifier) != (self._lead and self._lead.identifier):
                self._leading, self._where = "", None
            self._lead = lead

    @property
    def mark(self) -> str:
        """The same for as long as nobody else leads, and no other session is live."""
        return f"{self.has_session} {self._lead.identifier if self._lead else ''}"

    def now(self) -> Showing | None:
        """Leading as of the last look; None while nobody leads."""
        with self._lock:
            lead = self._lead
            if lead is None:
                return None
            follow = {
                # After a restart of the app nobody may know yet whose window it is.
                one.person or name
                for name, one in self._windows.items()
                if one.follows == lead.identifier
            }
            people = frozenset(follow - {lead.person})
            return Showing(lead, self._leading, self._where, people)

    def start(self, window: str, *, person: str, by: str, role: Role) -> None:
        """Lead everybody who agrees from this window; whoever led before does not any more.

        Raises NotAllowed, NoSession, StoreUnavailable.
        """
        check_presenter(role)
        session = self._sessions.live()
        if session is None:
            raise NoSession
        lead = Lead(
            identifier=uuid4().hex,
            session=session.code,
            person=person,
            name=by,
            since=self._clock(),
        )
        self._collection.change(of_session(session.code), _KIND, lambda _: lead.plain())
        self.look()
        self.take_over(window, person=person, role=role)

    def take_over(self, window: str, *, person: str, role: Role) -> None:
        """Lead from this window from now on, and not from one's other one. Raises NotAllowed."""
        check_presenter(role)
        with self._lock:
            if self._lead and self._lead.person == person:
                self._leading, self._where = window, None

    def resume(self, window: str, identifier: str, *, person: str, role: Role) -> None:
        """Go on leading after a reload, unless another window does so by now. Raises NotAllowed."""
        check_presenter(role)
        with self._lock:
            lead = self._lead
            mine = lead and (lead.identifier, lead.person) == (identifier, person)
            if mine and self._leading in ("", window):
                self._leading = window

    def stop(self, *, role: Role) -> None:
        """Lead nobody any more. Raises NotAllowed, StoreUnavailable."""
        check_presenter(role)
        lead = self._lead
        if lead:
            self._end(lead)
        self.look()

    def _end(self, lead: Lead) -> None:
        def step(body: Mapping[str, Any]) -> Mapping[str, Any]:
            # Somebody else may have begun to lead meanwhile.
            is_it = body.get("identifier") == lead.identifier
            return {**body, "endedAt": self._clock().isoformat()} if is_it else body

        self._collection.change(of_session(lead.session), _KIND, step)

    def move(self, window: str, address: str, *, role: Role) -> None:
        """Be at an address; what any window tells but the one that leads does not count.

        Raises NotAllowed.
        """
        check_presenter(role)
        with self._lock:
            if self._lead and window and window == self._leading:
                self._where = whereabouts(address)

    def follow(self, window: str, identifier: str, *, person: str) -> None:
        """Go along with a lead from now on; "" for no longer."""
        with self._lock:
            known = self._windows.get(window)
            if known:
                known.follows, known.person = identifier, person

    def opened(self, window: str) -> None:
        """Note that a window holds a line open."""
        with self._lock:
            self._windows.setdefault(window, _Window()).lines += 1

    def closed(self, window: str) -> None:
        """Note that it no longer does: with the last line it neither leads nor follows."""
        with self._lock:
            known = self._windows.get(window)
            if known is None:
                return
            known.lines -= 1
            if known.lines <= 0:
                del self._windows[window]
                if window == self._leading:
                    self._leading = ""


def _read(body: Mapping[str, Any]) -> Lead | None:
    try:
        return Lead.model_validate(body)
    except ValidationError:
        return None
