"""Feedback: what everybody says, as it comes in; and what becomes of it."""

from app import bootstrap
from app.ui import browsing, live
from app.ui.notes import errors

basket = bootstrap.basket()

browsing.title("Feedback")
with errors():
    live.follow_talk()
