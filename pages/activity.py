"""Activity: the last changes, who did what, newest first."""

from app.features.asset_page import timeline
from app.features.browse import browsing
from app.shell.connection import updates
from app.shell.context import context
from app.shell.messages import errors

here = context()
assets = here.basket.assets

browsing.title("Activity")
with errors():
    events = assets.activity(50)
    if events:
        timeline.activity(events)
    else:
        browsing.invitation(shared=not here.basket.copy)
    updates.follow(here)
