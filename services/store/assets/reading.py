"""Reads stored values under the model in force, whatever model they were written under."""

import base64
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from boto3.dynamodb.types import Binary
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from services.model.current import Model, using
from services.model.problem import Problem
from services.model.record import NEVER, Asset, Fit, Record
from services.model.words import explain
from services.store.assets.fit import defaults_of
from services.store.table import identifier_of


def known_to(model: Model, plain: dict[str, Any]) -> dict[str, Any]:
    """What the model has names for, also inside its nested models."""
    inside = _inner_names(model)
    return {
        name: _only(value, inside[name]) if name in inside else value
        for name, value in plain.items()
        if name in names_of(model)
    }


def _only(value: Any, names: frozenset[str]) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: inner for name, inner in value.items() if name in names}


@cache
def names_of(model: Model) -> frozenset[str]:
    """The names outside Python that an asset has under the model, the system's included."""
    return frozenset(info.alias or name for name, info in model.asset.model_fields.items())


@cache
def _inner_names(model: Model) -> dict[str, frozenset[str]]:
    nested = {spec.path[0] for spec in model.fields if len(spec.path) > 1}
    return {
        name: frozenset(spec.path[1] for spec in model.fields if spec.path[0] == name)
        for name in nested
    }


def gone_from(model: Model, plain: dict[str, Any]) -> dict[tuple[str] | tuple[str, str], Any]:
    """What is stored under names that the model does not have, by its path in the item."""
    gone: dict[tuple[str] | tuple[str, str], Any] = {
        (name,): value for name, value in plain.items() if name not in names_of(model)
    }
    for name, inner in _inner_names(model).items():
        value = plain.get(name)
        if isinstance(value, dict):
            gone |= {(name, key): old for key, old in value.items() if key not in inner}
    return gone


def read_under(model: Model, key: str, known: dict[str, Any]) -> Asset:
    """The asset with these stored values, by their names outside Python.

    A field that is not stored has its default; one that does not fit the model keeps the value
    that is stored. Its `fit` tells which.
    """
    try:
        asset = model.asset.model_validate({"version": 0, **known})
        problems: tuple[Problem, ...] = ()
    except ValidationError as error:
        asset = _as_stored(
            model, key, known, {str(d["loc"][0]) for d in error.errors() if d["loc"]}
        )
        with using(model):
            problems = _of_the_builder(model, explain(error.errors(include_url=False)))
    asset.fit = Fit(problems, defaults_of(model, known))
    return asset


def showable(value: Any) -> Any:
    """A stored value as JSON has it, so that it can be shown."""
    match value:
        case bytes() | bytearray():
            return base64.b64encode(value).decode()
        case Binary():
            return showable(value.value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else str(value)
        case dict():
            return {name: showable(inner) for name, inner in value.items()}
        case set() | frozenset():
            return sorted((showable(inner) for inner in value), key=str)
        case list():
            return [showable(inner) for inner in value]
        case _:
            return value if isinstance(value, str | bool | None) else str(value)


def _of_the_builder(model: Model, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The system's attributes are mended when they are read, and are nothing to attend to."""
    names = {spec.name for spec in model.fields}
    return tuple(problem for problem in problems if not problem.field or problem.field in names)


def _as_stored(model: Model, key: str, known: dict[str, Any], bad: set[str]) -> Asset:
    """An asset that somebody else wrote, or an older model: unchecked, so that it can be seen."""
    identifier = identifier_of(key)
    system = _valid(known)
    added = {"createdAt": NEVER, "createdBy": "somebody", "version": 0, **system}
    changed = {"updatedAt": added["createdAt"], "updatedBy": added["createdBy"]}
    record = Record.model_validate({"identifier": identifier, **changed, **added})
    values = {
        name: _value(info, known, info.alias or name, bad)
        for name, info in model.input.model_fields.items()
    }
    # Record's own values only: dict() would hand over the fit as well.
    system_values: Any = {name: getattr(record, name) for name in Record.model_fields}
    return model.asset.model_construct(**system_values, **values)


def _value(info: FieldInfo, known: Mapping[str, Any], name: str, bad: set[str]) -> Any:
    if name not in known and not info.is_required():
        return info.get_default(call_default_factory=True)
    stored = known.get(name)
    if stored is None:
        return None
    return showable(stored) if name in bad else _adapter(info).validate_python(stored)


@cache
def _adapters() -> dict[int, tuple[FieldInfo, TypeAdapter[Any]]]:
    return {}


def _adapter(info: FieldInfo) -> TypeAdapter[Any]:
    """Made once for each field of each model; kept with the field, so that its id stays its own."""
    known = _adapters().get(id(info))
    if known is None:
        made: TypeAdapter[Any] = TypeAdapter(info.rebuild_annotation())
        known = _adapters()[id(info)] = (info, made)
    return known[1]


def _valid(known: dict[str, Any]) -> dict[str, Any]:
    """The system's attributes, as far as they are what they should be."""
    names = {info.alias or name for name, info in Record.model_fields.items()}
    system = {name: value for name, value in known.items() if name in names}
    try:
        Record.model_validate(system)
    except ValidationError as error:
        for detail in error.errors():
            system.pop(str(detail["loc"][0]), None)
    return system
