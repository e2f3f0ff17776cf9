"""The values of an asset, some of them replaced."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from services.errors import (
    InvalidAsset,
)
from services.model.current import current
from services.model.fields.flat import emptied, flat, nested
from services.model.record import Asset
from services.model.words import explain

if TYPE_CHECKING:
    from services.model.asset import AssetInput


def holds(asset: Asset, values: Mapping[str, Any]) -> bool:
    """Whether the asset has these values, as far as the model has such fields."""
    there = flat(current().fields, asset.plain())
    return all(there[name] == value for name, value in values.items() if name in there)


def laid_over(asset: Asset, changes: Mapping[str, Any]) -> "AssetInput":
    return _valid({**_nested(flat(current().fields, asset.plain())), **changes})


def with_fields(asset: Asset, changes: Mapping[str, Any]) -> "AssetInput":
    """What the asset would be with other values, by field name. Raises InvalidAsset."""
    return _valid(_nested({**flat(current().fields, asset.plain()), **changes}))


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Of what is empty, only what the model would fill in: a nested model's fields included."""
    specs = current().fields
    return nested(specs, values, emptied(specs, values))


def _valid(values: Mapping[str, Any]) -> "AssetInput":
    try:
        return current().input.model_validate(values)
    except ValidationError as error:
        raise InvalidAsset(explain(error.errors(include_url=False))) from error
