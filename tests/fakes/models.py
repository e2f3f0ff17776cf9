"""Models that builders may write, to test with; and a way to put them in force."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import pytest
from pydantic import AwareDatetime, EmailStr, Field, HttpUrl, model_validator

from services.model import current
from services.model.current import Model, Sight, model_of
from services.model.kinds import (
    Choice,
    Country,
    Currency,
    Fields,
    Group,
    LongText,
    Suggestions,
    Text,
    Tones,
    Unit,
)
from services.store.items import Attribute, Item, Stored, to_item
from tests.fakes.assets import NOON

if TYPE_CHECKING:
    from services.model.asset import AssetInput

MONEY = Group("Money")


class Risk(Choice):
    """How much can go wrong."""

    VERY_LOW = "VERY_LOW"
    LOW = "LOW"
    HIGH = "HIGH"


class Contact(Fields):
    """Whom to ask."""

    person: Text = Field(title="Person", max_length=60)
    email: EmailStr = Field(title="E-mail", examples=["ada@example.com"])
    channel: Literal["phone", "letter"] = "phone"


class EveryKind(Fields):
    """One field of each kind, and most of what can be said of a field."""

    name: Text = Field(title="Name", max_length=120, examples=["S&P500"])
    story: LongText | None = Field(None, title="Story", description="As long as you like.")
    units: int = Field(title="Units", ge=0, examples=["12"])
    price: Annotated[Decimal, Unit("GBP"), MONEY] = Field(
        title="Price", gt=0, max_digits=20, decimal_places=4, examples=["1250.50"]
    )
    fee: Annotated[Decimal | None, Unit("%"), MONEY] = Field(Decimal("0.25"), title="Fee", le=100)
    ccy: Annotated[Currency, Suggestions("GBP", "USD"), MONEY] = Field(title="Currency")
    country: Country | None = Field(None, title="Country")
    listed: bool = Field(title="Listed", description="Whether it is traded on an exchange.")
    watched: bool = Field(True, title="Watched")
    bought: date = Field(title="Bought")
    matures: date | None = Field(None, title="Matures")
    valued_at: AwareDatetime | None = Field(None, title="Valued at")
    risk: Annotated[Risk, Tones(HIGH="red", LOW="green")] = Risk.LOW
    sector: Literal["Bonds", "Cash", "Energy", "Funds", "Gold", "Health", "Property"] | None = None
    labels: Annotated[list[Text], Suggestions("core", "green")] = Field(
        default_factory=list, title="Labels", max_length=5
    )
    risks: list[Risk] | None = Field(None, title="Risks")
    homepage: HttpUrl | None = Field(None, title="Homepage")
    contact: Contact | None = Field(None, title="Contact")

    @model_validator(mode="after")
    def _matures_later(self) -> "EveryKind":
        if self.matures is not None and self.matures <= self.bought:
            raise ValueError("It has to mature after it was bought.")
        return self


def filled_in() -> dict[str, Any]:
    """A valid asset of every kind, as JSON has it."""
    return {
        "name": "Gilt 2030",
        "story": "First line.\nSecond line.",
        "units": 12,
        "price": "1250.50",
        "fee": "0.10",
        "ccy": "GBP",
        "country": "GB",
        "listed": False,
        "watched": False,
        "bought": "2026-11-20",
        "matures": "2030-01-31",
        "valuedAt": datetime(2026, 11, 20, 14, 5, tzinfo=UTC).isoformat().replace("+00:00", "Z"),
        "risk": "VERY_LOW",
        "sector": "Bonds",
        "labels": ["core", "my own"],
        "risks": ["LOW", "HIGH"],
        "homepage": "https://example.com/gilt",
        "contact": {"person": "Ada", "email": "ada@example.com", "channel": "letter"},
    }


def an_item(**attributes: Attribute | None) -> Item:
    """An asset of every kind as it is stored, but for these attributes; None for one that lacks.

    Ask under a model of that name: `with using(model(EveryKind))`.
    """
    system = {"identifier": "one", "createdAt": NOON, "updatedAt": NOON}
    people = {"createdBy": "Ada", "updatedBy": "Ada"}
    asset = current.current().asset.model_validate({**filled_in(), **system, **people})
    item = {**to_item(Stored(asset, "add")), **attributes}
    return {name: value for name, value in item.items() if value is not None}


def model(builders: type[Fields], generation: int = 1) -> Model:
    """All that follows from a builder's model."""
    return model_of(cast("type[AssetInput]", builders), generation)


class InForce:
    """Stands for the watch over the model file; a test says what was saved last."""

    def __init__(self, builders: type[Fields]) -> None:
        self.sight = Sight(model(builders))

    def look(self) -> Sight:
        """What was saved last."""
        return self.sight

    def save(self, builders: type[Fields]) -> None:
        """Put another model in force, as a builder does by saving the file."""
        generation = self.sight.model.generation + 1
        self.sight = Sight(model(builders, generation), revision=self.sight.revision + 1)


def put_in_force(monkeypatch: pytest.MonkeyPatch, builders: type[Fields]) -> InForce:
    """Let every page and service of the test work under this model."""
    watch = InForce(builders)
    monkeypatch.setattr(current, "_watch", watch)
    return watch
