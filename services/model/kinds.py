"""The kinds of field that a model can have, and what may be said of one beside its type."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal

import pycountry
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

Tone = Literal["green", "orange", "violet", "red", "blue", "gray", "yellow"]


class Fields(BaseModel):
    """A model whose attributes have camelCase names outside Python."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
    )

    def plain(self) -> dict[str, Any]:
        """Its attributes by their names outside Python, as JSON has them."""
        # Without warnings: what is stored may not fit today's model, and is shown all the same.
        return self.model_dump(by_alias=True, mode="json", warnings=False)


class Choice(StrEnum):
    """One of a few fixed values."""

    @property
    def label(self) -> str:
        """The value as people read it: VERY_HIGH is "Very high"."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, init=False)
class Suggestions:
    """Values offered first, where others are welcome too."""

    values: tuple[str, ...]

    def __init__(self, *values: str) -> None:
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, init=False)
class Tones:
    """The colour of each choice's badge."""

    by_value: dict[str, Tone]

    def __init__(self, **tones: Tone) -> None:
        object.__setattr__(self, "by_value", tones)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A line of text, not empty."""


@cache
def currencies() -> dict[str, str]:
    """ISO 4217 codes and the currencies' English names, by code; source: pycountry."""
    return {entry.alpha_3: entry.name for entry in pycountry.currencies}


def _tidy(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _known(code: str) -> str:
    if not code:
        raise PydanticCustomError("missing", "Field required")
    if code not in currencies():
        raise PydanticCustomError(
            "currency_code",
            "“{code}” is not a currency code. Use a three-letter ISO code such as GBP.",
            {"code": code[:20].encode("utf-8", "replace").decode()},
        )
    return code


@dataclass(frozen=True)
class CurrencyCode:
    """Marks a text as an ISO 4217 code, so that it is offered as a list of currencies."""


Currency = Annotated[str, BeforeValidator(_tidy), AfterValidator(_known), CurrencyCode()]
"""An ISO 4217 currency code; lower case is understood."""
