"""What somebody is entering: kept for the tab until it is saved or given up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeGuard

from app.fields.widgets import Widget
from app.shell import state
from services.model.current import fields
from services.model.fields.flat import flat
from services.model.fields.spec import FieldSpec
from services.model.problem import Problem
from services.model.record import Asset, new_identifier

if TYPE_CHECKING:
    from services.model.asset import AssetInput


LONGEST_IDENTIFIER = 200
_IDENTIFIER = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_identifier(told: Any) -> TypeGuard[str]:
    """Whether it looks as if it was made here: a browser may tell anything."""
    return isinstance(told, str) and _IDENTIFIER.fullmatch(told) is not None


@dataclass(frozen=True)
class Entry:
    """One field of an open form: its widget, and what it began with."""

    spec: FieldSpec
    key: str
    widget: Widget
    start: Any
    """As JSON has it."""


@dataclass
class Draft:
    """The values of one form."""

    identifier: str
    """Of the asset; for a new one it is made here, so that two clicks add one asset."""
    name: str = field(default_factory=new_identifier)
    """Tells this form from every other one."""
    version: int = 0
    """The version that is being changed; 0 for a new asset."""
    start: Mapping[str, Any] = field(default_factory=dict)
    """What the asset held when it was read, as JSON has it, by field name; empty for a new one."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """The fields as they were drawn last, by their names."""
    drawn: int = 0
    """How many widgets were drawn, so that each has a key of its own."""
    problems: tuple[Problem, ...] = ()
    refused: bool = False
    """Whether it was sent with these problems."""
    theirs: Asset | None = None
    """What somebody else has made of the asset meanwhile."""
    whose: str = ""
    """Who has, as far as is known."""
    mine: Mapping[str, Any] = field(default_factory=dict)
    """What was entered when that turned out, or what was chosen then."""
    saved: Asset | None = None
    resumed: bool = False
    """Whether the browser has held it since before the app was restarted, with what was typed."""


def read_by(draft: Draft) -> Mapping[str, Any]:
    """What its author has last seen of the asset, by field name, as JSON has it."""
    return draft.start if draft.theirs is None else values_of(draft.theirs)


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
    """Open a form on the asset as it is, with what does not fit the model any more."""
    draft = Draft(asset.identifier, version=asset.version, start=values_of(asset))
    draft.problems = asset.fit.problems
    state.remember(state.EDIT, draft)


def end_edit() -> None:
    """Close the form."""
    state.remember(state.EDIT, None)


def values_of(asset: "AssetInput") -> dict[str, Any]:
    """Its fields as JSON has them, by their names outside Python."""
    return flat(fields(), asset.plain())
