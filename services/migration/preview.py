"""What a step would do, before it does anything."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.migration.drift import MAX_EXAMPLES, Survey, Tell, title_of
from services.migration.steps import LeftAlone, Rename, Seen, Step, TakeBack
from services.store.assets.amending import Edit, plain_at, version_in
from services.store.assets.reading import showable
from services.store.attributes import loads
from services.store.table import identifier_of, key_of

_PORTION = 500
_MAX_CONVERTED = 3


@dataclass(frozen=True)
class Untouched:
    """An asset that a step would leave alone."""

    identifier: str
    title: str
    reason: str


@dataclass(frozen=True)
class Preview:
    """What a step would do to all assets."""

    versions: Mapping[str, int] = field(default_factory=dict)
    """The assets that it would change: by identifier, the version that they have now."""
    left_alone: int = 0
    """How many it is about, but would not do good."""
    untouched: tuple[Untouched, ...] = ()
    """The first of those."""
    converted: tuple[tuple[Any, Any], ...] = ()
    """Of a renamed field: the first values as they are and as they would be, as JSON has them."""

    @property
    def count(self) -> int:
        """How many assets it would change."""
        return len(self.versions)


def preview_of(step: Step, survey: Survey, moment: datetime, tell: Tell | None) -> Preview:
    """What the step would do to the assets that were surveyed."""
    lines = _lines(step, survey)
    changed: dict[str, int] = {}
    untouched: list[Untouched] = []
    converted: list[tuple[Any, Any]] = []
    for done, line in enumerate(lines):
        if tell and done % _PORTION == 0:
            tell(done, len(lines))
        seen = Seen.of(survey.columns.model, loads(line), moment)
        outcome = step.edit(seen)
        if isinstance(outcome, LeftAlone):
            untouched.append(_untouched(seen, outcome))
        elif outcome:
            changed[identifier_of(key_of(seen.item))] = version_in(seen.item)
            if isinstance(step, Rename) and len(converted) < _MAX_CONVERTED:
                converted.append(_conversion(step, seen, outcome))
    return Preview(
        versions=changed,
        left_alone=len(untouched),
        untouched=tuple(untouched[:MAX_EXAMPLES]),
        converted=tuple(converted),
    )


def _lines(step: Step, survey: Survey) -> list[str]:
    if isinstance(step, TakeBack):
        return survey.columns.lines_of_operation(f"{step.job}/")
    return survey.columns.all_lines() if step.about is None else survey.lines(*step.about)


def _untouched(seen: Seen, left: LeftAlone) -> Untouched:
    identifier = identifier_of(key_of(seen.item))
    return Untouched(identifier, title_of(seen.model, seen.plain, identifier), left.reason)


def _conversion(step: Rename, seen: Seen, edit: Edit) -> tuple[Any, Any]:
    attribute = edit.get(step.to)
    after = plain_at({step.to[-1]: attribute}, step.to[-1:]) if attribute else None
    return showable(seen.at(step.path)), after
