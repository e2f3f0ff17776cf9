"""Reads off a model what the rest of the house needs to know of its fields."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from services.model.annotation import Unwrapped, unwrap
from services.model.base import Fields
from services.model.fields.kinds.registry import KINDS, kind_of
from services.model.fields.marks import Aliases, Group, Unit, readable
from services.model.fields.spec import FieldSpec, Kind


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
        options=kind.options(said),
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
    kind = kind_of(said)
    if kind is None:
        known = ", ".join(kind.spelling for kind in KINDS.values())
        raise UnknownFieldType(
            f"{name}: no page knows how to show {_word(said)}. Known are {known}, a list of texts "
            "or choices, each of them optional (… | None), and a model of such fields."
        )
    return kind


def _word(said: Unwrapped) -> str:
    base = said.base.__name__ if isinstance(said.base, type) else str(said.base)
    if said.base is float:
        return "a float, which cannot be stored exactly (use Decimal)"
    if isinstance(said.base, type) and issubclass(said.base, BaseModel) and not said.many:
        return f"{base}, which is no subclass of Fields"
    return f"a list of {base}" if said.many else base
