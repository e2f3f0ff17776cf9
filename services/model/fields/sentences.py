"""For each kind of error that pydantic finds in a field, a sentence for people."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from services.model.fields.spec import FieldSpec

Say = Callable[[FieldSpec, ErrorDetails], str]


def sentence(spec: FieldSpec, detail: ErrorDetails) -> str:
    """What is wrong with the field, and what would be right."""
    said = spec.kind.explain(spec, detail, _subject(spec, detail))
    say = _SENTENCES.get(detail["type"])
    if not (said or say):
        return f"{spec.label}: {detail['msg']}."
    if detail.get("input") in (None, "") and (said or say not in (_builders_own, _as_written)):
        return _missing(spec, detail)
    return said or (say(spec, detail) if say else "")


def _context(detail: ErrorDetails) -> Mapping[str, Any]:
    return detail.get("ctx", {})


def _subject(spec: FieldSpec, detail: ErrorDetails) -> str:
    """The field; of a list, which entry of it."""
    place = detail["loc"][len(spec.path) :]
    return f"{spec.label}, entry {int(place[0]) + 1}," if place and spec.many else spec.label


def _missing(spec: FieldSpec, detail: ErrorDetails) -> str:
    verb = "Choose" if spec.kind.fixed else "Enter"
    if spec.many:
        if detail["loc"][len(spec.path) :]:
            return f"{_subject(spec, detail)} is empty."
        return f"{verb} at least one of {_noun(spec)}."
    return spec.kind.missing or f"{verb} {_article(_noun(spec))}{_noun(spec)}."


def _noun(spec: FieldSpec) -> str:
    """The label inside of a sentence; an abbreviation stays as it is."""
    label = spec.label
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _article(noun: str) -> str:
    """None before plurals, nor before abbreviations, whose article is a matter of speaking."""
    if noun[:1].isupper() or (noun.endswith("s") and not noun.endswith("ss")):
        return ""
    return "an " if noun[:1] in set("aeiou") else "a "


def _no_group(spec: FieldSpec, detail: ErrorDetails) -> str:
    """Of a nested model as a whole, of which this is the first field."""
    told = str(detail["input"])
    return f"{spec.group} has to be fields of its own, and not “{told[:60]}”."


def _too_short(spec: FieldSpec, detail: ErrorDetails) -> str:
    least, said = _context(detail)["min_length"], detail["input"]
    if least <= 1 or not isinstance(said, str) or not said.strip():
        return _missing(spec, detail)
    return f"{_subject(spec, detail)} needs at least {least} characters; this has {len(said)}."


def _too_long(spec: FieldSpec, detail: ErrorDetails) -> str:
    said = detail["input"]
    has = f"; this has {len(said.strip())}" if isinstance(said, str) else ""
    most = _context(detail)["max_length"]
    return f"{_subject(spec, detail)} can have at most {most} characters{has}."


def _too_few(spec: FieldSpec, detail: ErrorDetails) -> str:
    least = _context(detail)["min_length"]
    return _missing(spec, detail) if least == 1 else f"{spec.label} needs at least {least} entries."


def _too_many(spec: FieldSpec, detail: ErrorDetails) -> str:
    told = _context(detail)
    noun = "entry" if told["max_length"] == 1 else "entries"
    has = told.get("actual_length")
    return f"{spec.label} can have at most {told['max_length']} {noun}; this has {has}."


def _pattern(spec: FieldSpec, detail: ErrorDetails) -> str:
    wanted = f"like {spec.example}" if spec.example else f"as in {_context(detail)['pattern']}"
    return f"{_subject(spec, detail)} does not have the right form. Write it {wanted}."


def _has_to_be(what: str) -> Say:
    return lambda spec, detail: f"{_subject(spec, detail)} has to be {what}."


def _builders_own(_: FieldSpec, detail: ErrorDetails) -> str:
    return str(_context(detail).get("error", detail["msg"]))


def _as_written(_: FieldSpec, detail: ErrorDetails) -> str:
    return detail["msg"]


_SENTENCES: dict[str, Say] = {
    "missing": _missing,
    "model_type": _no_group,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_type": _has_to_be("text"),
    "string_sub_type": _has_to_be("text"),
    "string_unicode": lambda spec, _: f"{spec.label} holds characters that are not valid text.",
    "string_pattern_mismatch": _pattern,
    "unknown_code": _as_written,
    "builders_mistake": _as_written,
    "value_error": _builders_own,
    "assertion_error": _builders_own,
    "list_type": _has_to_be("a list"),
}
