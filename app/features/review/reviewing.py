"""Pictures of the demo before and now: looked at, decided, said something of."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from app.command_line import DEMO
from app.shell import state
from app.shell.components.component import component
from app.shell.messages import problem_note
from services.access import Role
from services.address import parted
from services.errors import BasketError, StoreUnavailable
from services.model.feedback import Feedback
from services.review.applying import Applied
from services.review.index import Compared, PictureIndex, Row
from services.review.limits import LIMITS
from services.review.service import ReviewService, is_approved, of_this
from services.review.verdicts import Verdict

_KEY = "review"
_VOICES = 20
_AWAY = "The store is not answering. This is kept here, and sent as soon as it does."
_LOOK_SECONDS = 0.5
Verdicts = Mapping[str, Sequence[Verdict]]


@dataclass(frozen=True)
class Command:
    """Something that somebody wants to be done."""

    number: float
    told: Mapping[str, Any]

    def execute(self, desk: ReviewService, *, person: str, name: str, role: Role) -> None:
        """Raises the domain's errors; nothing is done for what no page sends."""
        match self.told:
            case {"do": "decide", "file": file, "digest": digest, "decision": decision}:
                told = {"file": file, "digest": digest, "decision": decision}
                desk.decide(told, person=person, name=name)
            case {"do": "say", "shot": dict(shot)}:
                desk.say(shot, person=person, name=name)
            case {"do": "accept"}:
                state.remember(state.REVIEW_NOTE, _accepted(desk.accept(role=role)))


def commands() -> list[Command]:
    """What this tab wants to be done, each once, in the order in which it was wanted."""
    told = state.recall(_KEY, {}).get("commands") or []
    done: float = state.recall(state.REVIEW_DONE, 0)
    found = [Command(_number(one), one) for one in told if isinstance(one, Mapping)]
    fresh = [command for command in found if command.number > done]
    if fresh:
        state.remember(state.REVIEW_NOTE, "")
    return fresh


@contextmanager
def outcome(command: Command) -> Iterator[None]:
    """Note that it was done, or why it was not; what the store did not take is sent again."""
    try:
        yield
    except StoreUnavailable:
        state.remember(state.REVIEW_NOTE, _AWAY)
        return
    except BasketError as error:
        refused: dict[str, str] = state.recall(state.REVIEW_REFUSED, {})
        state.remember(state.REVIEW_REFUSED, {**refused, _key(command.number): str(error)})
        state.remember(state.REVIEW_NOTE, str(error))
    state.remember(state.REVIEW_DONE, command.number)


def nothing_yet(role: Role) -> None:
    """For who comes before there are any pictures."""
    with st.container(border=True, key="no pictures"):
        st.markdown("### There are no pictures yet")
        if role == "guest":
            st.markdown("Whoever presents takes them. Then they are here to be looked at.")
            return
        st.markdown(
            "Take some of a demo script, or of every page. This runs beside the app, and does "
            "not touch its data:"
        )
        st.code(f"{DEMO} shoot story\n{DEMO} shoot", language="sh")
        st.caption(
            "They are put into build/pictures, and compared with those in build/baseline, unless "
            "BASKET_PICTURES and BASKET_BASELINE name other folders. Where there is no baseline "
            "yet, everything is new: what you approve and accept is what later pictures are "
            "compared with."
        )


def progress(index: PictureIndex) -> None:
    """While the pictures are compared, beside the app."""

    @st.fragment(run_every=_LOOK_SECONDS)
    def look() -> None:
        compared = index.look()
        if compared.is_done:
            st.rerun()
        done = len(compared.rows) + len(compared.broken)
        share = done / compared.total if compared.total else 0.0
        st.progress(share, text=f"Comparing pictures: {done:,} of {compared.total:,}")

    look()


def gallery(
    compared: Compared, verdicts: Verdicts, said: Sequence[Feedback], person: str, role: Role
) -> None:
    """Draw the pictures with everything that was decided and said of them."""
    for sentence in compared.broken:
        problem_note(sentence)
    voices = _by_shot(said)
    data = {
        "id": hashlib.sha256(repr(compared.stamp).encode()).hexdigest()[:16],
        **LIMITS,
        "counts": compared.counts,
        "shots": [
            _shot(row, verdicts.get(row["file"], ()), voices.get(row["file"], []), person)
            for row in compared.in_order
        ],
        "meant": st.query_params.get("shot", ""),
        "presents": role == "presenter",
        "done": state.recall(state.REVIEW_DONE, 0),
        "refused": state.recall(state.REVIEW_REFUSED, {}),
        "note": state.recall(state.REVIEW_NOTE, ""),
    }
    component("features/review/reviewing.js")(data=data, key=_KEY, on_commands_change=_nothing)


def _shot(
    row: Row, verdicts: Sequence[Verdict], voices: Sequence[Feedback], person: str
) -> dict[str, Any]:
    current = of_this(row, verdicts)
    return {
        **row,
        "mine": next((one.decision for one in current if one.person == person), ""),
        "approved": [one.name for one in current if one.decision == "approve"],
        "changes": [one.name for one in current if one.decision == "changes"],
        "isApproved": is_approved(row, verdicts),
        "voices": [{"by": one.created_by, "text": one.text} for one in voices[:_VOICES]],
    }


def _by_shot(said: Sequence[Feedback]) -> dict[str, list[Feedback]]:
    """What was said of each picture, by its file."""
    found: dict[str, list[Feedback]] = {}
    for one in said:
        path, query = parted(one.place.address) or ("", "")
        for file in parse_qs(query).get("shot", []) if path == "review" else []:
            found.setdefault(file, []).append(one)
    return found


def _accepted(done: Applied) -> str:
    parts = {"accepted": done.accepted, "removed": done.removed}
    told = [f"{len(which):,} {word}" for word, which in parts.items() if which]
    said = f"The baseline is another one: {' and '.join(told)}." if told else "Nothing to accept."
    if done.outdated:
        said += f" Left alone, since taken anew meanwhile: {', '.join(done.outdated)}."
    return said


def _number(told: Mapping[str, Any]) -> float:
    number = told.get("n", 0)
    return number if isinstance(number, int | float) else 0


def _key(number: float) -> str:
    """As the browser writes it."""
    return f"{number:.0f}"


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
