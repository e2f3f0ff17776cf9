"""Pictures of every page in every window: `python -m app.demo shoot`."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Error, Page

from app.demo.camera import BadPicture, camera, keep, places, take, window
from app.demo.shots import MOMENT, Shot, View, shots, views
from app.demo.stage import Stage, stage

_AT_ONCE = 2
"""Windows in which pictures are taken at the same time: as many as this machine has cores."""


@dataclass
class Album:
    """What came of it."""

    folder: Path
    taken: list[Shot] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Why, by the picture's file."""


def shoot(scenarios: Sequence[str], folder: Path, chosen: Sequence[View] | None = None) -> Album:
    """Take the pictures, each scenario in an app of its own. Raises StageFailed, CameraMissing."""
    album = Album(folder.resolve())
    for scenario in scenarios:
        with stage(scenario, MOMENT) as site:
            asyncio.run(_scenario(site, chosen or views(), album))
    return album


async def _scenario(site: Stage, chosen: Sequence[View], album: Album) -> None:
    async with camera() as browser:
        all_shots = list(shots(site.scenario, await places(browser, site.url), chosen))
        turns = asyncio.Semaphore(_AT_ONCE)
        by_view = ([shot for shot in all_shots if shot.view == view] for view in chosen)
        await asyncio.gather(*(_view(browser, site, each, album, turns) for each in by_view))


async def _view(
    browser: Browser, site: Stage, wanted: Iterable[Shot], album: Album, turns: asyncio.Semaphore
) -> None:
    wanted = list(wanted)
    async with turns, window(browser, wanted[0].view, MOMENT) as page:
        for shot in wanted:
            await _shot(page, site, shot, album)


async def _shot(page: Page, site: Stage, shot: Shot, album: Album) -> None:
    file = album.folder / shot.file
    try:
        picture = await take(page, shot.view, f"{site.url}/{shot.place.path}")
    except (BadPicture, Error) as error:
        album.failed[shot.file] = str(error).splitlines()[0]
        await keep(page, file.with_suffix(".failed.png"))
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(picture)
    album.taken.append(shot)
