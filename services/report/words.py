"""How a report speaks of moments and places."""

from datetime import UTC, datetime

from services.model.feedback import Feedback


def readable(moment: datetime) -> str:
    """A moment for people, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def heading_of(one: Feedback) -> str:
    """Where it was said."""
    place = one.place
    named = f"{place.page}: {place.asset_name}" if place.asset_name else place.page
    about = f"{named}, {place.field}" if place.field else named
    return f"{about}, at step “{place.step}” of the tour" if place.step else about


def detail(one: Feedback) -> str:
    """What its author looked at it with."""
    place = one.place
    version = f"version {place.asset_version} of the asset" if place.asset_version else ""
    parts = [version, f"model {place.model}", f"{place.theme} theme", place.viewport]
    return ", ".join(part for part in parts if part)
