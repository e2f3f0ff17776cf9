"""Pictures of the pages: the same bytes each time, whole, and a failure that is told."""

from pathlib import Path

import pytest
from PIL import Image

from app.demo import camera, shoot
from app.demo.shots import VIEWPORTS, Place, View
from services.tour.script import Script
from tests.browser.steps import apart

PLACES = [Place("browse", "")]
CHOSEN = [View(VIEWPORTS[0], "light"), View(VIEWPORTS[2], "dark")]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of all pages only some, for a test must be quick."""

    async def only(*_: object) -> list[Place]:
        return PLACES

    monkeypatch.setattr(shoot, "_every_page", only)


@pytest.mark.usefixtures("few")
def test_the_same_pages_give_the_same_bytes_and_all_of_their_height(tmp_path: Path) -> None:
    first = apart(shoot.shoot, ["portfolio"], tmp_path / "first", CHOSEN)
    again = apart(shoot.shoot, ["portfolio"], tmp_path / "again", CHOSEN)

    assert not {**first.failed, **again.failed}
    assert sorted(shot.file for shot in first.taken) == [
        "portfolio/browse-desktop-light.png",
        "portfolio/browse-phone-dark.png",
    ]
    for shot in first.taken:
        assert (first.folder / shot.file).read_bytes() == (again.folder / shot.file).read_bytes()
    with Image.open(first.folder / "portfolio/browse-phone-dark.png") as picture:
        assert picture.width == 390
        assert picture.height > 3000
        # By night the page is dark.
        assert sum(picture.convert("RGB").getpixel((4, 200))) < 150  # type: ignore[arg-type]


@pytest.mark.usefixtures("on_a_stage")
def test_a_page_that_fails_is_named_and_pictured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nowhere(*_: object) -> list[Place]:
        return [Place("nowhere", "asset?id=unknown")]

    async def never(*_: object) -> None:
        raise camera.BadPicture("the page shows an error")

    monkeypatch.setattr(shoot, "_every_page", nowhere)
    monkeypatch.setattr(camera, "_check", never)

    album = apart(shoot.shoot, ["starter"], tmp_path, CHOSEN[:1])

    assert album.failed == {"starter/nowhere-desktop-light.png": "the page shows an error"}
    assert (tmp_path / "starter/nowhere-desktop-light.failed.png").stat().st_size > 1000


@pytest.mark.usefixtures("on_a_stage")
def test_a_step_whose_asset_is_not_there_is_told_and_the_others_are_pictured(
    tmp_path: Path,
) -> None:
    step = {"say": "Look", "shot": "It"}
    gone = {"name": "gone", "where": {"page": "asset", "asset": "Nobody's"}, **step}
    script = Script.model_validate(
        {
            "title": "Half",
            "scenario": "empty",
            "pictures": {"devices": ["phone"], "schemes": ["light"]},
            "steps": [gone, {"name": "there", **step}],
        }
    )

    album = apart(shoot.follow, script, "half", tmp_path)

    assert [shot.file for shot in album.taken] == ["half/02-there-phone-light.png"]
    assert album.failed == {
        "half/01-gone-phone-light.png": "Step “gone”: there is no asset “Nobody's”."
    }
