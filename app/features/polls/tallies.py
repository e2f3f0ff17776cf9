"""What came of a question, for a chart."""

from collections.abc import Mapping
from typing import Any

from services.model.question import GRADES, QUESTION_KINDS, Answer, QuestionKind
from services.polls.tally import Tally

KIND_LABELS: Mapping[QuestionKind, str] = dict(
    zip(QUESTION_KINDS, ("Choice", f"Scale 1–{GRADES[-1]}", "Free text"), strict=True)
)
_WORDS = 200
"""Of the answers in words, so many are shown; the report has all."""


def chart(tally: Tally) -> dict[str, Any]:
    """The counts, or the words; the last words first."""
    number = len(tally.answers)
    return {
        "kind": tally.question.kind,
        "bars": [
            {"label": label, "number": count, "share": count / number if number else 0}
            for label, count in tally.counts
        ],
        "ends": [tally.question.lowest, tally.question.highest],
        "words": [_words(one) for one in reversed(tally.answers[-_WORDS:])]
        if tally.question.kind == "text"
        else [],
        "mean": tally.mean,
        "spread": tally.spread,
        "summary": summary(tally),
    }


def summary(tally: Tally) -> str:
    """How many have answered; on a scale, what they say together."""
    number = len(tally.answers)
    told = f"{number:,} {'answer' if number == 1 else 'answers'}" if number else "No answer yet"
    if tally.mean is None:
        return told
    return f"{told} · mean {tally.mean:.1f}"


def _words(answer: Answer) -> dict[str, str]:
    return {"text": answer.value, "by": answer.created_by}
