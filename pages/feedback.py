"""Feedback: what everybody says, as it comes in; and what becomes of it."""

import streamlit as st

from app import bootstrap
from app.ui import board, browsing, frame, live
from app.ui.notes import errors
from app.ui.people import person
from services.board import arrange
from services.model.current import begin


# What somebody says draws only this again, and not the frame around it: everybody looks at it.
@st.fragment
def feedback() -> None:
    """Everything on the page."""
    sight = begin()
    live.look()
    basket = bootstrap.basket()

    browsing.title("Feedback")
    with errors():
        for wish in board.wishes():
            with board.outcome():
                wish.carry_out(basket.feedback, person(), frame.who())
        query = board.asked()
        found = arrange(basket.feedback.all(), query)
        board.board(found, query, basket.sessions.all(), person())
        live.follow_talk()
    frame.keep_up(basket.catalogue.freshness, basket.server.state, sight.problem)


feedback()
