"""An asset's values by field name, a nested model's beside the others, and back again."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from services.model.fields.spec import FieldSpec


def flat(specs: Iterable[FieldSpec], plain: Mapping[str, Any]) -> dict[str, Any]:
    """By field name, the values of an asset as JSON has them; None where there is none."""
    return {spec.name: spec.value_in(dict(plain)) for spec in specs}


def nested(
    specs: Iterable[FieldSpec], values: Mapping[str, Any], emptied: Container[str] = ()
) -> dict[str, Any]:
    """What the model validates: by outer names, without what is None.

    `emptied`: the fields that are None on purpose, although the model would fill them in. A nested
    model that may be left out is, if none of its fields has a value; one that has to be there
    stands there empty, so that what is missing is said of its fields.
    """
    made: dict[str, Any] = {}
    specs = tuple(specs)
    for spec in specs:
        value = values.get(spec.name)
        if len(spec.path) > 1 and (spec.always_there or value is not None):
            made.setdefault(spec.path[0], {})
        if value is not None:
            _inside(made, spec)[spec.path[-1]] = value
    for spec in specs:
        if spec.name in emptied and (len(spec.path) == 1 or spec.path[0] in made):
            _inside(made, spec).setdefault(spec.path[-1], None)
    return made


def emptied(specs: Iterable[FieldSpec], values: Mapping[str, Any]) -> frozenset[str]:
    """The fields of an asset that have no value, although the model would fill them in."""
    return frozenset(
        spec.name for spec in specs if values.get(spec.name) is None and spec.filled_in
    )


def _inside(made: dict[str, Any], spec: FieldSpec) -> dict[str, Any]:
    inner: dict[str, Any] = made[spec.path[0]] if len(spec.path) > 1 else made
    return inner
