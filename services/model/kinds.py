"""What a builder's fields are made of beside Python's own types, and what is said of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic.alias_generators import to_camel

from services.model.codes import Country as Country
from services.model.codes import Currency as Currency

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
        return readable(self.value)


def readable(name: str) -> str:
    """A name made for programs as people read it: VERY_HIGH and very_high are "Very high"."""
    return name.replace("_", " ").strip().capitalize()


@dataclass(frozen=True, init=False)
class Suggestions:
    """Values offered first, where others are welcome too."""

    values: tuple[str, ...]

    def __init__(self, *values: str) -> None:
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, init=False)
class Tones:
    """The colour of each choice's badge."""

    # Pairs, since what stands in an Annotated has to be hashable.
    pairs: tuple[tuple[str, Tone], ...]

    def __init__(self, **tones: Tone) -> None:
        object.__setattr__(self, "pairs", tuple(tones.items()))

    @property
    def by_value(self) -> dict[str, Tone]:
        """The colours by the choice's name."""
        return dict(self.pairs)


@dataclass(frozen=True)
class Unit:
    """What a number counts: a currency, "%", "kg". Shown beside it, and kept apart from it."""

    name: str


@dataclass(frozen=True)
class Group:
    """The heading under which a field stands in the form and on the asset's page."""

    title: str


@dataclass(frozen=True, init=False)
class Aliases:
    """What a column of somebody else's file may be called that holds this field."""

    names: tuple[str, ...]

    def __init__(self, *names: str) -> None:
        object.__setattr__(self, "names", names)


@dataclass(frozen=True)
class Paragraphs:
    """Marks a text as one that may have several lines."""


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A line of text, not empty."""

LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), Paragraphs()]
"""A text of several lines, not empty."""
