"""Times and numbers in words for people, and their words where Streamlit would read Markdown."""

from datetime import UTC, datetime

from services.model.record import NEVER


def readable(moment: datetime) -> str:
    """A date and time for people, in UTC: 21 Nov 2026, 14:05 UTC."""
    if moment == NEVER:
        return "at an unknown time"
    return f"{moment.astimezone(UTC):%-d %b %Y, %H:%M} UTC"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago for what is recent, the date for what is not."""
    if moment == NEVER:
        return "unknown"
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    if seconds < 24 * 3600:
        return f"{int(seconds // 3600)} h ago"
    return f"{moment.astimezone(UTC):%-d %b %Y}"


def count_of(number: int) -> str:
    """So many assets: 1 asset, 5,000 assets."""
    return f"{number:,} {'asset' if number == 1 else 'assets'}"


def as_label(text: str) -> str:
    """Somebody's text for a label, which Streamlit reads as Markdown, so that it shows as typed."""
    return "".join(f"\\{sign}" if sign in _MARKUP else sign for sign in text)


def as_title(text: str) -> str:
    """The builder's words for a label: as they are unless they hold markup.

    Screen readers read the marks of `as_label` aloud.
    """
    return as_label(text) if any(sign in text for sign in "\\`*_[]#~$<:|") else text


_MARKUP = frozenset(r"\`*_{}[]()#+-.!:$~<>|&@/")
