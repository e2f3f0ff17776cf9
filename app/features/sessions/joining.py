"""How somebody comes into a session."""

from collections.abc import Sequence

import streamlit as st

from app.shell.components.component import component
from app.shell.identity import who
from app.shell.routes import JOIN, way
from services.model.session import Attendee, Session
from services.names import LONGEST_NAME


def code() -> str:
    """The code in the address."""
    return st.query_params.get("code", "").strip()


def ask_code() -> None:
    """For who has come without a link."""
    with st.form("code", width=420):
        typed = st.text_input("Session code", max_chars=20, placeholder="K7M-2QX")
        if st.form_submit_button("Continue", type="primary") and typed.strip():
            st.switch_page(JOIN, query_params={"code": typed.strip()})


def joined(people: Sequence[Attendee], person: str) -> Attendee | None:
    """Who this person is in the session; None if it has not been joined."""
    return next((one for one in people if one.person == person), None)


def about(session: Session, joined: Attendee | None) -> None:
    """Draw what the session is about, and whether one is in."""
    if not session.is_open:
        note = "This session is closed. What was said there stays readable."
    elif joined:
        note = f"Welcome, {joined.name}. Use the buttons at the top right to give feedback."
    else:
        note = ""
    data = {"title": session.title, "goal": session.goal, "note": note}
    component("features/sessions/joining.js")(data=data, key="invited")


def name(joined: Attendee | None) -> str | None:
    """Draw the form that takes a name; returns it once it is sent."""
    if joined and st.button("Look around", type="primary", icon=":material/arrow_forward:"):
        page, query = way(st.query_params.get("to", ""))
        st.switch_page(page, query_params=query)
    with st.form("name", width=420, border=joined is None):
        known = who()
        entered = st.text_input(
            "Your name",
            value=joined.name if joined else "" if known == "Guest" else known,
            max_chars=LONGEST_NAME,
            placeholder="Guest",
        )
        word = "Change it" if joined else "Join"
        sent = st.form_submit_button(word, type="secondary" if joined else "primary")
    return (entered.strip() or "Guest") if sent else None


def welcome() -> None:
    """Draw the page again with the name."""
    st.rerun()
