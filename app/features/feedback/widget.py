"""Feedback widget, on every page: reactions, comments and questions, kept until they are stored."""

import streamlit as st

from app.basket import Basket
from app.features.browse.toolbar.columns import columns
from app.features.feedback.inbox import Acknowledgement, Author, FeedbackInbox
from app.features.feedback.page_context import field_labels, way_to
from app.features.feedback.words import KIND_LABELS, STATUS_LABELS
from app.features.polls import answering
from app.features.sandbox import sandbox
from app.features.tour import panel as touring
from app.fields.labels import full_label
from app.shell import identity, state
from app.shell.components.component import component
from app.shell.connection import updates
from app.shell.context import context
from services.errors import StoreUnavailable
from services.model.feedback import BEST, LONGEST_TEXT, REACTIONS, Feedback
from services.model.session import Session

_KEY = "talk"
_ANSWERS = 20


@st.fragment
def bar() -> None:
    """Draw the bar; what is said in it draws only this again."""
    here = context()
    updates.look(here)
    try:
        session, answers = _known(here.basket)
    except StoreUnavailable:
        session, answers = None, ()
    received: Acknowledgement = state.recall(state.SENT, Acknowledgement())
    data = {
        "page": str(state.recall(state.PAGE, "")),
        "session": session.code if session else "",
        "title": session.title if session else "",
        "copy": sandbox.began_with(here.shared),
        "person": identity.number(),
        "name": identity.chosen(),
        "reactions": [{"sign": sign, "label": label} for sign, label in REACTIONS.items()],
        "kinds": [{"name": name, "label": label} for name, label in KIND_LABELS.items()],
        "fields": _fields(),
        "best": BEST,
        "longest": LONGEST_TEXT,
        "kept": received.kept,
        "refused": received.refused,
        "waiting": received.waiting,
        "answers": [_answer(one) for one in answers[:_ANSWERS]],
    }
    component("features/feedback/widget.js")(data=data, key=_KEY, on_said_change=_take)
    answering.panel(here, session)
    updates.follow_notices(here)
    touring.keep_up(here.basket)


def _fields() -> list[str]:
    """What on this page can be said something of beside the whole."""
    match state.recall(state.PAGE):
        case "Browse":
            return [full_label(spec) for spec in columns()]
        case "Asset" | "Add asset" | "Model":
            return field_labels()
        case _:
            return []


def _known(basket: Basket) -> tuple[Session | None, tuple[Feedback, ...]]:
    return basket.sessions.live(), basket.notices.answers(identity.person())


def _answer(one: Feedback) -> dict[str, str]:
    return {
        "id": one.identifier,
        "words": one.words[:200],
        "status": STATUS_LABELS[one.status],
        "reply": one.reply,
        "by": one.replied_by,
        "href": way_to(one.place),
    }


def _take() -> None:
    """Before anything is drawn: keep what the browser has received."""
    told = state.recall(_KEY, {}).get("said")
    received: Acknowledgement = state.recall(state.SENT, Acknowledgement())
    here = context()
    inbox = FeedbackInbox(here.basket.sessions, here.basket.feedback, here.basket.assets)
    inbox.take(told, Author(identity.person(), identity.who(), here.role), received)
    state.remember(state.SENT, received)
