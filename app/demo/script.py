"""Demo scripts as they are written: YAML files in `app/demos`, whose mistakes are told by line."""

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from app.demo import yaml_lines
from app.demo.mistakes import sentence
from app.demo.yaml_lines import BadScript, read_yaml
from app.settings import ROOT
from services.tour.script import Script

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
        said = dict.fromkeys(sentence(found, lines) for found in error.errors(include_url=False))
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
