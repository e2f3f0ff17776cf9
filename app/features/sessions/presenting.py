"""Sessions as their presenter sees them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit

import streamlit as st

from app.features.feedback.words import ALL_KINDS
from app.features.sessions.qr import qr
from app.settings import Settings
from app.shell import state
from app.shell.components.component import component
from app.shell.links import link
from app.shell.words import ago, readable
from services.model.feedback import Feedback
from services.model.session import OPEN, Attendee, Session, new_code
from services.names import GUEST
from services.network import is_loopback

FORMATS = {"html": "Report", "md": "Markdown", "csv": "CSV", "json": "JSON"}


def card(
    session: Session,
    people: Sequence[Attendee],
    here: Mapping[str, Sequence[str]],
    said: Sequence[Feedback],
    settings: Settings,
) -> None:
    """Draw the live session: how to join it, who is here and on which page, what was said."""
    address = link(f"join?code={quote(session.code)}", settings)
    data = {
        "title": session.title,
        "goal": session.goal,
        "since": _since(session),
        "code": session.code,
        "link": address,
        "only_here": is_loopback(urlsplit(address).hostname or ""),
        "qr": qr(address),
        "people": [_person(one, here.get(one.person, ())) for one in people],
        "said": _counts(said),
        "board": f"feedback?session={session.code}",
        "reports": _reports(session.code),
    }
    component("features/sessions/presenting.js")(data=data, key="session")


def present(people: Sequence[Attendee], here: Iterable[str]) -> set[str]:
    """Those who have joined and are here now."""
    return {one.person for one in people} & set(here)


def _since(session: Session) -> str:
    by = f", by {session.created_by}" if session.created_by != GUEST else ""
    return f"Since {readable(session.created_at)}{by}"


def closing(session: Session) -> bool:
    """Draw the way to end the session; whether it is to end now."""
    with st.popover("Close the session", icon=":material/stop_circle:"):
        st.markdown("Guests are signed out, nobody can join any more, and what was said stays.")
        return st.button("Close it for everybody", type="primary", key=f"close {session.code}")


def closed() -> None:
    """Say that it is over."""
    state.remember(state.NEW_SESSION, new_code())
    st.toast("The session is closed. Its report is below.", icon=":material/check:")
    st.rerun()


def past(sessions: Sequence[Session], said: Sequence[Feedback]) -> None:
    """Draw the sessions that are over, each with its report."""
    number = Counter(one.session for one in said)
    entries = [_past(one, number[one.code]) for one in sessions if not one.is_open]
    if number[OPEN]:
        entries.append(_entry("Outside of any session", "", OPEN, number[OPEN]))
    if entries:
        component("features/sessions/past_sessions.js")(data={"entries": entries}, key="sessions")


def _past(session: Session, number: int) -> dict[str, Any]:
    when = readable(session.created_at)
    return _entry(session.title, f"{when}, {session.created_by}", session.code, number)


def _entry(title: str, when: str, code: str, number: int) -> dict[str, Any]:
    noun = "piece of feedback" if number == 1 else "pieces of feedback"
    return {
        "title": title,
        "when": when,
        "number": f"{number:,} {noun}",
        "board": f"feedback?session={code}",
        "reports": _reports(code),
    }


def _person(one: Attendee, pages: Sequence[str]) -> dict[str, Any]:
    return {
        "name": one.name,
        "here": bool(pages),
        "page": pages[0] if pages else "away",
        "joined": f"joined {ago(one.joined_at, datetime.now(UTC))}",
    }


def _counts(said: Sequence[Feedback]) -> list[dict[str, Any]]:
    number = Counter(one.kind for one in said)
    return [
        {"label": label, "count": number[kind]} for kind, label in ALL_KINDS.items() if number[kind]
    ]


def _reports(code: str) -> list[dict[str, str]]:
    return [
        {"label": label, "href": f"report?session={quote(code)}&format={name}"}
        for name, label in FORMATS.items()
    ]
