"""Sessions in which people look at the demo together."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from services.access import Role, check_presenter
from services.errors import InvalidSession, SessionClosed, SessionNotFound
from services.model.record import now
from services.model.session import OPEN, Attendee, Session, code_of
from services.names import LONGEST_NAME, tidy
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository, StaleDocument
from services.store.documents.kinds import as_document, of_session, reading
from services.store.read_model.catalogue import Catalogue
from services.store.table import META

LONGEST_TITLE, LONGEST_GOAL = 120, 500
_PERSON = "PERSON#"


class SessionService:
    """Sessions: one is live at the most, the others stay readable."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._sessions = DocumentCollection(documents, catalogue, META, reading(Session))
        self._people = DocumentCollection(documents, catalogue, _PERSON, reading(Attendee))
        self._clock = clock

    def start(self, title: str, goal: str, *, by: str, code: str, role: Role) -> Session:
        """Begin a session; the one that was live is closed. Repeating it starts no second one.

        Raises NotAllowed, InvalidSession, StoreUnavailable.
        """
        check_presenter(role)
        session = self._new(tidy(title), goal.strip(), by, code)
        try:
            self._sessions.put(
                as_document(session, session.code, META), operation=f"start {code} {session.title}"
            )
        except StaleDocument as error:
            raise InvalidSession("This code is taken already. Try again.") from error
        for other in self.all():
            if other.is_open and other.code != code:
                self.close(other.code, by=by, role=role)
        return session

    def close(self, code: str, *, by: str, role: Role) -> None:
        """End a session; everything that was said stays. One that is closed stays as it is.

        Raises NotAllowed, SessionNotFound, StoreUnavailable.
        """
        check_presenter(role)

        def step(body: Mapping[str, Any]) -> Mapping[str, Any]:
            if not body:
                raise SessionNotFound(code)
            at = self._clock().isoformat()
            ended = {"closedAt": at, "closedBy": by, "updatedAt": at, "updatedBy": by}
            return body if body.get("closedAt") else {**body, **ended}

        self._sessions.change(of_session(code), META, step)

    def join(self, code: str, *, person: str, name: str) -> Session:
        """Take part in a session under a name; joining again changes the name.

        Raises SessionNotFound, SessionClosed, InvalidSession, StoreUnavailable.
        """
        session, name = self.open(code), tidy(name) or "Guest"
        if len(name) > LONGEST_NAME:
            raise InvalidSession(f"A name has {LONGEST_NAME} characters at the most.")
        usual = {"person": person, "joinedAt": self._clock().isoformat(), "session": session.code}
        self._people.change(
            of_session(session.code), _PERSON + person, lambda body: {**usual, **body, "name": name}
        )
        return session

    def take_part(self, code: str, *, person: str, name: str) -> None:
        """Count somebody who says something in a session with those who have joined it.

        Who has joined keeps the name; a session that is over, or none, counts nobody more.
        Raises StoreUnavailable.
        """
        if code != OPEN and all(one.person != person for one in self.attendance(code)):
            with suppress(SessionNotFound, SessionClosed):
                self.join(code, person=person, name=tidy(name)[:LONGEST_NAME])

    def get(self, code: str) -> Session:
        """The session with this code, however it was typed.

        Raises SessionNotFound, StoreUnavailable.
        """
        wanted = code_of(code)
        for session in self.all():
            if session.code == wanted:
                return session
        raise SessionNotFound(code)

    def open(self, code: str) -> Session:
        """The same, if it has not been closed. Raises SessionClosed too."""
        session = self.get(code)
        if not session.is_open:
            raise SessionClosed(session.title)
        return session

    def all(self) -> tuple[Session, ...]:
        """Every session, newest first. Raises StoreUnavailable."""
        return tuple(sorted(self._sessions.all(), key=lambda one: one.created_at, reverse=True))

    def live(self) -> Session | None:
        """The session that is on now, if there is one. Raises StoreUnavailable."""
        return next((session for session in self.all() if session.is_open), None)

    def attendance(self, code: str) -> tuple[Attendee, ...]:
        """Who has joined a session, in the order in which they came. Raises StoreUnavailable."""
        found = (one for one in self._people.all() if one.session == code)
        return tuple(sorted(found, key=lambda one: one.joined_at))

    def receiving(self, code: str) -> str:
        """Where feedback goes that was begun in the session with this code.

        Raises StoreUnavailable.
        """
        if any(session.code == code for session in self.all()):
            return code
        live = self.live()
        return live.code if live else OPEN

    def check(self, title: str, goal: str) -> None:
        """Raises InvalidSession for what no session can be begun with."""
        if not tidy(title):
            raise InvalidSession("Enter a title.")
        if len(tidy(title)) > LONGEST_TITLE:
            raise InvalidSession(f"A title can have {LONGEST_TITLE} characters at the most.")
        if len(goal.strip()) > LONGEST_GOAL:
            raise InvalidSession(f"A goal has {LONGEST_GOAL} characters at the most.")

    def _new(self, title: str, goal: str, by: str, code: str) -> Session:
        self.check(title, goal)
        at = self._clock()
        return Session(
            identifier=code,
            title=title,
            goal=goal.encode("utf-8", "replace").decode(),
            created_at=at,
            created_by=by,
            updated_at=at,
            updated_by=by,
        )
