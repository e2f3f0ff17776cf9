"""Activity: the last changes, who did what, newest first."""

from app import bootstrap
from app.ui import browsing, live, timeline
from app.ui.notes import errors

assets = bootstrap.basket().assets

browsing.title("Activity")
with errors():
    events = assets.activity(50)
    if events:
        timeline.activity(events)
    else:
        browsing.invitation()
    live.follow()
