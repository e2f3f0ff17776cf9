"""The fields of an open form: each keeps its widget, whatever becomes of the others."""

from dataclasses import replace
from typing import Any

from app.fields.drafts import Draft, Entry
from app.fields.widgets import read, shown, widget_for
from app.shell import state
from services.model.fields.spec import FieldSpec


def entry_of(kept: Draft, spec: FieldSpec) -> Entry:
    """The field in this form, as it was drawn before if it still is the same kind of field.

    If the model has changed under the form, what was typed into the field goes with it.
    """
    before = kept.entries.get(spec.name)
    if before is not None and _shape(before.spec) == _shape(spec):
        return replace(before, spec=spec)
    start = _touched(before) if before else None
    if start is None:
        start = _beginning(kept, spec)
    kept.drawn += 1
    widget = widget_for(spec, start)
    return Entry(spec, f"{spec.name} {widget.value} {kept.drawn} {kept.name}", widget, start)


def _shape(spec: FieldSpec) -> tuple[Any, ...]:
    """What makes a field need another widget when it changes."""
    options = tuple(option.value for option in spec.options) if spec.kind.fixed else ()
    default = spec.info.default if spec.info else None
    return (spec.kind, spec.many, spec.nullable, options, str(default))


def _touched(before: Entry) -> Any:
    """What was entered into a field before the model changed; None if nothing was."""
    held = state.recall(before.key)
    if held is None or held == shown(before.widget, before.spec, before.start):
        return None
    return read(before.widget, before.spec, held, before.start)


def _beginning(kept: Draft, spec: FieldSpec) -> Any:
    """What the field begins with: what was chosen, what the asset has, or the model's default."""
    for values in (kept.mine, kept.start):
        if spec.name in values:
            return _as_list(spec, values[spec.name])
    return spec.kind.start(spec.default)


def _as_list(spec: FieldSpec, value: Any) -> Any:
    """Where the model has come to want a list, a single text is a list of it."""
    return [value] if spec.many and isinstance(value, str) else value
