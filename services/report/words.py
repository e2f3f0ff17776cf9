"""How a report speaks of moments and places."""

from datetime import UTC, datetime

from services.model.feedback import Feedback


def readable(moment: datetime) -> str:
    """A moment for people, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def heading_of(one: Feedback) -> str:
    """Where it was said."""
    return f"{one.place.page}: {one.place.asset_name}" if one.place.asset_name else one.place.page


def detail(one: Feedback) -> str:
    """What its author looked at it with."""
    place = one.place
    version = f"version {place.asset_version} of the asset" if place.asset_version else ""
    parts = [version, f"model {place.model}", f"{place.theme} theme", place.viewport]
    return ", ".join(part for part in parts if part)
