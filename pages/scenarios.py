"""Scenarios: data to begin a demo with, checkpoints, and the way back."""

from app import bootstrap
from app.ui import browsing, live, scenarios
from app.ui.frame import who
from app.ui.notes import errors

browsing.title("Scenarios")
with errors():
    scenarios.section(bootstrap.basket().scenarios, by=who())
    live.follow()
