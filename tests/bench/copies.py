"""Copies of the project, whose model file may be changed as a builder does."""

import shutil
from pathlib import Path

from tests.bench.servers import ROOT

_PRODUCT = ("app", "pages", "services", ".streamlit", "streamlit_app.py")


def copy_of_the_project(folder: Path) -> Path:
    """What the product consists of, in a folder of its own."""
    folder.mkdir(parents=True)
    for name in _PRODUCT:
        source = ROOT / name
        if source.is_dir():
            # With what is compiled already, which is valid for the copy too: it keeps the times.
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    return folder


def model_file(project: Path) -> Path:
    """The one file that a builder edits."""
    return project / "services" / "model" / "asset.py"
