"""What is filtered by, in plain words, each with the way to be rid of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.features.browse.filters import at_hand
from app.fields.attributes import label_of, named, short_label
from app.fields.values import shorten
from app.queries import BELOW, CONTAINS, EMPTY, LEAST, MOST, values_of
from services.model.fields.spec import FieldSpec
from services.model.problem import Problem
from services.model.query import AssetQuery, Filter

_NAMED = 3
_LONGEST = 60


def chips(query: AssetQuery) -> list[dict[str, Any]]:
    """What is asked for beside the words of the search and what the filters at hand show."""
    seen = {spec.name for spec in at_hand()}
    return [
        {"text": shorten(f"{label_of(spec)} {said}", _LONGEST), "parameters": parameters}
        for name, wanted in query.narrowing
        for spec in named([name])
        for said, parameters in conditions(spec, wanted, values=name not in seen)
    ]


def left_out(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """What the address asks for that could not be applied, and why."""
    return [
        {"text": f"Not applied: {problem.message}", "parameters": [problem.field], "wrong": True}
        for problem in problems
    ]


def conditions(
    spec: FieldSpec, wanted: Filter, *, values: bool = True
) -> Iterator[tuple[str, list[str]]]:
    """Each condition of a filter in words that continue the field's label, and the parameters that
    make it; of the values only if told so.
    """
    name = spec.name
    if wanted.any_of and values:
        verb = "has" if spec.many else "is"
        yield f"{verb} {_any_of(spec, wanted.any_of)}", [values_of(name)]
    if wanted.contains:
        yield f"contains “{wanted.contains}”", [name + CONTAINS]
    if wanted.has_range and spec.range:
        said = spec.range.in_words(wanted.least, wanted.most, wanted.below, spec.unit)
        yield said, [name + LEAST, name + MOST, name + BELOW]
    if wanted.empty is not None:
        yield "is empty" if wanted.empty else "is not empty", [name + EMPTY]


def _any_of(spec: FieldSpec, values: tuple[str, ...]) -> str:
    labels = [short_label(spec, value) for value in values]
    if len(labels) > _NAMED:
        return f"{', '.join(labels[:_NAMED])} or {len(labels) - _NAMED} more"
    return " or ".join(filter(None, [", ".join(labels[:-1]), labels[-1]]))
