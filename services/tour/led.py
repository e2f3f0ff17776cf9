"""Tours on which somebody takes everybody in a session along, at one step together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from pydantic import ConfigDict

from services.access import Role, check_presenter
from services.errors import NoSession, StoreUnavailable
from services.model.base import Fields
from services.model.record import When, now
from services.sessions.service import SessionService
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository
from services.store.documents.kinds import of_session, reading
from services.store.read_model.catalogue import Catalogue
from services.tour.service import Tour, TourService

_KIND = "LEDTOUR#"


class Led(Fields):
    """From when everybody is led to when each goes alone again."""

    model_config = ConfigDict(extra="ignore")

    identifier: str
    session: str
    person: str
    """Who leads, as an Attendee is told."""
    name: str
    script: str
    since: When
    ended_at: When | None = None


@dataclass(frozen=True)
class Leading:
    """A tour on which everybody is led, and where it is."""

    led: Led
    tour: Tour
    """Of the one who leads: its step is everybody's."""
    along: int
    """How many go along."""


class LedTourService:
    """Everybody's way through a tour that somebody leads."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        sessions: SessionService,
        tours: TourService,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._collection = DocumentCollection(documents, catalogue, _KIND, reading(Led))
        self._sessions = sessions
        self._tours = tours
        self._clock = clock
        self.mark = ""
        """The same for as long as everybody is led to the same step, as of the last look."""

    def look(self) -> None:
        """See where everybody is led; while the store is away it stays as it was."""
        try:
            leading = self.now()
        except StoreUnavailable:
            return
        self.mark = f"{leading.led.identifier} {leading.tour.step.name}" if leading else ""

    def now(self) -> Leading | None:
        """The tour on which everybody is led just now. Raises StoreUnavailable."""
        led = self._current()
        tour = self._tours.of(led.person) if led else None
        if led is None or tour is None or tour.progress.script != led.script:
            return None
        ways = self._tours.in_session(led.session)
        return Leading(led, tour, sum(one.active and one.led == led.identifier for one in ways))

    def leaders(self, code: str) -> frozenset[str]:
        """Who has led others in a session, by person. Raises StoreUnavailable."""
        return frozenset(one.person for one in self._collection.all() if one.session == code)

    def lead(self, script: str, *, person: str, by: str, role: Role) -> None:
        """Take everybody along from now on, from where one is on the tour.

        Raises NotAllowed, NoSession, TourNotFound, StoreUnavailable.
        """
        check_presenter(role)
        session = self._sessions.live()
        if session is None:
            raise NoSession
        self._tours.begin(script, person=person, by=by)
        self._end()
        led = Led(
            identifier=uuid4().hex,
            session=session.code,
            person=person,
            name=by,
            script=script,
            since=self._clock(),
        )
        self._put(led)

    def alone(self, *, role: Role) -> None:
        """Let each go alone from where they are. Raises NotAllowed, StoreUnavailable."""
        check_presenter(role)
        self._end()

    def finish(self, *, role: Role) -> None:
        """End the tour for everybody who goes along, and for whoever leads.

        Raises NotAllowed, StoreUnavailable.
        """
        check_presenter(role)
        self._finish()

    def left(self, person: str) -> None:
        """The tour of who leads is everybody's: left or finished, it is over for all.

        Raises StoreUnavailable.
        """
        led = self._current()
        if led and led.person == person and self._tours.of(person) is None:
            self._finish()

    def take_along(self, person: str, by: str) -> None:
        """Bring somebody to the step of whoever leads, but nobody who has left the tour.

        Raises StoreUnavailable.
        """
        leading = self.now()
        if leading and person != leading.led.person:
            at = leading.tour.progress
            self._tours.along(at, led=leading.led.identifier, person=person, by=by)

    def _current(self) -> Led | None:
        live = self._sessions.live()
        there = [one for one in self._collection.all() if live and one.session == live.code]
        return next((one for one in there if one.ended_at is None), None)

    def _finish(self) -> None:
        led = self._current()
        if led is None:
            return
        for one in self._tours.in_session(led.session):
            if one.active and (one.led == led.identifier or one.person == led.person):
                self._tours.leave(one.person, finished=one.finished)
        self._end()

    def _end(self) -> None:
        led = self._current()
        if led:
            self._put(led.model_copy(update={"ended_at": self._clock()}))

    def _put(self, led: Led) -> None:
        sk = f"{_KIND}{led.person}"
        self._collection.change(of_session(led.session), sk, lambda _: led.plain())
