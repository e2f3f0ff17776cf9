"""What a field's type says, however it is wrapped: optional, annotated, a list of something."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from annotated_types import GroupedMetadata
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, to_jsonable_python

Mark = TypeVar("Mark")


@dataclass(frozen=True)
class Unwrapped:
    """A type without its wrappings, and what they said."""

    base: Any
    """The type itself; of a list, what it is a list of."""
    marks: tuple[Any, ...]
    optional: bool = False
    many: bool = False
    limits: tuple[Any, ...] = ()
    """What was said of a list as a whole."""

    def mark(self, kind: type[Mark]) -> Mark | None:
        """What was said of this kind, if anything."""
        said = (*self.marks, *self.limits)
        return next((mark for mark in said if isinstance(mark, kind)), None)

    def limit(self, name: str) -> Any:
        """A constraint of this name, for example "max_length"; None if there is none."""
        found = (getattr(mark, name, None) for mark in self.marks)
        return next((value for value in found if value is not None), None)


def unwrap(info: FieldInfo) -> Unwrapped:
    """What the field's type says."""
    return _unwrap(info.annotation, tuple(_flat(info.metadata)))


def default_of(info: FieldInfo | None) -> Any:
    """What the field has where nothing is said, as JSON has it; None for nothing."""
    if info is None or info.is_required():
        return None
    factory: Any = info.default_factory
    value = info.default if factory is None else factory(*_arguments(factory))
    return None if value is PydanticUndefined else to_jsonable_python(value, by_alias=True)


@cache
def _arguments(factory: Any) -> tuple[Any, ...]:
    """What a default's factory is called with; pydantic reads its source each time it is asked."""
    return ({},) if FieldInfo(default_factory=factory).default_factory_takes_validated_data else ()


def _unwrap(annotation: Any, marks: tuple[Any, ...], *, optional: bool = False) -> Unwrapped:
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _unwrap(inside[0], (*_flat(inside[1:]), *marks), optional=optional)
    if origin in (Union, UnionType) and NoneType in inside:
        others = [part for part in inside if part is not NoneType]
        if len(others) == 1:
            return _unwrap(others[0], marks, optional=True)
    if origin is list:
        item = _unwrap(inside[0], ())
        if not (item.optional or item.many):
            return Unwrapped(item.base, item.marks, optional=optional, many=True, limits=marks)
    return Unwrapped(annotation, marks, optional=optional)


def _flat(marks: Any) -> Iterator[Any]:
    """Also what stands inside of a Field(...) in an Annotated, or of an Interval."""
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from _flat(mark.metadata)
        elif isinstance(mark, GroupedMetadata):
            yield mark
            yield from mark
        else:
            yield mark
