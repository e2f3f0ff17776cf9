"""Values of any kind as text: how they stand in a box, and what somebody means who types."""

import json
import re
from typing import Any

from app.fields.values import as_stored
from services.model.fields.spec import NO, YES, FieldSpec


def boxed(spec: FieldSpec, value: Any) -> str:
    """The value, as JSON has it, in a text box: of a list, an entry a line where that is exact."""
    if value is None:
        return ""
    if spec.many and isinstance(value, list) and _lines("\n".join(map(str, value))) == value:
        return "\n".join(value)
    return as_stored(value)


def typed(spec: FieldSpec, text: str) -> Any:
    """What somebody means by the text, as JSON has it."""
    if not text.strip():
        return no_entries(spec) if spec.many else _no_text(spec)
    if spec.many:
        return _entries(text)
    return tidy_number(text, spec.unit) if spec.kind in ("integer", "decimal") else text


def meant(spec: FieldSpec, picked: str | None) -> Any:
    """What somebody means by what was picked from a list, or typed into it."""
    if spec.kind == "boolean":
        return {YES: True, NO: False}.get(str(picked), picked)
    return _code(spec, picked) if picked and spec.kind in ("currency", "country") else picked


def left_alone(spec: FieldSpec, value: Any) -> Any:
    """What somebody means who leaves a value as it stands in its box.

    That is the value itself; only where a text is wanted, the number that stands there is one.
    """
    texts = not spec.many and spec.kind not in ("integer", "decimal", "boolean")
    return as_stored(value) if texts and isinstance(value, int | float) else value


def no_entries(spec: FieldSpec) -> list[str] | None:
    """What a list is that somebody has emptied."""
    return [] if not spec.nullable and (spec.required or spec.filled_in) else None


def tidy_number(text: str, unit: str = "") -> str:
    """A number without its unit and what people write between its thousands: 1,250.50 is 1250.50.

    A comma anywhere else may mean something else, and is left to be refused.
    """
    number = text.strip().replace("−", "-").removesuffix(unit).strip()
    grouped = _THOUSANDS.fullmatch(number)
    return re.sub(r"[,\s]", "", number) if grouped else number


_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})+|(?:\s[0-9]{3})+)(?:\.[0-9]*)?")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _entries(text: str) -> list[Any]:
    """An entry a line; or a list in JSON, as one stands there that lines would not show exactly."""
    try:
        entries = json.loads(text)
    except ValueError:
        return _lines(text)
    return entries if isinstance(entries, list) else _lines(text)


def _no_text(spec: FieldSpec) -> str | None:
    """Nothing; as a text where the model would take its default for nothing."""
    texts = spec.kind in ("text", "long text")
    return "" if texts and spec.filled_in and not spec.nullable else None


def _code(spec: FieldSpec, picked: str) -> str:
    """Who types "pound ster" and presses Enter means the one currency of that name."""
    names = {option.value: option.label.casefold() for option in spec.options}
    if picked.strip().upper() in names:
        return picked
    wanted = picked.strip().casefold()
    whole = [code for code, name in names.items() if name.endswith(f"– {wanted}")]
    # Three letters are a mistyped code sooner than a part of a name: UK is not Ukraine.
    part = [code for code, name in names.items() if wanted in name and len(wanted) > len("GBP")]
    return next((found[0] for found in (whole, part) if len(found) == 1), picked)
