"""Everybody on one tour together: the way into it, for whoever presents."""

from collections.abc import Mapping

import streamlit as st

from app.shell import identity
from app.shell.words import as_label
from services.access import Role
from services.model.session import Session
from services.names import leader
from services.tour.led import Leading
from services.tour.script import Script

ALONE = ""
"""Instead of a tour's name: each goes alone again."""
OVER = "."
"""Instead of a tour's name, which has no such sign: it is over for everybody."""


def offer(
    scripts: Mapping[str, Script], session: Session | None, leading: Leading | None, role: Role
) -> str | None:
    """Draw it; returns the name of the tour to lead everybody through, ALONE, OVER, or None."""
    if role == "guest" or session is None or not scripts:
        return None
    with st.container(border=True, key="lead a tour"):
        if leading:
            return _led(leading)
        st.markdown(
            f"**Together, in “{as_label(session.title)}”:** everybody gets the tour at your step, "
            "and moves along when you do."
        )
        with st.container(horizontal=True):
            pressed = [name for name, script in scripts.items() if _button(name, script)]
    return pressed[0] if pressed else None


def _led(leading: Leading) -> str | None:
    mine = leading.led.person == identity.person()
    who = "You are" if mine else f"{as_label(leader(leading.led.name))} is"
    st.markdown(
        f"**{who} leading everybody through “{as_label(leading.tour.script.title)}”**, "
        f"at step {leading.tour.place + 1}; {leading.along} along."
    )
    with st.container(horizontal=True):
        if st.button(
            "Let everyone continue on their own", icon=":material/call_split:", key="each alone"
        ):
            return ALONE
        if st.button("End for everybody", icon=":material/flag:", key="end for all"):
            return OVER
    return None


def _button(name: str, script: Script) -> bool:
    label = f"Lead everybody: {as_label(script.title)}"
    return st.button(label, icon=":material/groups:", key=f"lead {name}")


def drawn_again() -> None:
    """Draw the page as it is now."""
    st.rerun()
