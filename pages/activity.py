"""Activity: the last changes, who did what, newest first."""

from app import bootstrap
from app.features.asset_page import timeline
from app.features.browse import browsing
from app.live import updates
from app.shell.messages import errors

assets = bootstrap.basket().assets

browsing.title("Activity")
with errors():
    events = assets.activity(50)
    if events:
        timeline.activity(events)
    else:
        browsing.invitation()
    updates.follow()
