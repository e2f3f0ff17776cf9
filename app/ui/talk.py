"""What one thinks, said from any page and always in the same place; kept until it has arrived."""

import streamlit as st

from app import bootstrap
from app.places import field_labels, way_to
from app.said import Author, Intake, Received
from app.ui import answering, live, own_copy, people, state, touring
from app.ui.columns import columns
from app.ui.component import component
from app.ui.feedback_words import KIND_LABELS, STATUS_LABELS
from app.ui.labels import full_label
from services.errors import StoreUnavailable
from services.model.feedback import BEST, LONGEST_TEXT, REACTIONS, Feedback
from services.model.session import Session

_KEY = "talk"
_ANSWERS = 20


@st.fragment
def bar() -> None:
    """Draw the bar; what is said in it draws only this again."""
    live.look()
    try:
        session, answers = _known()
    except StoreUnavailable:
        session, answers = None, ()
    received: Received = state.recall(state.SENT, Received())
    data = {
        "page": str(state.recall(state.PAGE, "")),
        "session": session.code if session else "",
        "title": session.title if session else "",
        "copy": own_copy.began_with(),
        "person": people.number(),
        "name": people.chosen(),
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
    component("talk", "panel", "talk_panel")(data=data, key=_KEY, on_said_change=_take)
    answering.panel(session)
    live.follow_notices()
    touring.keep_up()


def _fields() -> list[str]:
    """What on this page can be said something of beside the whole."""
    match state.recall(state.PAGE):
        case "Browse":
            return [full_label(spec) for spec in columns()]
        case "Asset" | "Add asset" | "Model":
            return field_labels()
        case _:
            return []


def _known() -> tuple[Session | None, tuple[Feedback, ...]]:
    basket = bootstrap.basket()
    return basket.sessions.live(), basket.notices.answers(people.person())


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
    received: Received = state.recall(state.SENT, Received())
    basket = bootstrap.basket()
    intake = Intake(basket.sessions, basket.feedback, basket.assets)
    intake.take(told, Author(people.person(), people.who()), received)
    state.remember(state.SENT, received)
