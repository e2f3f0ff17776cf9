"""Whether stored assets can be read under a model, before it comes into force."""

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import ValidationError

from services.model.base import NO_RETURN
from services.model.checking.checks import BadField
from services.model.current import Model
from services.model.fields.flat import nested
from services.model.fields.spec import FieldSpec
from services.store.assets.items import from_item, to_item, values_of
from services.store.assets.reading import known_to
from services.store.attributes import Item, loads, serialized
from services.store.read_model.columns import Columns
from services.store.read_model.rows import row
from services.store.table import asset_key

_MOST = 2000
"""So many stored assets are read, spread over the basket: 0.35 s with four fields (measured)."""


def proof(basket: Callable[[], Columns | None]) -> Callable[[Model], None]:
    """A proof of models: whatever is raised while assets are read, shown and written under one.

    `basket` tells which assets are stored, as far as that is known.
    """

    def prove(model: Model) -> None:
        columns = basket()
        stored = columns.some_lines(_MOST) if columns else []
        for item in (*_made_up(model), *map(loads, stored)):
            _use(model, item)

    return prove


def _use(model: Model, item: Item) -> None:
    _check_returns(model, item)
    row(item, model.fields)
    stored = from_item(item)
    stored.asset.plain()
    stored.asset.model_dump_json(by_alias=True, warnings=False)
    to_item(stored)
    _ = stored.story


def _check_returns(model: Model, item: Item) -> None:
    try:
        model.input.model_validate(known_to(model, values_of(item)))
    except ValidationError as error:
        for found in error.errors(include_url=False):
            if found["type"] == NO_RETURN:
                raise BadField(model.input, "", found["msg"]) from error


def _made_up(model: Model) -> Iterator[Item]:
    """An asset of which nothing is known, and one with a value in each field."""
    key = asset_key("proof")
    yield dict(key)
    values = {spec.name: _typical(spec) for spec in model.fields}
    plain = nested(model.fields, values)
    yield {**{name: serialized(name, value) for name, value in plain.items()}, **key}


def _typical(spec: FieldSpec) -> Any:
    value = spec.filling
    if value is None:
        offered = (spec.kind.picked(spec, option.value) for option in spec.options)
        value = next(offered, spec.kind.sample)
        value = [value] if spec.many else value
    return value
