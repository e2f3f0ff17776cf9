"""Feedback: what everybody says, as it comes in; and what becomes of it."""

from app import bootstrap
from app.ui import board, browsing, live
from app.ui.frame import who
from app.ui.notes import errors
from app.ui.people import person
from services.board import arrange

basket = bootstrap.basket()

browsing.title("Feedback")
with errors():
    for wish in board.wishes():
        with board.outcome():
            wish.carry_out(basket.feedback, person(), who())
    query = board.asked()
    found = arrange(basket.feedback.all(), query)
    board.board(found, query, basket.sessions.all(), person())
    live.follow_talk()
