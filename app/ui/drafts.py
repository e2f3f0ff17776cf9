"""What somebody is entering: kept for the tab until it is saved or given up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.ui import state
from services.model.current import fields
from services.model.record import Asset, new_identifier
from services.model.words import Problem

if TYPE_CHECKING:
    from services.model.asset import AssetInput


@dataclass
class Draft:
    """The values of one form."""

    identifier: str
    """Of the asset; for a new one it is made here, so that two clicks add one asset."""
    name: str = field(default_factory=new_identifier)
    """Tells this form from every other one."""
    version: int = 0
    """The version that is being changed; 0 for a new asset."""
    start: Mapping[str, str] = field(default_factory=dict)
    """What the fields hold at first, by their names outside Python."""
    problems: tuple[Problem, ...] = ()
    theirs: Asset | None = None
    """What somebody else has made of the asset meanwhile."""
    mine: Mapping[str, str] = field(default_factory=dict)
    """What was entered when that turned out."""
    saved: Asset | None = None


def new_asset() -> Draft:
    """The asset that this tab is adding."""
    kept: Draft | None = state.recall(state.NEW)
    return kept if kept is not None else start_over()


def start_over() -> Draft:
    """Begin with an empty form."""
    fresh = Draft(new_identifier())
    state.remember(state.NEW, fresh)
    return fresh


def edit_of(identifier: str) -> Draft | None:
    """The change that this tab is making to the asset; None if it is not."""
    kept: Draft | None = state.recall(state.EDIT)
    return kept if kept is not None and kept.identifier == identifier else None


def begin_edit(asset: Asset) -> None:
    """Open a form on the asset as it is."""
    draft = Draft(asset.identifier, version=asset.version, start=values_of(asset))
    state.remember(state.EDIT, draft)


def end_edit() -> None:
    """Close the form."""
    state.remember(state.EDIT, None)


def values_of(asset: "AssetInput") -> dict[str, str]:
    """Its fields as a form holds them, by their names outside Python."""
    values = asset.plain()
    return {spec.name: str(values[spec.name]) for spec in fields() if values[spec.name] is not None}
