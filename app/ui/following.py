"""What whoever presents does with everybody, on every page."""

from app.ui import touring
from app.ui.component import component


def strip() -> None:
    """Draw “Follow me”: who leads, how many follow, what one can do about it; mostly nothing.

    The browser draws it from what the line tells, without a run.
    """
    touring.keep_up()
    component("follow", "unsaved")(data={}, key="follow")
