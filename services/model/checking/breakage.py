"""What is wrong with a model file, in words for its builder."""

import ast
import re
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pydantic.alias_generators import to_camel

from services.model.checking.checks import BadField
from services.model.checking.time_limit import ModelTimeoutError
from services.model.fields.schema import UnknownFieldType

_INPUT = "AssetInput"
_FIELD = re.compile(r'Field "(\w+)":')
"""How pydantic names the field that it cannot make a schema of."""

_FUNCTION = re.compile(r"calling function `(\w+)`")
"""How it names a builder's function that failed."""


class BrokenModel(Exception):  # noqa: N818 - reads as a noun of the domain
    """The model file does not make a model; the text says where and why."""


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Raise as BrokenModel whatever goes wrong while the builder's file is run or looked at."""
    try:
        yield
    except BrokenModel:
        raise
    except ModelTimeoutError as error:
        problem = "this does not come to an end."
        raise BrokenModel(f"{_at(file, error.line)}: {problem}") from error
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise BrokenModel(f"{file.name}{where}: {error.msg}.") from error
    except UnknownFieldType as error:
        line = _line_of_path(file, str(error).partition(":")[0].split("."))
        raise BrokenModel(f"{_at(file, line)}: {error}") from error
    except BadField as error:
        names = [base.__name__ for base in error.owner.__mro__]
        line = next(filter(None, (_line_of(file, each, error.name) for each in names)), None)
        raise BrokenModel(f"{_at(file, line)}: {error}") from error
    except (Exception, SystemExit) as error:
        raise BrokenModel(f"{_place(file, error)}: {_reason(error)}") from error


def _at(file: Path, line: int | None) -> str:
    return f"{file.name}, line {line}" if line else file.name


def _place(file: Path, error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file)]
    if lines and lines[-1] and (named := _FIELD.findall(str(error))):
        return _at(file, _line_below(file, lines[-1], named[-1]) or lines[-1])
    if not lines and (failed := _FUNCTION.search(str(error))):
        places = (line for (_, name), line in _lines(file).items() if name == failed[1])
        return _at(file, next(places, None))
    return _at(file, lines[-1] if lines else None)


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    kind = type(error).__name__
    if not lines:
        return kind
    if named := _FIELD.findall(str(error)):
        # Pydantic tells the way to the field first, and what is wrong with it last.
        return f"{named[-1]}: {lines[-1].strip()}"
    return f"{kind}: {lines[0]}"


def _line_of(file: Path, owner: str, name: str) -> int | None:
    """Where a field stands; where its model begins if it has no line of its own."""
    lines = _lines(file)
    return lines.get((owner, name)) or lines.get((owner, ""))


def _line_below(file: Path, begins: int, name: str) -> int | None:
    """Where a field stands in the model that begins on this line."""
    owners = [
        owner for (owner, field), line in _lines(file).items() if (field, line) == ("", begins)
    ]
    return _lines(file).get((owners[0], name)) if owners else None


def _line_of_path(file: Path, path: list[str]) -> int | None:
    """Where a field of the asset stands, or one of a nested model by both their names."""
    lines = _lines(file)
    if len(path) > 1:
        inner = [
            line for (owner, name), line in lines.items() if name == path[1] and owner != _INPUT
        ]
        if len(inner) == 1:
            return inner[0]
    mine = {name: line for (owner, name), line in lines.items() if owner == _INPUT}
    return next((line for name, line in mine.items() if path[0] in (name, to_camel(name))), None)


def _lines(file: Path) -> Mapping[tuple[str, str], int]:
    """By class and field the line in the file; a class itself has no field."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return {}
    found: dict[tuple[str, str], int] = {}
    for model in ast.walk(tree):
        if isinstance(model, ast.ClassDef):
            found[model.name, ""] = model.lineno
            for part in model.body:
                if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    found[model.name, part.target.id] = part.lineno
                elif isinstance(part, ast.FunctionDef):
                    found[model.name, part.name] = part.lineno
    return found
