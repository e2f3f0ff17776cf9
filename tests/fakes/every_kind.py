"""A model file as a builder may write it: one field of each kind, and most of what can be said."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, EmailStr, Field, HttpUrl, model_validator

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


class AssetInput(Fields):
    """An asset with everything."""

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
    def _matures_later(self) -> "AssetInput":
        if self.matures is not None and self.matures <= self.bought:
            raise ValueError("It has to mature after it was bought.")
        return self
