"""What people answer to what the presenter asks: one answer each, by name or without."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.errors import QuestionClosed
from services.model.question import Answer, Question, Voter
from services.model.record import now
from services.polls.rules import answer_to
from services.polls.service import QuestionService
from services.polls.tally import Tally
from services.sessions.service import SessionService
from services.store.documents.collection import DocumentCollection
from services.store.documents.documents import DocumentRepository
from services.store.documents.kinds import of_session, reading
from services.store.read_model.catalogue import Catalogue

_KIND = "ANSWER#"
_By = Mapping[tuple[str, str], tuple[Answer, ...]]
"""By session and question."""


class AnswerService:
    """Answers: given by anybody, counted."""

    def __init__(
        self,
        documents: DocumentRepository,
        catalogue: Catalogue,
        sessions: SessionService,
        questions: QuestionService,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._collection = DocumentCollection(documents, catalogue, _KIND, reading(Answer))
        self._sessions = sessions
        self._questions = questions
        self._clock = clock
        self._known: tuple[tuple[Answer, ...], _By] = ((), {})

    def answer(
        self, code: str, identifier: str, value: str, *, voter: Voter, anonymous: bool = False
    ) -> None:
        """Answer, or answer something else, as long as the question is open.

        Without a name nothing is kept that leads to who has said it. Raises InvalidAnswer,
        QuestionNotFound, QuestionClosed, SessionNotFound, SessionClosed, StoreUnavailable.
        """
        question = self._questions.get(self._sessions.open(code).code, identifier)
        if not question.is_open:
            raise QuestionClosed
        key, name = voter.voter_key(identifier), "" if anonymous else voter.name
        said = {
            "identifier": key,
            "session": question.session,
            "question": identifier,
            "value": answer_to(question, value),
            "person": "" if anonymous else voter.person,
            "createdBy": name,
            "updatedBy": name,
        }

        def step(body: Mapping[str, Any]) -> Mapping[str, Any]:
            at = self._clock().isoformat()
            after = {"createdAt": at, "updatedAt": at} | {**body} | said
            return body if after == body else {**after, "updatedAt": at}

        pk = of_session(question.session)
        self._collection.change(pk, f"{_KIND}{identifier}#{key}", step)

    def of(self, code: str) -> tuple[Tally, ...]:
        """What was asked in a session and what came of it, oldest first.

        Raises StoreUnavailable.
        """
        return tuple(self.tally(question) for question in self._questions.of(code))

    def tally(self, question: Question) -> Tally:
        """What came of a question so far. Raises StoreUnavailable."""
        key = (question.session, question.identifier)
        return Tally(question, self._by_question().get(key, ()))

    def mine(self, question: Question, voter: Voter) -> Answer | None:
        """What this person has answered, by name or without. Raises StoreUnavailable."""
        key, given = voter.voter_key(question.identifier), self.tally(question).answers
        return next((one for one in given if one.identifier == key), None)

    def _by_question(self) -> _By:
        kept = self._collection.all()
        if self._known[0] is not kept:
            found: dict[tuple[str, str], list[Answer]] = {}
            for one in sorted(kept, key=lambda one: one.created_at):
                found.setdefault((one.session, one.question), []).append(one)
            self._known = (kept, {key: tuple(those) for key, those in found.items()})
        return self._known[1]
