"""A session: people look at the demo together, and say what they think of it."""

import re
import secrets

from pydantic import ConfigDict, Field

from services.model.base import Fields
from services.model.record import Record, When

OPEN = "OPEN"
"""Where feedback belongs that is given while no session is live."""
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that look like another one when somebody reads them aloud or copies them."""
_HALF = 3


class Session(Record):
    """A session as it is stored; its identifier is its code."""

    model_config = ConfigDict(extra="ignore")

    title: str = Field(title="Title", max_length=120)
    goal: str = Field(default="", title="Goal", max_length=500)
    closed_at: When | None = None
    closed_by: str = ""

    @property
    def code(self) -> str:
        """What people type to join it."""
        return self.identifier

    @property
    def is_open(self) -> bool:
        """Whether it has not been closed."""
        return self.closed_at is None


class Attendee(Fields):
    """Somebody who has joined a session."""

    model_config = ConfigDict(extra="ignore")

    session: str
    person: str
    """Tells people of the same name apart; says nothing about them."""
    name: str
    joined_at: When


def new_code() -> str:
    """A fresh code for a session, such as K7M-2QX."""
    signs = [secrets.choice(_SIGNS) for _ in range(2 * _HALF)]
    return f"{''.join(signs[:_HALF])}-{''.join(signs[_HALF:])}"


def code_of(text: str) -> str:
    """The code that somebody means: case, spaces and the hyphen do not count."""
    signs = re.sub(r"[^0-9A-Z]", "", text.upper())
    return f"{signs[:_HALF]}-{signs[_HALF:]}" if len(signs) == 2 * _HALF else signs
