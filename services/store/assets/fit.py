"""How stored values fit a model, before anything is made of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from services.model.base import Fields
from services.model.current import Model, using
from services.model.fields.spec import FieldSpec
from services.model.problem import Problem
from services.model.record import Fit
from services.model.words import explain


def fit_under(model: Model, known: Mapping[str, Any]) -> Fit:
    """How stored values fit the model, without the asset that they make."""
    entered = {name: value for name, value in known.items() if name in _entered_names(model)}
    # Of a nested model that is missing, each field says what it lacks.
    absent: dict[str, Any] = {name: {} for name in _always_there(model) if name not in entered}
    problems = _problems(model, {**entered, **absent})
    if absent and not problems:
        problems = _problems(model, entered)
    return Fit(problems, defaults_of(model, known))


def _problems(model: Model, entered: dict[str, Any]) -> tuple[Problem, ...]:
    try:
        model.input.model_validate(entered)
    except ValidationError as error:
        with using(model):
            return explain(error.errors(include_url=False))
    return ()


@cache
def _always_there(model: Model) -> frozenset[str]:
    return frozenset(spec.path[0] for spec in model.fields if spec.always_there)


@cache
def _entered_names(model: Model) -> frozenset[str]:
    return frozenset(info.alias or name for name, info in model.input.model_fields.items())


@cache
def _inner_names_with_default(model: Model) -> frozenset[tuple[str, ...]]:
    """Of fields in nested models: those that get a value where nothing is said."""
    return frozenset(s.path for s in model.fields if len(s.path) > 1 and s.filled_in)


@cache
def _names_with_default(model: Model) -> frozenset[tuple[str, ...]]:
    """What has a default if its outermost name is not stored: a nested model has it as a whole."""
    found: set[tuple[str, ...]] = {
        s.path for s in model.fields if len(s.path) == 1 and s.default is not None
    }
    inside = [s for s in model.fields if len(s.path) > 1 and not s.always_there]
    for spec in inside:
        if isinstance(_whole_default(spec), Fields):
            found |= {spec.path[:1], *([spec.path] if spec.default is not None else [])}
    return frozenset(found)


def _whole_default(spec: FieldSpec) -> Any:
    """What the nested model is that the field belongs to, if nothing is stored of it."""
    around = spec.around
    return around and around.get_default(call_default_factory=True, validated_data={})


def defaults_of(model: Model, known: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that the model has filled in; inside of a nested model by their dotted names."""
    paths = [path for path in _names_with_default(model) if path[0] not in known]
    paths += [path for path in _inner_names_with_default(model) if _lacks(known, path)]
    return tuple(sorted(".".join(path) for path in paths))


def _lacks(known: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    outer = known.get(path[0])
    return isinstance(outer, dict) and path[1] not in outer
