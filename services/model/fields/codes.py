"""Codes that the world has agreed on: currencies and countries. Source: pycountry."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import pycountry
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError


@cache
def currencies() -> dict[str, str]:
    """ISO 4217 codes and the currencies' English names, by code."""
    return {entry.alpha_3: entry.name for entry in pycountry.currencies}


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 codes and the countries' English names, by code."""
    return {entry.alpha_2: entry.name for entry in pycountry.countries}


@dataclass(frozen=True)
class CurrencyCode:
    """Marks a text as an ISO 4217 code, so that it is offered as a list of currencies."""


@dataclass(frozen=True)
class CountryCode:
    """Marks a text as an ISO 3166-1 alpha-2 code, so that it is offered as a list of countries."""


def _tidy(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


def _currency(code: str) -> str:
    return _known(code, currencies(), "currency", "three-letter ISO code such as GBP")


def _country(code: str) -> str:
    return _known(code, countries(), "country", "two-letter ISO code such as GB")


def _known(code: str, known: Mapping[str, str], noun: str, wanted: str) -> str:
    if not code:
        raise PydanticCustomError("missing", "Field required")
    if code not in known:
        raise PydanticCustomError(
            "unknown_code",
            "“{code}” is not a {noun} code. Use a {wanted}.",
            {"code": code[:20].encode("utf-8", "replace").decode(), "noun": noun, "wanted": wanted},
        )
    return code


Currency = Annotated[str, BeforeValidator(_tidy), AfterValidator(_currency), CurrencyCode()]
"""An ISO 4217 currency code; lower case is understood."""

Country = Annotated[str, BeforeValidator(_tidy), AfterValidator(_country), CountryCode()]
"""An ISO 3166-1 alpha-2 country code; lower case is understood."""
