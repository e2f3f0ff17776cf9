"""Whether what is in the basket is what a script speaks of."""

from collections.abc import Iterator

from services.assets.service import AssetService
from services.model.query import EVERYTHING, AssetQuery
from services.tour.script import Script

_LOOKED_AT = 200
"""Of the assets that a word finds, how many are looked at."""
_NAMED = 3


def objection(script: Script, assets: AssetService) -> str:
    """Why its first step would speak of what is not there; empty if nothing speaks against it.

    Raises StoreUnavailable.
    """
    if script.private:
        return ""
    count = assets.browse(EVERYTHING).everything
    if script.scenario == "empty":
        noun = "asset is" if count == 1 else "assets are"
        said = f"This tour begins with an empty basket, and {count:,} {noun} in it."
        return said if count else ""
    if not count:
        return "The basket is empty just now: the tour would speak of what is not there."
    missing = [name for name in dict.fromkeys(_names(script)) if not _is_there(name, assets)]
    if missing:
        told = ", ".join(f"“{name}”" for name in missing[:_NAMED])
        return f"Its steps speak of what is not in the basket just now: {told}."
    return ""


def _names(script: Script) -> Iterator[str]:
    """What assets are called that have to be there before anything is done."""
    for step in script.steps:
        spoken_of = [step.where.asset, *(action.open_asset for action in step.do)]
        yield from filter(None, spoken_of)


def _is_there(name: str, assets: AssetService) -> bool:
    found = assets.browse(AssetQuery(text=name, limit=_LOOKED_AT)).items
    return any(name in asset.plain().values() for asset in found)
