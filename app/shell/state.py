"""Keys of the session state of one tab; each has one owner, named here."""

from typing import Any

import streamlit as st

PAGE = "basket.page"
"""Owner: this module. The page shown last."""
ENTERED = "basket.entered"
"""Owner: this module. Whether another page was shown before this run."""
LOOKED = "basket.looked"
"""Owner: live.updates. What everything was like when the page began to be drawn."""
WHO = "basket.who"
"""Owner: shell.identity. The name that its user goes by."""
PERSON = "basket.person"
"""Owner: shell.identity. The number by which the browser is known; never shown to others."""
TAB = "basket.tab"
"""Owner: shell.identity. What tells this tab from every other one."""
COPY = "basket.copy"
"""Owner: sandbox.sandbox. The name of the copy that this tab last looked at; empty: the shared."""
COPY_WANTED = "basket.copy.wanted"
"""Owner: sandbox.sandbox. What copy the visitor's tour asked for when the page was drawn."""
COPY_NOTE = "basket.copy.note"
"""Owner: sandbox.sandbox. What is to be told of a copy, until it is."""
SIGHT = "basket.sight"
"""Owner: tour.panel. For which step of a tour the browser last told what it shows, and that."""
TOURING = "basket.touring"
"""Owner: tour.panel. Whether a tour went along when the page was drawn."""
LED_BY = "basket.led by"
"""Owner: tour.panel. The name of who leads the tour that goes along; empty for nobody else."""
SENT = "basket.sent"
"""Owner: feedback.widget. What came of the feedback that this tab has sent."""
BOARD_DONE = "basket.board.done"
"""Owner: feedback.board.board. The number of the last command of this tab that was carried out."""
BOARD_NOTE = "basket.board.note"
"""Owner: feedback.board.board. Why a command could not be carried out, until it is told."""
ASK_DONE = "basket.ask.done"
"""Owner: polls.questioning. The number of the last command of this tab that was carried out."""
ASK_NOTE = "basket.ask.note"
"""Owner: polls.questioning. Why a command could not be carried out, until it is told."""
ANSWERED = "basket.answered"
"""Owner: polls.answering. What came of the answers that this tab has sent."""
REVIEW_DONE = "basket.review.done"
"""Owner: review.reviewing. The number of the last command of this tab that was carried out."""
REVIEW_REFUSED = "basket.review.refused"
"""Owner: review.reviewing. Why commands could not be carried out, by their numbers."""
REVIEW_NOTE = "basket.review.note"
"""Owner: review.reviewing. What came of the last commands."""
NEW_SESSION = "basket.new session"
"""Owner: sessions.presenting. The code that the next session gets."""
NEW = "basket.new"
"""Owner: fields.drafts. The asset being added."""
EDIT = "basket.edit"
"""Owner: fields.drafts. The change being made to an asset."""
RESTARTS = "basket.restarts"
"""Owner: shell.frame. How often the store had been restarted when this tab last looked."""
CONSIDERED = "basket.considered"
"""Owner: model.confirm. What somebody thinks of doing to all assets."""
IMPORT = "basket.import"
"""Owner: importing.upload. The file that is about to be imported."""
IMPORT_GONE = "basket.import.gone"
"""Owner: importing.upload. The title of a file lost by a restart, until there is another."""
IMPORT_READ = "basket.import.read"
"""Owner: importing.upload. The pasted text that is to be read."""
IMPORT_SHOWN = "basket.import.shown"
"""Owner: importing.upload. The import that this tab has begun last."""
SAID = "basket.said"
"""Owner: shell.frame. What it last said above the page; None while that is being drawn."""
UNDO = "basket.undo"
"""Owner: browse.undo. The asset that was just moved to the bin."""
ASKED = "basket.asked"
"""Owner: browse.query_state. What this tab last asked for, by parameter of its address."""
SHOWN = "basket.shown"
"""Owner: browse.filters. How often each widget was replaced: the address had come to differ."""
VIEW_NOTE = "basket.view note"
"""Owner: browse.saved_views.views. What came of the last change to a view."""
PICKED = "basket.picked"
"""Owner: browse.table.selection. The assets that are picked, by the place where they are."""
BULK = "basket.bulk"
"""Owner: browse.bulk.job. The name of the job whose progress and end this tab shows."""
SCENARIO = "basket.scenario"
"""Owner: scenarios.loading. What somebody thinks of loading."""
BULK_FORM = "basket.bulk.form"
"""Owner: browse.bulk.form. What is about to be done with the picked assets."""


def visit(page: str) -> None:
    """Note at the start of a run which page it draws."""
    st.session_state[ENTERED] = st.session_state.get(PAGE) != page
    st.session_state[PAGE] = page


def entered() -> bool:
    """Whether this run is the first on its page since another one was shown."""
    return bool(st.session_state.get(ENTERED))


def recall(key: str, default: Any = None) -> Any:
    """What is remembered under one of the keys above."""
    return st.session_state.get(key, default)


def remember(key: str, value: Any) -> None:
    """Keep it for this tab's next runs."""
    st.session_state[key] = value


def forget(key: str) -> None:
    """Remember it no longer."""
    st.session_state.pop(key, None)


def begin_with(key: str, value: Any) -> None:
    """What a widget holds when it is drawn for the first time; its key is its owner's own."""
    if key not in st.session_state:
        st.session_state[key] = value
