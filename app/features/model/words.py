"""The model and its migration in words for people."""

from collections.abc import Iterator
from typing import Any

from app.fields.values import display, shorten
from app.shell.words import count_of
from services.migration.drift import Finding
from services.migration.steps import ApplyDefault, Drop, Empty, Fill, Rename, Step, TakeBack
from services.model.annotation import unwrap
from services.model.current import fields
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import as_stored
from services.store.assets.amending import Path

_LIMITS: dict[str, str] = {
    "ge": "at least {}",
    "gt": "more than {}",
    "le": "at most {}",
    "lt": "less than {}",
    "multiple_of": "a multiple of {}",
    "max_digits": "at most {} digits",
    "decimal_places": "at most {} digits after the point",
    "min_length": "at least {} characters",
    "max_length": "at most {} characters",
    "pattern": "of the form {}",
}
LONGEST = 120
"""Characters of a name or a value that are shown."""
_FEW = 8
"""So many choices are named."""


def kind(spec: FieldSpec) -> str:
    """What a field holds."""
    what = f"List of {spec.kind.plural}" if spec.many else spec.kind.title
    return f"{what}, in {spec.unit}" if spec.unit else what


def limits(spec: FieldSpec) -> str:
    """What its values have to be, beside their kind; empty for nothing."""
    return "; ".join(_limits(spec))


def _limits(spec: FieldSpec) -> Iterator[str]:
    if spec.kind.ordinal:
        labels = [option.label for option in spec.options]
        yield f"one of {', '.join(labels)}" if len(labels) <= _FEW else f"{len(labels)} choices"
    if spec.info is None:
        return
    said = unwrap(spec.info)
    for name, words in _LIMITS.items():
        limit = said.limit(name)
        if limit is not None and (name, limit) != ("min_length", 1):
            yield words.format(limit)


def label_at(path: Path) -> str:
    """What the field is called; one that the model does not have, by its name."""
    for spec in fields():
        if spec.path == path:
            return f"{spec.group}: {spec.label}" if len(path) > 1 else spec.label
    inside = [spec for spec in fields() if spec.path[:1] == path]
    return inside[0].group if inside else name_of(path)


def name_of(path: Path) -> str:
    """A name that is not in the model, as another program or an older model has written it."""
    return shorten(".".join(path), LONGEST)


def shown_at(path: Path, value: Any) -> str:
    """A value of that field."""
    spec = next((spec for spec in fields() if spec.path == path), None)
    return shorten(display(spec, value) if spec else as_stored(value), LONGEST)


def _have(count: int) -> str:
    return f"{count_of(count)} {'has' if count == 1 else 'have'}"


def headline(finding: Finding) -> str:
    """What a finding says."""
    label, count = label_at(finding.path), finding.count
    match finding.kind:
        case "misfit" if not finding.path:
            return f"{count_of(count)} {'breaks' if count == 1 else 'break'} a rule of the model."
        case "misfit":
            return f"{_have(count)} a value of {label} that does not fit."
        case "lacking":
            return f"{_have(count)} no {label}, which is required."
        case "gone" if finding.foreign:
            return f"{_have(count)} a “{name_of(finding.path)}”, which the model does not have."
        case "gone":
            return f"{_have(count)} a “{name_of(finding.path)}”, which is no longer in the model."
        case "default":
            shows = f"{count_of(count)} {'shows' if count == 1 else 'show'}"
            return f"{shows} the default of {label}{_default(finding.path)}."


def _default(path: Path) -> str:
    """Of one field, what it is."""
    spec = next((spec for spec in fields() if spec.path == path), None)
    return f": {display(spec, spec.filling)}" if spec else ""


def title(step: Step) -> str:
    """What a step does."""
    match step:
        case ApplyDefault(path=path):
            return f"Store the default of {label_at(path)}"
        case Fill(path=path, value=value):
            return f"Set {label_at(path)} to {shown_at(path, value)}"
        case Rename(path=path, to=to):
            return f"Move “{name_of(path)}” to {label_at(to)}"
        case Drop(path=path):
            return f"Remove “{name_of(path)}”"
        case Empty():
            return "Move everything to the bin"
        case TakeBack():
            return "Undo"
