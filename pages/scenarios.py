"""Scenarios: data to begin a demo with, checkpoints, and the way back."""

from app import bootstrap
from app.features.browse import browsing
from app.features.scenarios import loading
from app.live import updates
from app.shell.frame import who
from app.shell.messages import errors
from services.access import check_presenter

browsing.title("Scenarios")
with errors():
    check_presenter()
    loading.section(bootstrap.basket().scenarios, by=who())
    updates.follow()
