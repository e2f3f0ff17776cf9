"""Feedback: what everybody says, as it comes in; and what becomes of it."""

import streamlit as st

from app import bootstrap
from app.features.browse import browsing
from app.features.feedback.board import board
from app.live import updates
from app.shell import frame
from app.shell.identity import person
from app.shell.messages import errors
from services.feedback.board import arrange
from services.model.current import begin


# What somebody says draws only this again, and not the frame around it: everybody looks at it.
@st.fragment
def feedback() -> None:
    """Everything on the page."""
    sight = begin()
    updates.look()
    basket = bootstrap.basket()

    browsing.title("Feedback")
    with errors():
        for command in board.commands():
            with board.outcome():
                command.execute(basket.feedback, person(), frame.who())
        query = board.asked()
        found = arrange(basket.feedback.all(), query)
        board.board(found, query, basket.sessions.all(), person())
        updates.follow_talk()
    frame.keep_up(basket.catalogue.freshness, basket.server.state, sight.problem)


feedback()
