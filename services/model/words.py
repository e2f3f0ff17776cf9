"""What pydantic finds wrong, in words for people."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from services.model.schema import FieldSpec, fields


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field, in a sentence for people."""

    field: str
    """The attribute's name outside Python, as in the API; empty for the whole."""
    message: str


def explain(details: Iterable[ErrorDetails]) -> tuple[Problem, ...]:
    """One problem a field, from a ValidationError's `errors()`, in their order."""
    found: dict[str, Problem] = {}
    for detail in details:
        problem = _problem(detail)
        found.setdefault(problem.field, problem)
    return tuple(found.values())


def _problem(detail: ErrorDetails) -> Problem:
    name = str(detail["loc"][0]) if detail["loc"] else ""
    spec = next((spec for spec in fields() if spec.name == name), None)
    if spec is None:
        return Problem(name, _of_no_field(name, detail))
    say = _SENTENCES.get(detail["type"])
    return Problem(name, say(spec, detail) if say else f"{spec.label}: {detail['msg']}.")


def _of_no_field(name: str, detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        known = ", ".join(spec.name for spec in fields())
        return f"There is no field “{name[:60]}”. Known are: {known}."
    return str(_context(detail).get("error", detail["msg"]))


def _context(detail: ErrorDetails) -> Mapping[str, Any]:
    return detail.get("ctx", {})


def _missing(spec: FieldSpec, _: ErrorDetails) -> str:
    verb = "Enter" if spec.kind == "text" else "Choose"
    noun = spec.label[:1].lower() + spec.label[1:]
    return f"{verb} {'an' if noun[0] in 'aeiou' else 'a'} {noun}."


def _too_long(spec: FieldSpec, detail: ErrorDetails) -> str:
    said = detail["input"]
    has = f"; this has {len(said.strip())}" if isinstance(said, str) else ""
    return f"{spec.label} can have at most {_context(detail)['max_length']} characters{has}."


def _not_a_choice(spec: FieldSpec, detail: ErrorDetails) -> str:
    if detail["input"] in (None, ""):
        return _missing(spec, detail)
    return f"Choose one of {', '.join(option.value for option in spec.options)}."


def _not_text(spec: FieldSpec, detail: ErrorDetails) -> str:
    return _missing(spec, detail) if detail["input"] is None else f"{spec.label} has to be text."


def _broken_text(spec: FieldSpec, _: ErrorDetails) -> str:
    return f"{spec.label} holds characters that are not valid text."


def _as_written(_: FieldSpec, detail: ErrorDetails) -> str:
    return detail["msg"]


def _builders_own(_: FieldSpec, detail: ErrorDetails) -> str:
    return str(_context(detail).get("error", detail["msg"]))


_SENTENCES: dict[str, Callable[[FieldSpec, ErrorDetails], str]] = {
    "missing": _missing,
    "string_too_short": _missing,
    "string_too_long": _too_long,
    "enum": _not_a_choice,
    "string_type": _not_text,
    "string_unicode": _broken_text,
    "currency_code": _as_written,
    "value_error": _builders_own,
}
