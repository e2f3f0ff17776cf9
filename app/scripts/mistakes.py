"""What is wrong with a demo script, in sentences: on which line, and what to write instead."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from app.scripts.yaml_lines import Path
from services.tour.action import Action, Change, File
from services.tour.part import Part
from services.tour.script import Outcome, Pictures, Region, Script, Step, Where

_PARTS: Mapping[str, type[Part]] = {
    "": Script,
    "steps": Step,
    "where": Where,
    "done_when": Outcome,
    "pictures": Pictures,
    "masks": Region,
    "do": Action,
    "change": Change,
    "upload": File,
}
"""By the name under which it stands: what can be written there."""
_LIST = "is a list: write each on a line of its own that begins with a hyphen"
_PAIRS = "is made of names and values: write “name: value”, each on a line of its own"
_SENTENCES: Mapping[str, Callable[[str, Any, Mapping[str, Any]], str]] = {
    "missing": lambda name, _, __: f"“{name}” is missing. Write: {name}: …",
    "literal_error": lambda name, typed, told: (
        f"“{typed}” is no {name}. Write one of: {told['expected']}."
    ),
    "string_pattern_mismatch": lambda name, typed, _: (
        f"“{typed}” is no {name}. Write small letters, digits and hyphens."
    ),
    "bool_parsing": lambda name, typed, _: f"“{name}” is true or false, and not “{typed}”.",
    "int_parsing": lambda name, typed, _: f"“{typed}” is no {name}. Write a whole number.",
    "greater_than_equal": lambda name, typed, told: (
        f"{typed} is no {name}. Write {told['ge']} or more."
    ),
    "string_too_long": lambda name, typed, told: (
        f"“{name}” is too long: {len(typed)} characters. Write {told['max_length']} at the most."
    ),
    "string_too_short": lambda name, _, __: f"“{name}” is empty. Write something, or leave it out.",
    "string_type": lambda name, _, __: f"“{name}” is a text. Write it behind the colon.",
    "too_short": lambda name, _, __: f"“{name}” is empty. Write one at least, or leave it out.",
    "tuple_type": lambda name, _, __: f"“{name}” {_LIST}.",
    "list_type": lambda name, _, __: f"“{name}” {_LIST}.",
    "dict_type": lambda name, _, __: f"“{name}” {_PAIRS}.",
    "model_type": lambda name, _, __: f"“{name}” {_PAIRS}.",
}


def sentence(error: ErrorDetails, lines: Mapping[Path, int]) -> str:
    """One mistake: its line, what is wrong there, and what to write."""
    path = _as_written(error["loc"])
    return f"Line {_line(path, lines)}: {_what(error, path)}"


def _as_written(path: Path) -> Path:
    """Without what pydantic adds where one of several kinds would do."""
    return tuple(part for part in path if part not in ("str", "list[str]"))


def _line(path: Path, lines: Mapping[Path, int]) -> int:
    """Of the part itself, or of the one that it is missing in."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _what(error: ErrorDetails, path: Path) -> str:
    names = [part for part in path if isinstance(part, str)]
    name = names[-1] if names else "the script"
    if error["type"] == "extra_forbidden":
        return f"There is nothing called “{name}”.{_meant(name, _parent(path))}"
    if say := _SENTENCES.get(error["type"]):
        return say(name, error["input"], error.get("ctx", {}))
    return f"{error['msg'][:1].upper()}{error['msg'][1:].rstrip('.')}."


def _parent(path: Path) -> str:
    """The name of what it stands in."""
    return next((part for part in reversed(path[:-1]) if isinstance(part, str)), "")


def _meant(name: str, parent: str) -> str:
    known = [_written(part) for part in (_PARTS.get(parent, Script), *_PARTS.values())]
    here = known[0]
    everywhere = [other for names in known for other in names]
    close = get_close_matches(name, here, 1) or get_close_matches(name, everywhere, 1)
    if close and close[0] in here:
        return f" Did you mean “{close[0]}”?"
    if name in everywhere:
        return f" It belongs somewhere else. Here there are: {', '.join(here)}."
    return f" There are: {', '.join(here)}."


def _written(part: type[Part]) -> list[str]:
    return [field.alias or key for key, field in part.model_fields.items()]
