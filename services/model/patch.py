"""A change to an asset: some of its fields, and the version that its author had read."""

from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model

from services.model.asset import AssetInput
from services.model.kinds import Fields


class _Versioned(Fields):
    version: int = Field(ge=0, description="The version that was read before changing it.")


def _optional() -> dict[str, Any]:
    return {
        name: (_or_none(info.annotation), Field(None, title=info.title, examples=info.examples))
        for name, info in AssetInput.model_fields.items()
    }


def _or_none(annotation: Any) -> Any:
    return annotation | None


if TYPE_CHECKING:

    class AssetPatch(_Versioned):
        """For the type checker: the fields are those of AssetInput, all optional."""
else:
    # Types only, for the API's documentation: whether a value is right, AssetInput says, once
    # the patch has been laid over the asset.
    AssetPatch = create_model("AssetPatch", __base__=_Versioned, **_optional())


def patch_of(entered: AssetInput, version: int) -> AssetPatch:
    """The change that makes every field what was entered."""
    return AssetPatch.model_validate({**entered.model_dump(), "version": version})


def said(patch: AssetPatch) -> dict[str, Any]:
    """The fields that the patch names, by their names outside Python."""
    return patch.model_dump(by_alias=True, exclude_unset=True, exclude={"version"})
