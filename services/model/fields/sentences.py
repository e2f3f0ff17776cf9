"""For each kind of error that pydantic finds in a field, a sentence for people."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from services.model.fields.spec import FieldSpec

Say = Callable[[FieldSpec, ErrorDetails], str]


def sentence(spec: FieldSpec, detail: ErrorDetails) -> str:
    """What is wrong with the field, and what would be right."""
    say = _SENTENCES.get(detail["type"]) or _BY_START.get(detail["type"].partition("_")[0])
    if say is None:
        return f"{spec.label}: {detail['msg']}."
    if detail.get("input") in (None, "") and say not in (_builders_own, _as_written):
        return _missing(spec, detail)
    return say(spec, detail)


def _context(detail: ErrorDetails) -> Mapping[str, Any]:
    return detail.get("ctx", {})


def _subject(spec: FieldSpec, detail: ErrorDetails) -> str:
    """The field; of a list, which entry of it."""
    place = detail["loc"][len(spec.path) :]
    return f"{spec.label}, entry {int(place[0]) + 1}," if place and spec.many else spec.label


def _missing(spec: FieldSpec, detail: ErrorDetails) -> str:
    verb = "Choose" if spec.fixed else "Enter"
    if spec.many:
        if detail["loc"][len(spec.path) :]:
            return f"{_subject(spec, detail)} is empty."
        return f"{verb} at least one of {_noun(spec)}."
    match spec.kind:
        # Such a field's label is seldom a noun: "Listed", "Bought".
        case "boolean":
            return "Choose yes or no."
        case "date":
            return "Choose a day."
        case "moment":
            return "Choose a day and a time."
    return f"{verb} {_article(_noun(spec))}{_noun(spec)}."


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


def _not_a_choice(spec: FieldSpec, _: ErrorDetails) -> str:
    return f"Choose one of {', '.join(option.value for option in spec.options)}."


def _pattern(spec: FieldSpec, detail: ErrorDetails) -> str:
    wanted = f"like {spec.example}" if spec.example else f"as in {_context(detail)['pattern']}"
    return f"{_subject(spec, detail)} does not have the right form. Write it {wanted}."


def _bound(word: str, name: str, in_time: str = "") -> Say:
    def say(spec: FieldSpec, detail: ErrorDetails) -> str:
        unit = f" {spec.unit}" if spec.unit else ""
        limit = f"{in_time if spec.temporal else word} {_context(detail)[name]}{unit}"
        return f"{_subject(spec, detail)} has to be {limit}."

    return say


def _has_to_be(what: str) -> Say:
    return lambda spec, detail: f"{_subject(spec, detail)} has to be {what}."


def _digits(where: str, name: str) -> Say:
    def say(spec: FieldSpec, detail: ErrorDetails) -> str:
        most = _context(detail)[name]
        return f"{spec.label} can have at most {most} digit{'' if most == 1 else 's'}{where}."

    return say


def _date(spec: FieldSpec, detail: ErrorDetails) -> str:
    if detail["type"] == "date_from_datetime_inexact" and ":" in str(detail["input"]):
        return f"{spec.label} has to be a day without a time, such as 2026-11-21."
    return f"{spec.label} has to be a day such as 2026-11-21."


def _address(spec: FieldSpec, detail: ErrorDetails) -> str:
    schemes = _context(detail).get("expected_schemes")
    if schemes:
        return f"{_subject(spec, detail)} has to begin with {str(schemes).replace(chr(39), '')}."
    return f"{_subject(spec, detail)} has to be a web address such as https://example.com."


def _builders_own(spec: FieldSpec, detail: ErrorDetails) -> str:
    reason = _context(detail).get("reason")
    if spec.kind == "email" and not detail["input"]:
        return _missing(spec, detail)
    if spec.kind == "email" and reason:
        subject = _subject(spec, detail) if spec.many else "This"
        return f"{subject} is not an e-mail address. {reason}"
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
    "enum": _not_a_choice,
    "literal_error": _not_a_choice,
    "string_type": _has_to_be("text"),
    "string_sub_type": _has_to_be("text"),
    "string_unicode": lambda spec, _: f"{spec.label} holds characters that are not valid text.",
    "string_pattern_mismatch": _pattern,
    "unknown_code": _as_written,
    "builders_mistake": _as_written,
    "value_error": _builders_own,
    "assertion_error": _builders_own,
    "int_parsing_size": _has_to_be("a smaller number"),
    "finite_number": _has_to_be("a number that is not infinite"),
    "decimal_max_digits": _digits("", "max_digits"),
    "decimal_max_places": _digits(" after the point", "decimal_places"),
    "decimal_whole_digits": _digits(" before the point", "whole_digits"),
    "greater_than": _bound("more than", "gt", "after"),
    "greater_than_equal": _bound("at least", "ge", "on or after"),
    "less_than": _bound("less than", "lt", "before"),
    "less_than_equal": _bound("at most", "le", "on or before"),
    "multiple_of": _bound("a multiple of", "multiple_of"),
    "date_past": _has_to_be("a day in the past"),
    "date_future": _has_to_be("a day in the future"),
    "datetime_past": _has_to_be("a moment in the past"),
    "datetime_future": _has_to_be("a moment in the future"),
    "timezone_aware": _has_to_be("a moment with its time zone, such as 2026-11-21T14:05Z"),
}

_BY_START: dict[str, Say] = {
    "int": _has_to_be("a whole number"),
    "decimal": _has_to_be("a number such as 1250.50"),
    "bool": _has_to_be("yes or no"),
    "date": _date,
    "datetime": _has_to_be("a date and time such as 2026-11-21 14:05"),
    "url": _address,
    "list": _has_to_be("a list"),
}
"""For a whole family of errors, such as int_type and int_parsing."""
