"""Where pictures are reviewed in the app: decided, said something of, and taken as the baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from services.access import Role, check_presenter
from services.feedback.service import FeedbackService
from services.review.applying import Applied, accept, remarks
from services.review.decisions import FORMAT, BadDecisions, Decision, Decisions
from services.review.index import PictureIndex, Row
from services.review.verdicts import Verdict, VerdictService
from services.sessions.service import SessionService

_GONE = BadDecisions("The pictures have been taken anew meanwhile. Look at the new ones.")


@dataclass(frozen=True)
class ReviewService:
    """What can be done with the pictures."""

    index: PictureIndex
    verdicts: VerdictService
    sessions: SessionService
    feedback: FeedbackService

    def decide(self, told: Mapping[str, Any], *, person: str, name: str) -> None:
        """Think something of a picture. Raises BadDecisions, StoreUnavailable."""
        one = _decision(told)
        self._row(one)
        self.verdicts.decide(one.file, one.digest, one.decision, person=person, name=name)

    def say(self, told: Mapping[str, Any], *, person: str, name: str) -> None:
        """Say something of a picture, as feedback. Raises BadDecisions, StoreUnavailable."""
        one = _decision(told)
        self._row(one)
        # With the person in it: two of the same name may say the same.
        spoken = Decisions(format=FORMAT, pack=person, reviewer=name, decisions=(one,))
        code = self.sessions.receiving("")
        for given in remarks(one, spoken):
            self.feedback.give(code, given, person=person, by=name)

    def accept(self, *, role: Role) -> Applied:
        """Take what is approved, and nobody wants changed, as the new baseline.

        Raises NotAllowed, StoreUnavailable.
        """
        check_presenter(role)
        verdicts = self.verdicts.by_file()
        approved = [
            Decision(
                file=row["file"], status=row["status"], digest=row["digest"], decision="approve"
            )
            for row in self.index.look().rows
            if is_approved(row, verdicts.get(row["file"], ()))
        ]
        return accept(approved, self.index.before, self.index.after)

    def _row(self, one: Decision) -> Row:
        """What is known of the picture that was looked at. Raises BadDecisions."""
        for row in self.index.look().rows:
            if (row["file"], row["digest"]) == (one.file, one.digest):
                return row
        raise _GONE


def is_approved(row: Row, verdicts: Sequence[Verdict]) -> bool:
    """Whether somebody approves of this very picture, and nobody wants it changed."""
    if row["status"] == "unchanged":
        return False
    return {one.decision for one in of_this(row, verdicts)} == {"approve"}


def of_this(row: Row, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """What is thought of this very picture, and not of one before it."""
    return [one for one in verdicts if one.digest == row["digest"]]


def _decision(told: Mapping[str, Any]) -> Decision:
    try:
        return Decision.model_validate({"status": "changed", **told})
    except ValidationError as error:
        raise BadDecisions("This cannot be kept as it is.") from error
