"""What the rest of the house needs to know of a model's fields, read off the model."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar

from pydantic.fields import FieldInfo

from services.model.asset import AssetInput
from services.model.kinds import Choice, CurrencyCode, Fields, Suggestions, Tone, Tones, currencies

Mark = TypeVar("Mark")
Kind = Literal["text", "choice", "currency"]


@dataclass(frozen=True)
class Option:
    """A value that can be picked, and how people read it."""

    value: str
    label: str
    tone: Tone | None = None


@dataclass(frozen=True)
class FieldSpec:
    """One field of the model, as forms, tables, filters and charts see it."""

    name: str
    """Its name outside Python: in the API, in the table and in URLs."""
    label: str
    help: str
    kind: Kind
    required: bool
    options: tuple[Option, ...]
    """What can be picked; for text, what is suggested."""
    max_length: int | None
    example: str

    @property
    def categorical(self) -> bool:
        """Whether assets fall into groups by this field."""
        return bool(self.options)

    def label_of(self, value: str) -> str:
        """How people read a value of this field."""
        return next((option.label for option in self.options if option.value == value), value)

    def tone_of(self, value: str) -> Tone | None:
        """The colour of a value's badge; None for a value without one."""
        return next((option.tone for option in self.options if option.value == value), None)


class UnknownFieldType(TypeError):  # noqa: N818 - reads as a noun of the domain
    """A field's type has no place on screen."""


@cache
def fields(model: type[Fields] = AssetInput) -> tuple[FieldSpec, ...]:
    """The model's fields in their order.

    Raises UnknownFieldType for a type that no page knows how to show.
    """
    return tuple(_spec(name, info) for name, info in model.model_fields.items())


def field(name: str) -> FieldSpec:
    """The asset's field of this name outside Python; KeyError if there is none."""
    return {spec.name: spec for spec in fields()}[name]


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    kind = _kind(name, info)
    return FieldSpec(
        name=info.alias or name,
        label=info.title or name.replace("_", " ").capitalize(),
        help=info.description or "",
        kind=kind,
        required=info.is_required(),
        options=_options(kind, info),
        max_length=_said(info, "max_length"),
        example=str(info.examples[0]) if info.examples else "",
    )


def _kind(name: str, info: FieldInfo) -> Kind:
    if _mark(info, CurrencyCode):
        return "currency"
    if isinstance(info.annotation, type) and issubclass(info.annotation, Choice):
        return "choice"
    if info.annotation is str:
        return "text"
    known = "text (Text), a choice (a subclass of Choice) or a currency (Currency)"
    raise UnknownFieldType(
        f"{name}: no page knows how to show {info.annotation!r}. Known are {known}."
    )


def _options(kind: Kind, info: FieldInfo) -> tuple[Option, ...]:
    first = _mark(info, Suggestions)
    suggested = first.values if first else ()
    if kind == "currency":
        names = currencies()
        codes = [*suggested, *sorted(set(names) - set(suggested))]
        return tuple(Option(code, f"{code} – {names[code]}") for code in codes)
    if kind == "choice":
        tones = _mark(info, Tones)
        members: Any = info.annotation
        return tuple(_option(member, tones) for member in members)
    return tuple(Option(value, value) for value in suggested)


def _option(member: Enum, tones: Tones | None) -> Option:
    tone = tones.by_value.get(member.name) if tones else None
    return Option(str(member.value), getattr(member, "label", str(member.value)), tone)


def _mark(info: FieldInfo, mark: type[Mark]) -> Mark | None:
    return next((said for said in info.metadata if isinstance(said, mark)), None)


def _said(info: FieldInfo, limit: str) -> Any:
    return next((getattr(said, limit) for said in info.metadata if hasattr(said, limit)), None)
