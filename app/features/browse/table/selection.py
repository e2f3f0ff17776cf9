"""Selected rows of a table, kept for the tab."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.shell import state
from services.model.record import Asset, new_identifier

Place = Literal["basket", "bin"]
_MOST_KEPT = 1000
"""So many picked assets outlive a restart of the app, beside those that are shown."""


@dataclass(frozen=True)
class _Selection:
    """What is picked in one place."""

    picked: Mapping[str, None] = field(default_factory=dict)
    """Identifiers, in the order in which they were picked."""
    tab: str = field(default_factory=new_identifier)
    """Tells this tab's messages from those of an earlier session in the same window."""
    heard: int = 0
    """The number of the last message that counted: clicks may come faster than they are heard."""


def picked(place: Place) -> Mapping[str, None]:
    """The identifiers of what is picked there, whether or not it still is there."""
    return _recall(place).picked


def pick(place: Place, identifiers: Iterable[str]) -> None:
    """Pick these as well."""
    kept = _recall(place)
    _remember(place, replace(kept, picked={**kept.picked, **dict.fromkeys(identifiers)}))


def let_go(place: Place) -> None:
    """Pick nothing any more."""
    _remember(place, replace(_recall(place), picked={}))


def to_props(place: Place, assets: Sequence[Asset], *, copy: str = "") -> dict[str, Any]:
    """What a table that shows these assets needs to know; `copy`: of the copy that they are in."""
    kept = _recall(place)
    shown = {asset.identifier: None for asset in assets}
    elsewhere = [identifier for identifier in kept.picked if identifier not in shown]
    return {
        "place": place,
        "copy": copy,
        "tab": kept.tab,
        "heard": kept.heard,
        "chosen": [identifier for identifier in shown if identifier in kept.picked],
        # For the browser to tell again after a restart, which a page of a table can hold.
        "elsewhere": elsewhere if len(elsewhere) <= _MOST_KEPT else [],
    }


def hear(message: Mapping[str, Any] | None) -> None:
    """Take over what was picked in a table, and what no longer is, since it last was heard."""
    if message is None:
        return
    place: Place = message["place"]
    kept = _recall(place)
    if message["tab"] != kept.tab or message["said"] <= kept.heard:
        return
    off = set(message["off"])
    stays = {identifier: None for identifier in kept.picked if identifier not in off}
    after = {**stays, **dict.fromkeys(message["on"])}
    _remember(place, replace(kept, picked=after, heard=message["said"]))


def _recall(place: Place) -> _Selection:
    kept: dict[Place, _Selection] = state.recall(state.PICKED, {})
    if place not in kept:
        _remember(place, _Selection())
        return _recall(place)
    return kept[place]


def _remember(place: Place, selection: _Selection) -> None:
    state.remember(state.PICKED, {**state.recall(state.PICKED, {}), place: selection})
