"""What builders say of their fields beside their types: choices, suggestions, colours, units."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, cast

from pydantic import GetCoreSchemaHandler, StringConstraints
from pydantic_core import core_schema

Tone = Literal["green", "orange", "violet", "red", "blue", "gray", "yellow"]


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


@dataclass(frozen=True)
class NotEmpty:
    """Marks a text that has a character at least; a larger minimum of the field's own counts.

    Pydantic would let a min_length in StringConstraints win over the one in the builder's Field.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        schema: dict[str, Any] = {**handler(source)}
        if schema["type"] == "str":
            schema.setdefault("min_length", 1)
        return cast("core_schema.CoreSchema", schema)


Text = Annotated[str, StringConstraints(strip_whitespace=True), NotEmpty()]
"""A line of text, not empty."""

LongText = Annotated[Text, Paragraphs()]
"""A text of several lines, not empty."""
