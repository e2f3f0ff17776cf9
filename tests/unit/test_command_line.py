"""Commands that people are told: with the Python that has what they need."""

import sys

import pytest

from app import command_line
from app.settings import ROOT


@pytest.mark.parametrize(
    ("executable", "told"),
    [
        (f"{ROOT}/.venv/bin/python", ".venv/bin/python"),
        (f"{ROOT}/.venv313/bin/python", ".venv313/bin/python"),
        ("/usr/bin/python3", "/usr/bin/python3"),
        ("/home/ada/my tools/python", "'/home/ada/my tools/python'"),
    ],
)
def test_a_command_begins_with_the_python_that_runs_the_app(
    executable: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    assert command_line.python() == told
