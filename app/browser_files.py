"""Finds our files for the browser by their names; they lie beside the Python that uses them."""

from functools import cache
from pathlib import Path

_APP = Path(__file__).resolve().parent
_ENDINGS = (".js", ".css", ".svg")


@cache
def paths() -> dict[str, Path]:
    """Every JavaScript, CSS and SVG file of the app, by its name, such as "table.js"."""
    return {path.name: path for path in _APP.rglob("*.*") if path.suffix in _ENDINGS}


def text(name: str) -> str:
    """What is in the file. Raises KeyError if there is none of that name."""
    return paths()[name].read_text(encoding="utf-8")
