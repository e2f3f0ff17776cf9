"""Demo scripts, played as they are written: each step is done by its own actions, not before."""

from pathlib import Path

import pytest

from app.demo.check import check
from app.scripts.shipped import FOLDER, read_script
from services.tour.script import Script
from tests.browser.steps import apart


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_script_comes_to_its_outcomes(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever plays a script at a desk wants to be told soon; a busy machine proves nothing.
    monkeypatch.setattr("app.demo.check._PATIENCE_SECONDS", 60)
    assert apart(check, read_script(path), tmp_path) == {}


@pytest.mark.usefixtures("on_a_stage")
def test_a_step_that_is_done_already_and_one_that_never_is_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.demo.check._PATIENCE_SECONDS", 0.2)
    nothing = {"say": "Look", "shot": "Nothing"}
    script = Script.model_validate(
        {
            "title": "All wrong",
            "scenario": "starter",
            "steps": [
                {"name": "never", "done_when": {"shows": "No such text"}, **nothing},
                {"name": "already", "done_when": {"page": "browse"}, **nothing},
            ],
        }
    )

    failed = apart(check, script, tmp_path)

    assert failed == {
        "never": "Its actions were done, and what “done_when” says is not so.",
        "already": "It is done before anything was done. Ask for more under “done_when”.",
    }
    assert (tmp_path / "01-never.failed.png").stat().st_size > 1000
