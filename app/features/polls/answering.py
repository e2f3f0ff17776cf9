"""The question that the presenter asks everybody, on every page, until it is answered."""

from dataclasses import dataclass
from typing import Any

from app.basket import Basket
from app.features.polls.tallies import chart
from app.shell import identity, state
from app.shell.components.component import component
from app.shell.context import Context, context
from services.errors import BasketError, StoreUnavailable
from services.model.question import LONGEST_ANSWER, Question, Voter
from services.model.session import Session
from services.names import leader

_KEY = "question"


@dataclass(frozen=True)
class Taken:
    """What came of the last answer that a tab has sent."""

    number: float = 0
    """As its browser gave it."""
    problem: str = ""
    """Why it is no answer, in words for people."""
    waiting: bool = False
    """Whether it is not kept yet, since the store was away."""


def panel(of: Context, session: Session | None) -> None:
    """Draw what is asked now, and the results if everybody sees them.

    After the session's end only where something was: who was writing is told that it is over.
    """
    if session is None and state.recall(_KEY) is None:
        return
    taken: Taken = state.recall(state.ANSWERED, Taken())
    data = {
        "question": _current(of.basket),
        "longest": LONGEST_ANSWER,
        "done": taken.number,
        "problem": taken.problem,
        "waiting": taken.waiting,
    }
    component("features/polls/answering.js")(data=data, key=_KEY, on_answer_change=_take)


def _current(basket: Basket) -> dict[str, Any] | None:
    try:
        question = basket.questions.current()
        return _to_props(basket, question) if question else None
    except StoreUnavailable:
        return None


def _to_props(basket: Basket, question: Question) -> dict[str, Any]:
    answers = basket.answers
    mine = answers.mine(question, _voter())
    return {
        "id": question.identifier,
        "session": question.session,
        "kind": question.kind,
        "text": question.text,
        "by": leader(question.created_by),
        "choices": list(question.choices),
        "ends": [question.lowest, question.highest],
        "open": question.is_open,
        "mine": {"value": mine.value, "nameless": mine.is_anonymous} if mine else None,
        "aside": question.person == identity.person() or _is_busy(basket, question.session),
        "chart": chart(answers.tally(question)) if question.is_shown else None,
    }


def _is_busy(basket: Basket, code: str) -> bool:
    """Whether somebody presents, or is asked for a name: nothing is to lie over that."""
    page = state.recall(state.PAGE)
    if page != "Join":
        return bool(page == "Present")
    joined = basket.sessions.attendance(code)
    return all(one.person != identity.person() for one in joined)


def _voter() -> Voter:
    return Voter(identity.person(), identity.number(), identity.who())


def _take() -> None:
    """Before anything is drawn: keep what the browser has sent."""
    match state.recall(_KEY, {}).get("answer"):
        case {
            "n": int() | float() as number,
            "session": str(code),
            "question": str(question),
            "value": str(value),
            "nameless": bool(nameless),
        }:
            taken = _answered(number, code, question, value, nameless)
            state.remember(state.ANSWERED, taken)


def _answered(number: float, code: str, question: str, value: str, nameless: bool) -> Taken:
    answers = context().basket.answers
    try:
        answers.answer(code, question, value, voter=_voter(), anonymous=nameless)
    except StoreUnavailable:
        before: Taken = state.recall(state.ANSWERED, Taken())
        return Taken(before.number, waiting=True)
    except BasketError as error:
        return Taken(number, problem=str(error))
    return Taken(number)
