"""What was asked in a session, for programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.files.sheet import Value
from services.model.question import Answer, Question
from services.polls.tally import Tally

Line = Mapping[str, Value]
"""By column."""


def lines(tally: Tally) -> Iterator[Line]:
    """A line for the question and one for each answer."""
    question = tally.question
    yield {
        "identifier": question.identifier,
        "session": question.session,
        "at": question.created_at.isoformat(),
        "by": question.created_by,
        "kind": "asked",
        "text": question.text,
        "question": question.text,
    }
    for answer in tally.answers:
        yield {
            "session": question.session,
            "at": _at(answer),
            "by": answer.created_by,
            "kind": "answer",
            "text": answer.value,
            "rating": int(answer.value) if question.kind == "scale" else None,
            "question": question.text,
        }


def plain(tally: Tally) -> dict[str, Any]:
    """The question, what came of it, and every answer."""
    return {
        **_question(tally.question),
        "counts": dict(tally.counts),
        "mean": tally.mean,
        "spread": tally.spread,
        "answers": [
            {"value": one.value, "by": one.created_by or None, "at": _at(one)}
            for one in tally.answers
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    told = question.plain()
    del told["person"]
    return told


def _at(answer: Answer) -> str | None:
    """When somebody does something is a way to who it is."""
    return None if answer.is_anonymous else answer.created_at.isoformat()
