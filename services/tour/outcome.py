"""Whether a step has come to what it was for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.assets.service import AssetService
from services.model.query import AssetQuery
from services.tour.script import Outcome

_MOST = 1000
"""Of the assets that a word finds, how many are looked at."""


@dataclass(frozen=True)
class PageObservation:
    """What somebody has before their eyes."""

    page: str = ""
    """The page's name in its address; browse is the one without."""
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What else stands in the address."""
    shows: bool = False
    """Whether the text that the outcome names is to be seen."""


def reached(outcome: Outcome, sight: PageObservation, assets: AssetService) -> bool:
    """Whether everything holds that the outcome says. Raises StoreUnavailable."""
    return (
        outcome.page in (None, sight.page)
        and all(_asks(sight, name, wanted) for name, wanted in outcome.filters.items())
        and (outcome.shows is None or sight.shows)
        and _is_there(outcome, assets)
    )


def _asks(sight: PageObservation, name: str, wanted: str | Sequence[str]) -> bool:
    values = [wanted] if isinstance(wanted, str) else wanted
    asked = {value.casefold() for value in sight.asked.get(name, ())}
    return asked == {value.casefold() for value in values}


def _is_there(outcome: Outcome, assets: AssetService) -> bool:
    if not outcome.asset:
        return True
    longest = max(outcome.asset.values(), key=len)
    query = AssetQuery(text=longest, limit=_MOST, binned=outcome.binned)
    return any(_fits(outcome.asset, asset.plain()) for asset in assets.browse(query).items)


def _fits(wanted: Mapping[str, str], item: Mapping[str, Any]) -> bool:
    return all(_as_text(item.get(name)) == value for name, value in wanted.items())


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
