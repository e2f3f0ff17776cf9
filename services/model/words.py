"""What an asset is called, and what pydantic finds wrong, in words for people."""

from collections.abc import Iterable

from pydantic_core import ErrorDetails

from services.model.current import fields
from services.model.fields.sentences import sentence
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import texts_of
from services.model.problem import Problem
from services.model.record import Asset


def name_of(asset: Asset) -> str:
    """What the asset is called: its first field."""
    first = fields()[0]
    return ", ".join(texts_of(first.value_in(asset.plain()))) or asset.identifier


def explain(details: Iterable[ErrorDetails]) -> tuple[Problem, ...]:
    """One problem a field, from a ValidationError's `errors()`, in their order."""
    found: dict[str, Problem] = {}
    for detail in details:
        problem = _problem(detail)
        found.setdefault(problem.field, problem)
    return tuple(found.values())


def _problem(detail: ErrorDetails) -> Problem:
    spec = _field_at(detail["loc"])
    if spec is None:
        name = ".".join(str(part) for part in detail["loc"])
        return Problem(name, _of_no_field(name, detail))
    return Problem(spec.name, sentence(spec, detail))


def _field_at(place: tuple[int | str, ...]) -> FieldSpec | None:
    """The field that a problem belongs to: of a nested model as a whole, its first one."""
    for spec in fields():
        if spec.path == place[: len(spec.path)]:
            return spec
    return next((spec for spec in fields() if len(place) == 1 and spec.path[:1] == place), None)


def _of_no_field(name: str, detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        known = ", ".join(spec.name for spec in fields())
        return f"There is no field “{name[:60]}”. Known are: {known}."
    return str(detail.get("ctx", {}).get("error", detail["msg"]))
