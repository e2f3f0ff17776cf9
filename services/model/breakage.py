"""What is wrong with a model file, in words for its builder."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.model.schema import UnknownFieldType


class BrokenModel(Exception):  # noqa: N818 - reads as a noun of the domain
    """The model file does not make a model; the text says where and why."""


@contextmanager
def explained(file: Path) -> Iterator[None]:
    """Raise as BrokenModel whatever goes wrong while the builder's file is run."""
    try:
        yield
    except BrokenModel:
        raise
    except SyntaxError as error:
        raise BrokenModel(f"{file.name}, line {error.lineno}: {error.msg}.") from error
    except UnknownFieldType as error:
        raise BrokenModel(f"{file.name}: {error}") from error
    except Exception as error:
        raise BrokenModel(f"{_place(file, error)}: {_first_line(error)}") from error


def _place(file: Path, error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file)]
    return f"{file.name}, line {lines[-1]}" if lines else file.name


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    kind = type(error).__name__
    return f"{kind}: {text[0]}" if text else kind
