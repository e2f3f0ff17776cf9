"""Scenarios: data to begin a demo with, checkpoints, and the way back."""

from app.features.browse import browsing
from app.features.scenarios import loading
from app.shell.connection import updates
from app.shell.context import context
from app.shell.frame import who
from app.shell.messages import errors
from services.access import check_presenter

here = context()

browsing.title("Scenarios")
with errors():
    check_presenter(here.role)
    loading.section(here.basket.scenarios, by=who(), role=here.role)
    updates.follow(here)
