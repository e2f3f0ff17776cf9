"""Demo scripts as they are written: YAML files in `app/demos`, whose mistakes are told by line."""

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from app.scripts import yaml_lines
from app.scripts.mistakes import sentence
from app.scripts.yaml_lines import BadScript, read_yaml
from app.settings import ROOT
from services.tour.script import Script

log = logging.getLogger(__name__)
FOLDER = ROOT / "app" / "demos"


def scripts() -> list[Path]:
    """The scripts that are shipped."""
    return sorted(FOLDER.glob("*.yaml"))


def followable() -> Mapping[str, Script]:
    """The shipped scripts by name; one with a mistake is left out and logged: see `left_out`."""
    found = {path.stem: _read(path, _saved(path)) for path in scripts()}
    return {name: script for name, script in found.items() if isinstance(script, Script)}


def left_out() -> tuple[str, ...]:
    """Why shipped scripts cannot be followed: each mistake with its file and line."""
    found = [_read(path, _saved(path)) for path in scripts()]
    return tuple(line for said in found if isinstance(said, str) for line in said.split("\n"))


def _saved(path: Path) -> tuple[int, int]:
    try:
        told = path.stat()
    except OSError:
        return (0, 0)
    return (told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=50)
def _read(path: Path, _saved: tuple[int, int]) -> Script | str:
    """The script, read once for each time that it was saved; or what is wrong with it."""
    try:
        return named_script(path)
    except BadScript as error:
        log.warning("a demo script is left out. %s", error)
        return str(error)


def find(name: str) -> Path:
    """The file of a script: of that path, or of that name in the folder. Raises BadScript."""
    for path in (Path(name), FOLDER / f"{name}.yaml"):
        if path.is_file():
            return path
    there = ", ".join(path.stem for path in scripts())
    raise BadScript(f"There is no script “{name}”. There are: {there}.")


def named_script(path: Path) -> Script:
    """The same as `read_script`, for who looks at several: what is wrong is told with its file."""
    try:
        return read_script(path)
    except BadScript as error:
        raise BadScript(
            "\n".join(f"{path.name}: {said}" for said in str(error).split("\n"))
        ) from error


def read_script(path: Path) -> Script:
    """The script in a file. Raises BadScript with every mistake, its line and what to write."""
    plain, lines = read_yaml(_text(path))
    try:
        script = Script.model_validate(plain)
    except ValidationError as error:
        said = dict.fromkeys(sentence(found, lines) for found in error.errors(include_url=False))
        raise BadScript("\n".join(said)) from error
    _check_names(script, lines)
    return script


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise BadScript(f"Line 1: the file cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadScript(
            f"Line {line}: a sign there is no UTF-8. Write it anew, and save the file as UTF-8."
        ) from error


def _check_names(script: Script, lines: Mapping[yaml_lines.Path, int]) -> None:
    seen: set[str] = set()
    for place, step in enumerate(script.steps):
        if step.name in seen:
            line = lines["steps", place, "name"]
            raise BadScript(f"Line {line}: there is a step “{step.name}” already. Rename one.")
        seen.add(step.name)
