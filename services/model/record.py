"""What the product itself keeps about everything it stores."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

from pydantic import Field, PrivateAttr

from services.model.base import Fields, SecondsToo

if TYPE_CHECKING:
    from services.model.asset import AssetInput
    from services.model.problem import Problem

When = Annotated[datetime, SecondsToo(), Field(description="A moment, ISO 8601 in UTC.")]


NEVER = datetime.fromtimestamp(0, UTC)
"""Stands for a moment that nobody noted."""


def new_identifier() -> str:
    """A fresh identifier for an asset."""
    return str(uuid4())


_standing: datetime | None = None


def now() -> datetime:
    """The present moment in UTC; where the clock stands, if it stands still."""
    return _standing or datetime.now(UTC)


def stand_still(moment: datetime | None) -> None:
    """Stop this process's clock, for pictures that are the same each time; None: let it run."""
    global _standing
    _standing = moment


@dataclass(frozen=True)
class Fit:
    """How a stored asset fits the model in force."""

    problems: "tuple[Problem, ...]" = ()
    """What does not fit any more; such values are kept and shown as they are stored."""
    defaults: tuple[str, ...] = ()
    """The fields that are not stored, so that they show the model's default; "contact.email" and
    "contact" for a nested model that has one as a whole."""
    gone: Mapping[str, Any] = field(default_factory=dict)
    """What is stored under names that the model does not have, by name."""

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.problems)


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


if TYPE_CHECKING:

    class Asset(AssetInput, Record):
        """For the type checker: an asset has the fields of the builder's model, too."""

        @property
        def fit(self) -> Fit: ...
        @fit.setter
        def fit(self, fit: Fit) -> None: ...
else:

    class Asset(Record):
        """An asset as it is stored."""

        _fit: Fit = PrivateAttr(default_factory=Fit)

        @property
        def fit(self) -> Fit:
            """How it fits the model in force."""
            return self._fit

        @fit.setter
        def fit(self, fit: Fit) -> None:
            self._fit = fit
