"""A value put where an asset has none, or none that fits: taken as the model takes it."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from services.model.current import Model
from services.model.fields.texts import texts_of
from services.store.assets.amending import Path
from services.store.assets.fit import fit_under
from services.store.attributes import Attribute, serialized

Plain = Mapping[str, Any]
"""What is stored, by names outside Python, without what the model has no field for."""


class Unfit(Exception):  # noqa: N818 - says what the value is
    """The value does not fit; the text says why, for people."""


def fitting(model: Model, known: Plain, path: Path, value: Any) -> Attribute:
    """What to store at the path, so that the asset has the value there.

    Raises Unfit if it would not do: because of the field, or together with the asset's others.
    """
    before, after = fit_under(model, known), fit_under(model, _with(known, path, value))
    worse = [p.message for p in after.problems if p not in before.problems or is_of(path, p.field)]
    if worse:
        raise Unfit(worse[0])
    return serialized(path[0], _taken(model, known, path, value))


def convertible(model: Model, known: Plain, path: Path, value: Any) -> Attribute:
    """The same for a value that was made for another field: as it is, as text, or in a list.

    Raises Unfit with what is wrong with the value as it is.
    """
    refused: Unfit | None = None
    for candidate in _forms(model, path, value):
        try:
            return fitting(model, known, path, candidate)
        except Unfit as unfit:
            refused = refused or unfit
    raise refused or Unfit("There is no value.")


def is_of(path: Path, field: str) -> bool:
    """Whether a problem's field is at the path or inside of it."""
    return (*field.split("."),)[: len(path)] == path


def info_at(model: Model, path: Path) -> FieldInfo:
    """What the builder says of the field; KeyError if there is none."""
    whole: dict[Path, FieldInfo] = {
        (info.alias or name,): info for name, info in model.input.model_fields.items()
    }
    inside = {spec.path: spec.info for spec in model.fields if spec.info}
    return inside[path] if path in inside else whole[path]


def _forms(model: Model, path: Path, value: Any) -> Iterator[Any]:
    yield sorted(value, key=str) if isinstance(value, set) else value
    texts = texts_of(value)
    many = any(spec.many for spec in model.fields if spec.path == path)
    if many:
        yield list(texts)
    elif len(texts) == 1:
        yield texts[0]


def _with(known: Plain, path: Path, value: Any) -> dict[str, Any]:
    if len(path) == 1:
        return {**known, path[0]: value}
    outer = known.get(path[0])
    inside = outer if isinstance(outer, dict) else {}
    return {**known, path[0]: {**inside, path[1]: value}}


def _taken(model: Model, known: Plain, path: Path, value: Any) -> Any:
    """The value as the whole model makes it; or as its own field does."""
    names = {info.alias or name for name, info in model.input.model_fields.items()}
    entered = {name: old for name, old in _with(known, path, value).items() if name in names}
    try:
        made = model.input.model_validate(entered).model_dump(by_alias=True, exclude_none=True)
    except ValidationError:
        adapter: TypeAdapter[Any] = TypeAdapter(info_at(model, path).rebuild_annotation())
        taken = adapter.validate_python(value)
        return adapter.dump_python(taken, by_alias=True, exclude_none=True)
    for name in path:
        made = made[name]
    return made
