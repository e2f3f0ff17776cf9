"""Notices for every page: the session that is open, and the question asked in it."""

import zlib
from collections.abc import Iterable, Mapping, Sequence

from services.errors import StoreUnavailable
from services.feedback.service import FeedbackService
from services.model.feedback import Feedback
from services.polls.answers import AnswerService
from services.polls.service import QuestionService
from services.sessions.service import SessionService


class Notices:
    """Of all that is said, the little that concerns people on any page."""

    def __init__(
        self,
        sessions: SessionService,
        feedback: FeedbackService,
        questions: QuestionService,
        answers: AnswerService,
    ) -> None:
        self._sessions = sessions
        self._feedback = feedback
        self._questions = questions
        self._given = answers
        self._said: object = None
        self._answers = ""
        self.mark = ""
        """The same for as long as there is nothing new to hear, as of the last look."""
        self.on_columns: Mapping[str, Sequence[Feedback]] = {}
        """What was said of each column of the table, by its label, newest first; as of then."""
        self.columns_mark = ""
        """The same for as long as nothing else is said of a column."""

    def look(self) -> None:
        """See whether there is anything new; while the store is away there is nothing."""
        try:
            sessions, feedback = self._sessions.all(), self._feedback.all()
            asked = self._asked()
        except StoreUnavailable:
            return
        if self._said is not feedback:
            self._said, self._answers = (
                feedback,
                _digest(
                    (one.identifier, one.status, one.reply) for one in feedback if _answered(one)
                ),
            )
            self._pin(feedback)
        begun = _digest((session.code, session.version) for session in sessions)
        self.mark = f"{begun} {self._answers} {asked}"

    def _pin(self, feedback: Iterable[Feedback]) -> None:
        pinned = [one for one in feedback if one.place.page == "Browse" and one.place.field]
        self.columns_mark = _digest((one.identifier, one.words) for one in pinned)
        labels = dict.fromkeys(one.place.field for one in pinned)
        self.on_columns = {
            label: tuple(one for one in pinned if one.place.field == label) for label in labels
        }

    def answers(self, person: str) -> tuple[Feedback, ...]:
        """What this person said and somebody has answered, newest first.

        Raises StoreUnavailable.
        """
        return tuple(one for one in self._feedback.all() if one.person == person and _answered(one))

    def _asked(self) -> str:
        """The question that everybody is asked, with its answers if everybody sees those."""
        question = self._questions.current()
        if question is None:
            return ""
        given = self._given.tally(question).answers if question.is_shown else ()
        # None is ever taken away, and each one's version rises: so does their sum with any change.
        return f"{question.identifier} {question.version} {sum(one.version for one in given)}"


def _digest(told: Iterable[object]) -> str:
    return f"{zlib.crc32(repr(list(told)).encode()):x}"


def _answered(one: Feedback) -> bool:
    return bool(one.reply) or one.status != "new"
