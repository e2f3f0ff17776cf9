"""A change to an asset: some of its fields, and the version that its author had read."""

from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model

from services.model.base import Fields

if TYPE_CHECKING:
    from services.model.asset import AssetInput


class AssetPatch(Fields):
    """A change to an asset; each model has its own, with the fields of it, all optional."""

    version: int = Field(ge=0, description="The version that was read before changing it.")


def _or_none(annotation: Any) -> Any:
    return annotation | None


@cache
def patch_model(builders: type[Fields]) -> type[AssetPatch]:
    """The patch of a model.

    Types only, for the API's documentation: whether a value is right, the model itself says, once
    the patch has been laid over the asset.
    """
    optional: dict[str, Any] = {
        name: (_or_none(info.annotation), Field(None, title=info.title, examples=info.examples))
        for name, info in builders.model_fields.items()
    }
    return create_model("AssetPatch", __base__=AssetPatch, **optional)


def patch_of(entered: "AssetInput", version: int) -> AssetPatch:
    """The change that makes every field what was entered."""
    return patch_model(type(entered)).model_validate({**dict(entered), "version": version})


def changes_in(patch: AssetPatch) -> dict[str, Any]:
    """The fields that the patch names, by their names outside Python."""
    return patch.model_dump(by_alias=True, exclude_unset=True, exclude={"version"})
