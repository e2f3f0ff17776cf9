"""Reads off a model what the rest of the house needs to know of its fields."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, EmailStr
from pydantic.fields import FieldInfo
from pydantic.networks import _BaseUrl

from services.model.base import DAYS, MOMENTS
from services.model.fields.annotation import Unwrapped, unwrap
from services.model.fields.codes import CountryCode, CurrencyCode, countries, currencies
from services.model.fields.spec import NO, YES, FieldSpec, Kind, Option
from services.model.kinds import (
    Aliases,
    Fields,
    Group,
    Paragraphs,
    Suggestions,
    Tones,
    Unit,
    readable,
)

_LONG = 200
"""A text that may be longer than this gets a box of several lines."""
_EXACT: dict[Any, Kind] = {
    bool: "boolean",
    int: "integer",
    Decimal: "decimal",
    EmailStr: "email",
    **dict.fromkeys(DAYS, "date"),
    **dict.fromkeys(MOMENTS, "moment"),
}
_KNOWN = (
    "Known are str, Text, LongText, int, Decimal, bool, date, datetime, a choice (a subclass of "
    "Choice, or a Literal of texts), Currency, Country, EmailStr, HttpUrl, a list of texts or "
    "choices, each of them optional (… | None), and a model of such fields."
)


class UnknownFieldType(TypeError):  # noqa: N818 - reads as a noun of the domain
    """A field's type has no place on screen."""


def specs_of(model: type[Fields]) -> tuple[FieldSpec, ...]:
    """The model's fields in their order, those of a nested model in its place.

    Raises UnknownFieldType for a type that no page knows how to show.
    """
    return tuple(_specs(model))


def _specs(model: type[Fields]) -> Iterator[FieldSpec]:
    for name, info in model.model_fields.items():
        said = unwrap(info)
        if _is_model(said.base) and not said.many:
            yield from _nested(name, info, said)
        else:
            yield _spec((), name, info, "")


def _nested(name: str, info: FieldInfo, said: Unwrapped) -> Iterator[FieldSpec]:
    group = info.title or readable(name)
    for inner, inner_info in said.base.model_fields.items():
        if _is_model(unwrap(inner_info).base):
            raise UnknownFieldType(f"{name}.{inner}: a model inside a nested model is too deep.")
        spec = _spec((info.alias or name,), inner, inner_info, group)
        there = info.is_required()
        yield replace(spec, required=there and spec.required, always_there=there, around=info)


def _is_model(base: Any) -> bool:
    return isinstance(base, type) and issubclass(base, Fields)


def _spec(above: tuple[str, ...], name: str, info: FieldInfo, group: str) -> FieldSpec:
    said = unwrap(info)
    kind = _kind(".".join((*above, name)), said)
    heading, unit, aliases = said.mark(Group), said.mark(Unit), said.mark(Aliases)
    return FieldSpec(
        path=(*above, info.alias or name),
        label=info.title or readable(name),
        help=info.description or "",
        kind=kind,
        many=said.many,
        required=info.is_required(),
        nullable=said.optional,
        options=_options(kind, said),
        group=heading.title if heading else group,
        unit=unit.name if unit else "",
        aliases=aliases.names if aliases else (),
        max_length=said.limit("max_length"),
        minimum=_first(said.limit("ge"), said.limit("gt")),
        maximum=_first(said.limit("le"), said.limit("lt")),
        example=str(info.examples[0]) if info.examples else "",
        info=info,
    )


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _kind(name: str, said: Unwrapped) -> Kind:
    kind = _marked(said) or _EXACT.get(_hashable(said.base)) or _by_class(said.base)
    if kind == "text" and not said.many and _is_long(said):
        kind = "long text"
    if kind is None or (said.many and kind in _NOT_IN_LISTS):
        raise UnknownFieldType(f"{name}: no page knows how to show {_word(said)}. {_KNOWN}")
    return kind


_NOT_IN_LISTS = frozenset({"boolean", "integer", "decimal", "date", "moment"})


def _hashable(base: Any) -> Any:
    return base if isinstance(base, type) else None


def _word(said: Unwrapped) -> str:
    base = said.base.__name__ if isinstance(said.base, type) else str(said.base)
    if said.base is float:
        return "a float, which cannot be stored exactly (use Decimal)"
    if isinstance(said.base, type) and issubclass(said.base, BaseModel) and not said.many:
        return f"{base}, which is no subclass of Fields"
    return f"a list of {base}" if said.many else base


def _is_long(said: Unwrapped) -> bool:
    limit = said.limit("max_length")
    return said.mark(Paragraphs) is not None or (limit is not None and limit > _LONG)


def _marked(said: Unwrapped) -> Kind | None:
    if said.mark(CurrencyCode):
        return "currency"
    return "country" if said.mark(CountryCode) else None


def _by_class(base: Any) -> Kind | None:
    if get_origin(base) is Literal:
        return "choice" if all(isinstance(value, str) for value in get_args(base)) else None
    if not isinstance(base, type):
        return None
    if issubclass(base, Enum):
        return "choice" if all(isinstance(member.value, str) for member in base) else None
    if issubclass(base, _BaseUrl):
        return "url"
    return "text" if base is str else None


def _options(kind: Kind, said: Unwrapped) -> tuple[Option, ...]:
    first = said.mark(Suggestions)
    suggested = first.values if first else ()
    match kind:
        case "currency":
            return _codes(suggested, currencies())
        case "country":
            return _codes(suggested, countries())
        case "choice":
            tones = said.mark(Tones)
            return tuple(_option(member, tones) for member in _members(said.base))
        case "boolean":
            return (Option(YES, "Yes"), Option(NO, "No"))
        case _:
            return tuple(Option(value, value) for value in suggested)


def _codes(first: tuple[str, ...], names: dict[str, str]) -> tuple[Option, ...]:
    codes = [*first, *sorted(set(names) - set(first))]
    return tuple(Option(code, f"{code} – {names[code]}") for code in codes)


def _members(base: Any) -> tuple[Any, ...]:
    return get_args(base) if get_origin(base) is Literal else tuple(base)


def _option(member: Any, tones: Tones | None) -> Option:
    value = str(member.value) if isinstance(member, Enum) else str(member)
    key = member.name if isinstance(member, Enum) else value
    label = getattr(member, "label", None) or readable(value)
    return Option(value, label, tones.by_value.get(key) if tones else None)
