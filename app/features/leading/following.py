"""“Follow me”, on every page: drawn by the browser from what the line tells, without a run."""

from app.shell.components.component import component


def strip() -> None:
    """Draw who leads, how many follow, and what one can do about it; mostly nothing."""
    component("features/leading/following.js")(data={}, key="follow")
