"""Questions as their presenter asks them, and what is answered, as it comes in."""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pydantic import ValidationError

from app.features.polls.tallies import KIND_LABELS, chart
from app.shell import state
from app.shell.components.component import component
from app.shell.components.outbox import new_commands
from services.access import Role
from services.errors import BasketError, InvalidQuestion, StoreUnavailable
from services.model.question import (
    FEWEST_OPTIONS,
    LONGEST_END,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    Asked,
)
from services.model.session import Session
from services.polls.service import QuestionService
from services.polls.tally import Tally

_KEY = "asking"


@dataclass(frozen=True)
class Command:
    """What a presenter wants to be done with a question."""

    told: Mapping[str, Any]
    """As the browser sent it."""

    def execute(self, service: QuestionService, person: str, name: str, role: Role) -> None:
        """Raises the domain's errors; nothing is done for what no page sends."""
        match self.told:
            case {"do": "ask", "session": str(code), "question": dict(entered)}:
                service.ask(code, _asked(entered), person=person, by=name, role=role)
            case {"do": "close", "session": str(code), "id": str(identifier)}:
                service.close(code, identifier, by=name, role=role)
            case {"do": "show", "session": str(code), "id": str(identifier)}:
                service.show(code, identifier, by=name, role=role)
            case {"do": "hide", "session": str(code), "id": str(identifier)}:
                service.hide(code, identifier, by=name, role=role)


def commands() -> list[Command]:
    """What this tab wants to be done, each once, in the order in which it was wanted."""
    return [Command(told) for told in new_commands(_KEY, state.ASK_DONE)]


@contextmanager
def outcome() -> Iterator[None]:
    """Tell beside the question why something could not be done."""
    try:
        yield
    except StoreUnavailable:
        told = "The store is not answering. Nothing is lost: try again in a moment."
        state.remember(state.ASK_NOTE, {"text": told, "part": ""})
    except InvalidQuestion as error:
        state.remember(state.ASK_NOTE, {"text": str(error), "part": error.part})
    except BasketError as error:
        state.remember(state.ASK_NOTE, {"text": str(error), "part": ""})


def section(session: Session, tallies: Sequence[Tally], present: Set[str]) -> None:
    """Draw the way to ask everybody, and what came of what was asked; the last one first."""
    data = {
        "session": session.code,
        "kinds": [{"name": name, "label": label} for name, label in KIND_LABELS.items()],
        "fewest": FEWEST_OPTIONS,
        "most": MOST_OPTIONS,
        "longest": {"text": LONGEST_QUESTION, "option": LONGEST_OPTION, "end": LONGEST_END},
        "questions": [_to_props(tally, present) for tally in reversed(tallies)],
        "done": state.recall(state.ASK_DONE, 0),
        "note": state.recall(state.ASK_NOTE),
    }
    state.remember(state.ASK_NOTE, None)
    component("features/polls/questioning.js")(data=data, key=_KEY, on_commands_change=_nothing)


def _to_props(tally: Tally, present: Set[str]) -> dict[str, Any]:
    question = tally.question
    return {
        "id": question.identifier,
        "kind": question.kind,
        "kindLabel": KIND_LABELS[question.kind],
        "text": question.text,
        "options": list(question.options),
        "lowest": question.lowest,
        "highest": question.highest,
        "open": question.is_open,
        "shown": question.is_shown,
        "chart": chart(tally),
        "here": _here(tally, present),
        "issue": f"report?session={quote(question.session)}&item={question.identifier}&format=md",
    }


def _here(tally: Tally, present: Set[str]) -> str:
    if not present:
        return "Nobody who has joined is here"
    verb = "has" if len(present) == 1 else "have"
    return f"{tally.here(present)} of {len(present)} here {verb} answered"


def _asked(entered: Mapping[str, Any]) -> Asked:
    options = entered.get("options")
    try:
        return Asked(
            identifier=str(entered.get("id", "")),
            kind=entered.get("kind", ""),
            text=str(entered.get("text", "")),
            options=tuple(map(str, options)) if isinstance(options, list) else (),
            lowest=str(entered.get("lowest", "")),
            highest=str(entered.get("highest", "")),
        )
    except ValidationError as error:
        raise InvalidQuestion("This cannot be asked as it is.") from error


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
