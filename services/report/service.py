"""Reports of sessions."""

from collections.abc import Callable, Sequence
from datetime import datetime

from services.assets.service import AssetService
from services.errors import FeedbackNotFound
from services.feedback.board import BoardQuery, Entry, arrange
from services.feedback.service import FeedbackService
from services.model.history import Event
from services.model.record import now
from services.model.session import OPEN, Session
from services.polls.answers import AnswerService
from services.report.content import Report
from services.report.tour import TourTold, tours_told
from services.sessions.service import SessionService
from services.tour.led import LedTourService
from services.tour.service import TourService

_CHANGES = 1000
"""Of the last changes to assets, how many are looked through."""


class ReportService:
    """Puts together what one leaves a session with."""

    def __init__(
        self,
        sessions: SessionService,
        feedback: FeedbackService,
        answers: AnswerService,
        assets: AssetService,
        tours: TourService,
        led_tours: LedTourService,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._sessions = sessions
        self._feedback = feedback
        self._answers = answers
        self._assets = assets
        self._tours = tours
        self._led_tours = led_tours
        self._clock = clock

    def of(self, code: str, base: str) -> Report:
        """The report of a session; `base`: the app's address. One that is live has one so far.

        Raises SessionNotFound, StoreUnavailable.
        """
        made_at = self._clock()
        if code == OPEN:
            return self._of(self._no_session(made_at), base, made_at, ())
        session = self._sessions.get(code)
        return self._of(session, base, made_at, self._changes(session))

    def item(self, code: str, identifier: str, base: str) -> Report:
        """The report of one thing that was said or asked. Raises FeedbackNotFound, and as `of`."""
        whole = self.of(code, base)
        entries = tuple(entry for entry in whole.entries if entry.said.identifier == identifier)
        asked = tuple(one for one in whole.questions if one.question.identifier == identifier)
        if not (entries or asked):
            raise FeedbackNotFound
        return Report(whole.session, (), entries, (), whole.made_at, base, asked)

    def _of(
        self, session: Session, base: str, made_at: datetime, changes: tuple[Event, ...]
    ) -> Report:
        found = arrange(self._feedback.of(session.code), BoardQuery())
        return Report(
            session,
            self._sessions.attendance(session.code),
            tuple(reversed(found.entries)),
            changes,
            made_at,
            base,
            self._answers.of(session.code),
            self._told(session, found.entries),
        )

    def _told(self, session: Session, entries: Sequence[Entry]) -> tuple[TourTold, ...]:
        """Of those who were shown a tour: who led them is none of them."""
        leaders = self._led_tours.leaders(session.code)
        ways = self._tours.in_session(session.code)
        return tours_told(
            self._tours.all(),
            [way for way in ways if way.person not in leaders],
            tuple(reversed(entries)),
            is_over=not session.is_open,
        )

    def _changes(self, session: Session) -> tuple[Event, ...]:
        """Up to its end; what was changed before it began belongs to nobody's review."""
        end = session.closed_at or self._clock()
        events = self._assets.activity(_CHANGES)
        during = [event for event in events if session.created_at <= event.change.at <= end]
        return tuple(reversed(during))

    def _no_session(self, moment: datetime) -> Session:
        """What was said outside of any session reads like one that nobody began."""
        return Session(
            identifier=OPEN,
            title="Outside of any session",
            created_at=moment,
            created_by="Nobody",
            updated_at=moment,
            updated_by="Nobody",
        )
