"""What has happened to an asset."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, JsonValue

from services.model.base import Fields
from services.model.current import fields
from services.model.fields.flat import flat
from services.model.record import Asset, When

What = Literal["added", "edited", "binned", "restored"]


class FieldChange(Fields):
    """What one field was, and what it became."""

    before: JsonValue = None
    after: JsonValue = None


class Change(Fields):
    """One step in the life of an asset."""

    version: int
    at: When
    by: str
    what: What
    fields: dict[str, FieldChange] = Field(default_factory=dict)
    """By the field's name outside Python."""
    undo: dict[str, JsonValue] | None = None
    """Of a change to many assets: how the attributes were, as DynamoDB JSON; empty where there was
    none. So it can be taken back exactly, whatever was stored there."""
    cut: bool | None = None
    """Whether it was too large to be kept with what the fields were and became."""


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
    old, new = (flat(fields(), asset.plain()) for asset in (before, after))
    return {
        name: FieldChange(before=value, after=new[name])
        for name, value in old.items()
        if value != new[name]
    }


def added(asset: Asset) -> Change:
    """The first step of every asset."""
    return Change(version=1, at=asset.created_at, by=asset.created_by, what="added")
