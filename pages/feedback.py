"""Feedback: what everybody says, as it comes in; and what becomes of it."""

import streamlit as st

from app.features.browse import browsing
from app.features.feedback.board import board
from app.shell import frame
from app.shell.connection import updates
from app.shell.context import context
from app.shell.identity import person
from app.shell.messages import errors
from services.feedback.board import arrange


# What somebody says draws only this again, and not the frame around it: everybody looks at it.
@st.fragment
def feedback() -> None:
    """Everything on the page."""
    here = context()
    updates.look(here)
    basket = here.basket

    browsing.title("Feedback")
    with errors():
        for command in board.commands():
            with board.outcome():
                command.execute(basket.feedback, person(), frame.who(), here.role)
        query = board.asked()
        found = arrange(basket.feedback.all(), query)
        board.board(found, query, basket.sessions.all(), person(), here.role)
        updates.follow_talk(here)
    frame.keep_up(basket.catalogue.freshness, basket.server.state, here.snapshot.problem)


feedback()
