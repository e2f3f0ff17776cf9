"""What the command line says of scenarios and checkpoints."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from app.command_line import DEMO
from services.scenarios.checkpoints import Checkpoint
from services.scenarios.comparing import IN_THE_BIN, Comparison, FieldDifference
from services.scenarios.replacement import Replacement
from services.scenarios.shipped import SHIPPED

_MOST = 50
"""So many assets are named of each kind of difference."""


def loaded(name: str, done: Comparison) -> str:
    """What was put in the place of what."""
    if done.is_empty:
        return f"“{name}” is there already, exactly so."
    return (
        f"Loaded “{name}”: {_assets(len(done.after))} in the place of "
        f"{_assets(len(done.before))}. To go back: {DEMO} undo"
    )


def listing(checkpoints: Sequence[Checkpoint], last: Replacement | None) -> str:
    """What can be loaded, and what was loaded last."""
    return "\n".join(_listing(checkpoints, last))


def difference(comparison: Comparison) -> str:
    """What is added, removed and changed, by field."""
    return "\n".join(_difference(comparison)) or "They are alike."


def album(folder: Path, taken: int, failed: Mapping[str, str]) -> str:
    """What came of taking pictures."""
    said = [f"{taken:,} pictures in {folder}"]
    said += [f"failed: {file}: {why}" for file, why in sorted(failed.items())]
    return "\n".join(said)


def checked(failed: Mapping[str, Mapping[str, str]], pictures: Path) -> str:
    """What came of playing scripts; by script and step: what failed."""
    said = [
        f"{script}: {'not every step works' if steps else 'every step works'}"
        for script, steps in failed.items()
    ]
    for script, steps in failed.items():
        said += [f"failed: {script}, {step}: {why}" for step, why in steps.items()]
    return "\n".join([*said, f"Pictures of it in {pictures}"] if any(failed.values()) else said)


def _listing(checkpoints: Sequence[Checkpoint], last: Replacement | None) -> Iterator[str]:
    yield "Scenarios"
    for scenario in SHIPPED:
        yield f"  {scenario.name:<12} {scenario.about}"
    yield "Checkpoints" if checkpoints else "No checkpoints yet."
    for each in checkpoints:
        yield f"  {each.name}  ({each.at:%Y-%m-%d %H:%M} UTC)"
    if last:
        yield f"Loaded last: {last.to}, by {last.by}, {last.at:%Y-%m-%d %H:%M} UTC"


def _difference(found: Comparison) -> Iterator[str]:
    names = {"+": found.added, "-": found.removed}
    for sign, keys in names.items():
        shown = sorted(map(found.name, keys), key=str.casefold)
        yield from (f"{sign} {name}" for name in shown[:_MOST])
        yield from _more(len(keys))
    for key in found.changed[:_MOST]:
        each = found.difference(key)
        fields = "; ".join(map(_field, each.fields)) or "only its history"
        yield f"~ {each.name}: {fields}"
    yield from _more(len(found.changed))
    if not found.is_empty:
        counts = (len(found.added), len(found.removed), len(found.changed))
        yield "{:,} added, {:,} removed, {:,} changed".format(*counts)


def _more(count: int) -> Iterator[str]:
    if count > _MOST:
        yield f"  … and {count - _MOST:,} more"


def _field(change: FieldDifference) -> str:
    if change.field == IN_THE_BIN:
        return "now in the bin" if change.after else "no longer in the bin"
    return f"{change.field} {_value(change.before)} → {_value(change.after)}"


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _assets(count: int) -> str:
    return f"{count:,} {'asset' if count == 1 else 'assets'}"
