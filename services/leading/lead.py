"""Somebody shows the others around in a session."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from pydantic import ConfigDict

from services.address import joined, parted
from services.model.base import Fields
from services.model.record import When

_FOR_EVERYBODY = frozenset(
    ("", "add", "asset", "import", "activity", "bin", "feedback", "review", "tour")
)
"""The pages to which one can be led; "" is Browse."""
_NOT_ALONG = frozenset(("tour", "code"))
"""What in an address does something, and does not only show something."""


class Lead(Fields):
    """From when it is switched on to when it is switched off."""

    model_config = ConfigDict(extra="ignore")

    identifier: str
    """Tells it from every other time, so that each is asked once for each."""
    session: str
    person: str
    name: str
    since: When
    ended_at: When | None = None


@dataclass(frozen=True)
class Whereabouts:
    """Where the others are led to."""

    address: str = ""
    """Relative to the app's own; empty for Browse."""
    apart: bool = False
    """Whether it is on a page that is not for guests: nobody is led there."""


def whereabouts(address: str) -> Whereabouts:
    """What an address that a browser tells means for those who follow."""
    parts = parted(address)
    if parts is None or parts[0] not in _FOR_EVERYBODY:
        return Whereabouts(apart=True)
    path, query = parts
    kept = [(name, value) for name, value in parse_qsl(query, True) if name not in _NOT_ALONG]
    return Whereabouts(joined(path, urlencode(kept)))
