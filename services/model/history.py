"""What has happened to an asset."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from services.model.kinds import Fields
from services.model.record import Asset, When
from services.model.schema import fields

What = Literal["added", "edited", "binned", "restored"]


class FieldChange(Fields):
    """What one field was, and what it became."""

    before: str | None = None
    after: str | None = None


class Change(Fields):
    """One step in the life of an asset."""

    version: int
    at: When
    by: str
    what: What
    fields: dict[str, FieldChange] = Field(default_factory=dict)
    """By the field's name outside Python."""


@dataclass(frozen=True)
class Story:
    """An asset and everything that happened to it, newest first."""

    asset: Asset
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Event:
    """A change, and the asset that it happened to."""

    asset: Asset
    change: Change


def differences(before: Asset, after: Asset) -> dict[str, FieldChange]:
    """The fields of the model that are not the same."""
    old, new = (a.plain() for a in (before, after))
    return {
        spec.name: FieldChange(before=_text(old[spec.name]), after=_text(new[spec.name]))
        for spec in fields()
        if old[spec.name] != new[spec.name]
    }


def added(asset: Asset) -> Change:
    """The first step of every asset."""
    return Change(version=1, at=asset.created_at, by=asset.created_by, what="added")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
