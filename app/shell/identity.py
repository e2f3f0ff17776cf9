"""Who uses this tab: a number that the browser keeps, and a name."""

import hashlib
import re
from urllib.parse import unquote
from uuid import uuid4

import streamlit as st

from app.security import oidc
from app.security.authentication import PASS_COOKIE
from app.shell import state
from services.names import LONGEST_NAME, tidy
from services.sessions.presence import Presence

PERSON_COOKIE, NAME_COOKIE = "basket_person", "basket_name"
"""Set by feedback/widget.js."""


def arrive(presence: Presence, page: str) -> None:
    """At the start of a run: note who is here and looks at which page."""
    state.begin_with(state.PERSON, _remembered_number())
    state.begin_with(state.TAB, uuid4().hex)
    state.begin_with(state.WHO, _remembered_name())
    presence.at(tab(), person(), who(), page)


def who() -> str:
    """The name that the person at this tab goes by: the provider's, for who has signed in."""
    return signed_in_as() or chosen()


def chosen() -> str:
    """The name that was entered at this tab, or in its browser before."""
    return tidy(str(state.recall(state.WHO) or "")) or "Guest"


def signed_in_as() -> str:
    """What the provider calls the person at this tab; empty for who has not signed in."""
    if not oidc.is_configured() or not st.user.is_logged_in:
        return ""
    told = st.user.get("name") or st.user.get("email") or st.user.get("sub") or ""
    return tidy(str(told))[:LONGEST_NAME]


def has_pass() -> bool:
    """Whether the browser of this tab has come in with a code or a key."""
    return PASS_COOKIE in st.context.cookies


def call_me(name: str) -> None:
    """Go by another name from now on."""
    state.remember(state.WHO, tidy(name)[:LONGEST_NAME])


def person() -> str:
    """What others are told to tell this person from those of the same name.

    Not the number itself: who knows that one can speak for its owner.
    """
    return key_of(number())


def key_of(kept: str) -> str:
    """What others are told of who has this number."""
    return hashlib.sha256(kept.encode()).hexdigest()[:16]


def number() -> str:
    """What the browser of this tab is to keep."""
    return str(state.recall(state.PERSON, ""))


def tab() -> str:
    """What tells this tab from every other one."""
    return str(state.recall(state.TAB, ""))


def _remembered_number() -> str:
    kept = st.context.cookies.to_dict().get(PERSON_COOKIE, "")
    return kept if re.fullmatch("[0-9a-f]{32}", kept) else uuid4().hex


def _remembered_name() -> str:
    kept = st.context.cookies.to_dict().get(NAME_COOKIE, "")
    return tidy(unquote(kept))[:LONGEST_NAME]
