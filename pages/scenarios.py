"""Scenarios: data to begin a demo with, checkpoints, and the way back."""

from app import bootstrap
from app.ui import browsing, live, scenarios
from app.ui.frame import who
from app.ui.notes import errors
from services.access import check_presenter

browsing.title("Scenarios")
with errors():
    check_presenter()
    scenarios.section(bootstrap.basket().scenarios, by=who())
    live.follow()
