"""What the presenter asks everybody in a session: one question at a time."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.access import Role, check_presenter
from services.errors import InvalidQuestion, QuestionNotFound
from services.model.question import Asked, Question
from services.model.record import now
from services.polls.rules import tidied
from services.sessions.service import SessionService
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository, StaleDocument
from services.store.documents.kinds import as_document, of_session, reading
from services.store.read_model.catalogue import Catalogue

_KIND = "QUESTION#"
Body = Mapping[str, Any]


class QuestionService:
    """Questions: asked, closed and shown by a presenter, answered by anybody."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        sessions: SessionService,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._collection = DocumentCollection(documents, catalogue, _KIND, reading(Question))
        self._sessions = sessions
        self._clock = clock

    def of(self, code: str) -> tuple[Question, ...]:
        """What was asked in a session, oldest first. Raises StoreUnavailable."""
        asked = (one for one in self._collection.all() if one.session == code)
        return tuple(sorted(asked, key=lambda one: one.created_at))

    def current(self) -> Question | None:
        """What everybody is asked now, or sees the results of. Raises StoreUnavailable."""
        live = self._sessions.live()
        asked = self.of(live.code) if live else ()
        shown = [one for one in asked if one.is_shown]
        return next(reversed([one for one in asked if one.is_open] or shown), None)

    def get(self, code: str, identifier: str) -> Question:
        """One question. Raises QuestionNotFound, StoreUnavailable."""
        found = (one for one in self.of(code) if one.identifier == identifier)
        question = next(found, None)
        if question is None:
            raise QuestionNotFound
        return question

    def ask(self, code: str, asked: Asked, *, person: str, by: str, role: Role) -> None:
        """Ask everybody in a session; what was asked or shown before makes room.

        What is sent twice is asked once. Raises NotAllowed, InvalidQuestion, SessionNotFound,
        SessionClosed, StoreUnavailable.
        """
        check_presenter(role)
        question = self._new(self._sessions.open(code).code, tidied(asked), person, by)
        document = as_document(question, question.session, _KIND + question.identifier)
        try:
            self._collection.put_own(document, f"ask {person} {asked.identifier}", person=person)
        except StaleDocument as error:
            raise InvalidQuestion("Something else was asked under this number.") from error
        # As it is kept: what was asked since is not older, however often this one arrives.
        since = self.get(code, asked.identifier).created_at
        for other in self.of(code):
            if other.created_at < since and (other.is_open or other.is_shown):
                self._change(other, by, lambda body: self._closed(_hidden(body), by))

    def close(self, code: str, identifier: str, *, by: str, role: Role) -> None:
        """Take no more answers; those that came stay. One that is closed stays as it is.

        Raises NotAllowed, QuestionNotFound, StoreUnavailable.
        """
        check_presenter(role)
        self._change(self.get(code, identifier), by, lambda body: self._closed(body, by))

    def show(self, code: str, identifier: str, *, by: str, role: Role) -> None:
        """Let everybody see the results, as they come in; of one question at a time.

        Raises as `close` does.
        """
        check_presenter(role)
        shown, at = self.get(code, identifier), self._clock().isoformat()
        self._change(shown, by, lambda body: {"shownAt": at, **body})
        for other in self.of(code):
            if other.is_shown and other.identifier != identifier:
                self._change(other, by, _hidden)

    def hide(self, code: str, identifier: str, *, by: str, role: Role) -> None:
        """Keep the results to those who present. Raises as `close` does."""
        check_presenter(role)
        self._change(self.get(code, identifier), by, _hidden)

    def _closed(self, body: Body, by: str) -> Body:
        ended = {"closedAt": self._clock().isoformat(), "closedBy": by}
        return body if body.get("closedAt") else {**body, **ended}

    def _change(self, which: Question, by: str, step: Callable[[Body], Body]) -> None:
        def stamped(body: Body) -> Body:
            if not body:
                raise QuestionNotFound
            after, at = step(body), self._clock().isoformat()
            return after if after == body else {**after, "updatedAt": at, "updatedBy": by}

        self._collection.change(of_session(which.session), _KIND + which.identifier, stamped)

    def _new(self, code: str, asked: Asked, person: str, by: str) -> Question:
        at = self._clock()
        return Question(
            **dict(asked),
            session=code,
            person=person,
            created_at=at,
            created_by=by,
            updated_at=at,
            updated_by=by,
        )


def _hidden(body: Body) -> Body:
    return {name: value for name, value in body.items() if name != "shownAt"}
