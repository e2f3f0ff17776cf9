"""A demo script: what a demo shows, step by step, in a YAML file of `app/demos`."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from app.demo import yaml_lines
from app.demo.yaml_lines import BadScript, read_yaml
from app.settings import ROOT

FOLDER = ROOT / "app" / "demos"
ScenarioName = Literal["empty", "starter", "portfolio", "crowded", "edge"]
Device = Literal["desktop", "tablet", "phone"]
Light = Literal["light", "dark"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Part(BaseModel):
    """A part of a script; what it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Where(Part):
    """Where a step takes place."""

    page: Slug = "browse"
    filters: dict[str, str | list[str]] = Field(default_factory=dict)
    """What stands in the page's address: tag, sort, q, …"""
    asset: Words | None = None
    """What the asset is called whose page it is."""


class Outcome(Part):
    """By what it is known that a step is done: something there is, not a click."""

    asset: dict[str, str] = Field(default_factory=dict)
    """An asset with these values is in the basket; by names outside Python."""
    binned: bool = False
    """… or in the bin."""
    page: Slug | None = None
    """This page is open."""
    shows: Words | None = None
    """This text is on the page."""


class Region(Part):
    """A part of a picture that may look different each time, in its pixels."""

    left: int = Field(default=0, ge=0)
    top: int = Field(default=0, ge=0)
    width: int = Field(ge=1)
    height: int = Field(ge=1)
    devices: tuple[Device, ...] = get_args(Device)


class Step(Part):
    """One step of a demo."""

    name: Slug
    where: Where = Where()
    say: Words
    """What the presenter says."""
    try_it: Words | None = Field(default=None, alias="try")
    """What the person should try."""
    ask: Words | None = None
    done_when: Outcome | None = None
    shot: Words
    """What the picture shows."""
    masks: tuple[Region, ...] = ()
    """Where its pictures may differ from those before."""


class Pictures(Part):
    """Which pictures there are of every page, and in which windows all pictures are taken."""

    scenarios: tuple[ScenarioName, ...] = ()
    devices: tuple[Device, ...] = get_args(Device)
    schemes: tuple[Light, ...] = get_args(Light)
    masks: tuple[Region, ...] = ()
    """Where all pictures may differ from those before."""


class Script(Part):
    """A demo from beginning to end."""

    title: Words
    scenario: ScenarioName
    """What is in the basket at the beginning."""
    steps: tuple[Step, ...] = Field(min_length=1)
    pictures: Pictures = Pictures()


def find(name: str) -> Path:
    """The file of a script: of that path, or of that name in the folder. Raises BadScript."""
    for path in (Path(name), FOLDER / f"{name}.yaml"):
        if path.is_file():
            return path
    there = ", ".join(sorted(path.stem for path in FOLDER.glob("*.yaml")))
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
        case _:
            return f"“{name}”: {error['msg']}."


def _meant(name: str) -> str:
    parts: Iterable[type[Part]] = (Script, Step, Where, Outcome, Pictures, Region)
    known = [field.alias or key for part in parts for key, field in part.model_fields.items()]
    close = get_close_matches(name, known, 1)
    return f" Did you mean “{close[0]}”?" if close else f" There are: {', '.join(known)}."
