"""Demo scripts as they are written: YAML files in `app/demos`, whose mistakes are told by line."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.demo import yaml_lines
from app.demo.yaml_lines import BadScript, read_yaml
from app.settings import ROOT
from services.tour.action import Action, Change, File
from services.tour.part import Part
from services.tour.script import Outcome, Pictures, Region, Script, Step, Where

FOLDER = ROOT / "app" / "demos"


def scripts() -> list[Path]:
    """The scripts that are shipped."""
    return sorted(FOLDER.glob("*.yaml"))


def followable() -> Mapping[str, Script]:
    """The shipped scripts by name; one with a mistake is left out, and told by `check`."""
    found: dict[str, Script] = {}
    for path in scripts():
        with suppress(BadScript):
            found[path.stem] = _read(path, path.stat().st_mtime_ns)
    return found


@lru_cache(maxsize=50)
def _read(path: Path, _saved: int) -> Script:
    return read_script(path)


def find(name: str) -> Path:
    """The file of a script: of that path, or of that name in the folder. Raises BadScript."""
    for path in (Path(name), FOLDER / f"{name}.yaml"):
        if path.is_file():
            return path
    there = ", ".join(path.stem for path in scripts())
    raise BadScript(f"There is no script “{name}”. There are: {there}.")


def read_script(path: Path) -> Script:
    """The script in a file. Raises BadScript with every mistake, its line and what to write."""
    plain, lines = read_yaml(path.read_text(encoding="utf-8"))
    try:
        script = Script.model_validate(plain)
    except ValidationError as error:
        said = [_sentence(found, lines) for found in error.errors(include_url=False)]
        raise BadScript("\n".join(said)) from error
    _check_names(script, lines)
    return script


def _check_names(script: Script, lines: Mapping[yaml_lines.Path, int]) -> None:
    seen: set[str] = set()
    for place, step in enumerate(script.steps):
        if step.name in seen:
            line = lines["steps", place, "name"]
            raise BadScript(f"Line {line}: there is a step “{step.name}” already. Rename one.")
        seen.add(step.name)


def _sentence(error: ErrorDetails, lines: Mapping[yaml_lines.Path, int]) -> str:
    path = error["loc"]
    return f"Line {_line(path, lines)}: {_what(error, str(path[-1]) if path else 'the script')}"


def _line(path: yaml_lines.Path, lines: Mapping[yaml_lines.Path, int]) -> int:
    """Of the part itself, or of the one that it is missing in."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _what(error: ErrorDetails, name: str) -> str:
    told: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"“{name}” is missing. Write: {name}: …"
        case "extra_forbidden":
            return f"There is nothing called “{name}”.{_meant(name)}"
        case "literal_error":
            return f"“{error['input']}” is no {name}. Write one of: {told['expected']}."
        case "string_pattern_mismatch":
            return f"“{error['input']}” is no {name}. Write small letters, digits and hyphens."
        case "one_thing" | "too_large":
            return f"{error['msg']}."
        case _:
            return f"“{name}”: {error['msg']}."


def _meant(name: str) -> str:
    parts: Iterable[type[Part]] = (
        Script,
        Step,
        Where,
        Outcome,
        Pictures,
        Region,
        Action,
        Change,
        File,
    )
    known = [field.alias or key for part in parts for key, field in part.model_fields.items()]
    close = get_close_matches(name, known, 1)
    return f" Did you mean “{close[0]}”?" if close else f" There are: {', '.join(known)}."
