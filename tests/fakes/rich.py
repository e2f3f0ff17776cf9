"""A model with every kind of field, nearly all of them optional, so that a test names few."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import EmailStr, Field, HttpUrl

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


class Risk(Choice):
    """How much can go wrong."""

    VERY_HIGH = "VERY_HIGH"
    MIDDLE = "MIDDLE"
    LOW = "LOW"


class Contact(Fields):
    """Whom to ask."""

    email: EmailStr = Field(title="E-mail")
    phone: Text | None = Field(default=None, title="Phone")


class Rich(Fields):
    """Every kind of field once, most of them optional."""

    name: Text = Field(title="Name", max_length=120)
    notes: LongText | None = Field(default=None, title="Notes")
    units: int | None = Field(default=None, title="Units", ge=0)
    price: Annotated[Decimal, Unit("GBP")] | None = Field(default=None, title="Price")
    esg: bool = Field(default=False, title="ESG")
    bought: date | None = Field(default=None, title="Bought")
    seen: datetime | None = Field(default=None, title="Seen")
    risk: Annotated[Risk, Tones(LOW="green")] | None = Field(default=None, title="Risk")
    size: Literal["small", "large"] = Field(default="small", title="Size")
    ccy: Currency | None = Field(default=None, title="Currency")
    home: Country | None = Field(default=None, title="Home")
    site: HttpUrl | None = Field(default=None, title="Site")
    labels: Annotated[list[Text], Suggestions("core")] = Field(default_factory=list)
    risks: list[Risk] = Field(default_factory=list)
    contact: Annotated[Contact, Group("Contact")] | None = Field(default=None, title="Contact")
