"""What the product itself keeps about everything it stores."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import uuid4

from pydantic import Field

from services.model.asset import AssetInput
from services.model.kinds import Fields

When = Annotated[datetime, Field(description="A moment, ISO 8601 in UTC.")]


NEVER = datetime.fromtimestamp(0, UTC)
"""Stands for a moment that nobody noted."""


def new_identifier() -> str:
    """A fresh identifier for an asset."""
    return str(uuid4())


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


class Record(Fields):
    """The system's attributes of a stored thing."""

    identifier: str = Field(title="Identifier")
    version: int = Field(
        default=1,
        ge=0,
        description="Rises by one with each change; 0 if somebody else wrote it without one.",
    )
    created_at: When
    created_by: str
    updated_at: When
    updated_by: str
    deleted_at: When | None = Field(default=None, description="Since when it is in the bin.")


class Asset(AssetInput, Record):
    """An asset as it is stored."""
