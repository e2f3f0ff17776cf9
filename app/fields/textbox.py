"""Values of any kind as text: how they stand in a box, and what somebody means who types."""

import json
from typing import Any

from services.model.fields.spec import FieldSpec
from services.model.fields.texts import as_stored


def boxed(spec: FieldSpec, value: Any) -> str:
    """The value, as JSON has it, in a text box: of a list, an entry a line where that is exact."""
    if value is None:
        return ""
    if spec.many and isinstance(value, list) and _lines("\n".join(map(str, value))) == value:
        return "\n".join(value)
    return as_stored(value)


def typed(spec: FieldSpec, text: str) -> Any:
    """What somebody means by the text, as JSON has it."""
    if spec.many:
        return _entries(text) if text.strip() else no_entries(spec)
    return spec.kind.typed(spec, text)


def left_alone(spec: FieldSpec, value: Any) -> Any:
    """What somebody means who leaves a value as it stands in its box.

    That is the value itself; only where a text is wanted, the number that stands there is one.
    """
    texts = spec.kind.textual and not spec.many
    return as_stored(value) if texts and isinstance(value, int | float) else value


def no_entries(spec: FieldSpec) -> list[str] | None:
    """What a list is that somebody has emptied."""
    return [] if not spec.nullable and (spec.required or spec.filled_in) else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _entries(text: str) -> list[Any]:
    """An entry a line; or a list in JSON, as one stands there that lines would not show exactly."""
    try:
        entries = json.loads(text)
    except ValueError:
        return _lines(text)
    return entries if isinstance(entries, list) else _lines(text)
