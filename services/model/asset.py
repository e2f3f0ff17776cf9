"""What an asset is. Change a field here, and form, table, filters, charts and API follow."""

from typing import Annotated

from pydantic import Field

from services.model.kinds import Aliases, Choice, Currency, Fields, Suggestions, Text, Tones


class Liquidity(Choice):
    """How quickly an asset turns into cash."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


class AssetInput(Fields):
    """An asset as a person describes it."""

    name: Annotated[Text, Aliases("Security", "Asset", "Title")] = Field(
        title="Name",
        description="What everybody calls it.",
        max_length=120,
        examples=["S&P500"],
    )
    tag: Annotated[Text, Suggestions("ISA", "SIPP", "GIA", "Pension", "Cash")] = Field(
        title="Tag",
        description="The wrapper or group it belongs to. Pick one or type your own.",
        max_length=60,
        examples=["ISA"],
    )
    liquidity_profile: Annotated[Liquidity, Tones(HIGH="green", MEDIUM="orange", LOW="violet")] = (
        Field(
            title="Liquidity profile",
            description="How quickly it turns into cash.",
            examples=["HIGH"],
        )
    )
    ccy: Annotated[Currency, Suggestions("GBP", "USD", "EUR")] = Field(
        title="Currency",
        description="The currency it is priced in, as a three-letter ISO code.",
        examples=["GBP"],
    )
