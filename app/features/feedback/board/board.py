"""The board on which feedback comes in, is agreed with and answered."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from app.features.feedback.board.commands import Command, command_of
from app.features.feedback.page_context import way_to
from app.features.feedback.words import ALL_KINDS, KIND_LABELS, STATUS_LABELS, STATUS_TONES
from app.shell import state
from app.shell.components.component import component
from app.shell.components.outbox import new_commands
from app.shell.words import ago, readable
from services.access import Role
from services.errors import BasketError
from services.feedback.board import ASPECTS, Board, BoardQuery, Choice, Entry
from services.model.feedback import BEST, LONGEST_REPLY, LONGEST_TEXT, Feedback
from services.model.session import OPEN, Session
from services.report.words import heading_of, own_copy, show_words

_KEY = "board"
_MOST = 200
_REMEMBERED = 2000
_SORT = "sort"
_ALL: Mapping[str, str] = {
    "session": "All sessions",
    "kind": "All kinds",
    "status": "Any status",
    "where": "All pages",
    "field": "All fields",
    "person": "Everybody",
    "asset": "All assets",
    "tag": "All tags",
}


def asked() -> BoardQuery:
    """What the address asks for."""
    wanted = {aspect: st.query_params.get(aspect, "") for aspect in ASPECTS}
    agreed = st.query_params.get(_SORT) == "agreement"
    return BoardQuery(wanted, "agreement" if agreed else "newest")


def commands() -> list[Command]:
    """What this tab wants to be done, each once, in the order in which it was wanted."""
    return [command for one in new_commands(_KEY, state.BOARD_DONE) if (command := command_of(one))]


@contextmanager
def outcome() -> Iterator[None]:
    """Tell on the board why something could not be done."""
    try:
        yield
    except BasketError as error:
        state.remember(state.BOARD_NOTE, str(error))


def board(
    found: Board, query: BoardQuery, sessions: Sequence[Session], person: str, role: Role
) -> None:
    """Draw what was found, and what can be narrowed down to."""
    titles = {OPEN: "No session"} | {one.code: one.title for one in sessions}
    moment = datetime.now(UTC)
    data = {
        "tally": _tally(found),
        "filters": [
            _filter(aspect, found.choices[aspect], query, titles, found) for aspect in ASPECTS
        ],
        "sort": query.sort,
        "entries": [_entry(entry, person, titles, moment) for entry in found.entries[:_MOST]],
        "kinds": [{"name": name, "label": label} for name, label in KIND_LABELS.items()],
        "statuses": [{"name": name, "label": label} for name, label in STATUS_LABELS.items()],
        "best": BEST,
        "longest": {"text": LONGEST_TEXT, "reply": LONGEST_REPLY},
        "presents": role == "presenter",
        "done": state.recall(state.BOARD_DONE, 0),
        "note": state.recall(state.BOARD_NOTE, ""),
    }
    state.remember(state.BOARD_NOTE, "")
    component("features/feedback/board/board.js")(data=data, key=_KEY, on_commands_change=_nothing)


def _tally(found: Board) -> str:
    if not found.everything:
        return "Nothing has been said yet. The bar at the top right is the place for it."
    if not found.entries:
        return "Nothing of this kind. Choose less."
    shown = min(len(found.entries), _MOST)
    return f"{shown:,} of {found.everything:,}" if shown < found.everything else f"{shown:,} in all"


def _filter(
    aspect: str,
    choices: Sequence[Choice],
    query: BoardQuery,
    titles: Mapping[str, str],
    found: Board,
) -> dict[str, Any]:
    labels: Mapping[str, Mapping[Any, str]] = {
        "session": titles,
        "kind": ALL_KINDS,
        "status": STATUS_LABELS,
        "asset": {entry.said.place.asset: entry.said.place.asset_name for entry in found.entries},
    }
    chosen = query.narrowing.get(aspect, "")
    there = [value for value, _ in choices]
    more = [(chosen, 0)] if chosen and chosen not in there else []
    return {
        "parameter": aspect,
        "all": _ALL[aspect],
        "chosen": chosen,
        "values": [
            {"value": value, "label": f"{labels.get(aspect, {}).get(value) or value} ({number:,})"}
            for value, number in (*choices, *more)
        ],
    }


def _entry(
    entry: Entry, person: str, titles: Mapping[str, str], moment: datetime
) -> dict[str, Any]:
    one = entry.said
    return {
        **_same_for_all(entry, titles.get(one.session, one.session)),
        "when": ago(one.created_at, moment) + (", edited" if one.edited_at else ""),
        "agreed": person in one.agreed,
        "mine": one.person == person,
    }


_drawn: dict[tuple[str, str], tuple[Entry, str, dict[str, Any]]] = {}
"""What was drawn of each entry last: fifty people look at the same two hundred."""


def _same_for_all(entry: Entry, title: str) -> dict[str, Any]:
    key = (entry.said.session, entry.said.identifier)
    known = _drawn.get(key)
    same = known and known[0].said is entry.said and known[0].duplicates == entry.duplicates
    if known is None or not same or known[1] != title:
        if len(_drawn) > _REMEMBERED:
            _drawn.clear()
        known = _drawn[key] = (entry, title, _facts(entry, title))
    return known[2]


def _facts(entry: Entry, title: str) -> dict[str, Any]:
    one = entry.said
    return {
        "id": one.identifier,
        "session": one.session,
        "title": title,
        "kind": one.kind,
        "kindLabel": ALL_KINDS[one.kind],
        "text": one.text,
        "question": one.place.question,
        "reaction": one.reaction,
        "rating": one.rating,
        "by": one.created_by,
        "moment": readable(one.created_at),
        "where": heading_of(one),
        "detail": _detail(one),
        "href": way_to(one.place),
        "show": show_words(one.place),
        "status": one.status,
        "statusLabel": STATUS_LABELS[one.status],
        "tone": STATUS_TONES[one.status],
        "reply": one.reply,
        "repliedBy": one.replied_by,
        "tags": list(one.tags),
        "supporters": list(entry.supporters.values()),
        "duplicates": [_duplicate(other) for other in entry.duplicates],
        "issue": f"report?session={one.session}&item={one.identifier}&format=md",
    }


def _detail(one: Feedback) -> str:
    place = one.place
    version = f"version {place.asset_version}" if place.asset_version else ""
    parts = [own_copy(place), version, f"model {place.model}", place.theme, place.viewport]
    return ", ".join(part for part in parts if part)


def _duplicate(one: Feedback) -> dict[str, str]:
    return {"id": one.identifier, "by": one.created_by, "words": one.words}


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
