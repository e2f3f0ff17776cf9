"""Commands that people are told, as they work in a shell in the project's folder."""

import shlex
import sys
from pathlib import Path

from app.settings import ROOT


def python() -> str:
    """The Python that has the app's packages: this one, relative to the project if it is in it."""
    here = Path(sys.executable)
    return shlex.quote(str(here.relative_to(ROOT) if here.is_relative_to(ROOT) else here))


PYTHON = python()
DEMO = f"{PYTHON} -m app.demo"
