"""Times in words for people."""

from datetime import UTC, datetime


def readable(moment: datetime) -> str:
    """A date and time for people, in UTC: 21 Nov 2026, 14:05 UTC."""
    return f"{moment.astimezone(UTC):%-d %b %Y, %H:%M} UTC"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago for what is recent, the date for what is not."""
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    if seconds < 24 * 3600:
        return f"{int(seconds // 3600)} h ago"
    return f"{moment.astimezone(UTC):%-d %b %Y}"
