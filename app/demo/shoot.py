"""Pictures of every page in every window: `python -m app.demo shoot`."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

from playwright.async_api import Browser, Error, Page

from app.demo.camera import BadPicture, camera, keep, pages, take, visit, window
from app.demo.places import name_of, place_of
from app.demo.shots import MOMENT, Place, Shot, View, shots, views
from app.demo.stage import Stage, stage
from app.scripts.yaml_lines import BadScript
from services.tour.script import Script

Find = Callable[[Browser, Stage], Awaitable[list[Place]]]

_AT_ONCE = 3
"""Devices at the same time: each waits for its pages most of the time."""


@dataclass
class Album:
    """What came of it."""

    folder: Path
    taken: list[Shot] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    """Why, by the picture's file."""

    def put(self, shot: Shot, picture: bytes) -> None:
        """Keep a picture."""
        file = self.folder / shot.file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture)
        self.taken.append(shot)


def shoot(scenarios: Sequence[str], folder: Path, chosen: Sequence[View] | None = None) -> Album:
    """Picture every page under each scenario, in an app of its own.

    Raises StageFailed, CameraMissing.
    """
    album = Album(folder.resolve())
    for scenario in scenarios:
        with stage(scenario, MOMENT) as site:
            asyncio.run(_take_all(site, scenario, _every_page, chosen or views(), album))
    return album


def follow(script: Script, name: str, folder: Path) -> Album:
    """Picture every step of a script, and the pages that it names. Raises as `shoot` does."""
    chosen = views(script.pictures.devices, script.pictures.schemes)
    album = shoot(script.pictures.scenarios, folder, chosen)
    with stage(script.scenario, MOMENT) as site:
        steps = partial(_steps, script, name, chosen, album)
        asyncio.run(_take_all(site, name, steps, chosen, album))
    return album


async def _every_page(browser: Browser, site: Stage) -> list[Place]:
    found = await pages(browser, site.url)
    first = site.asset()
    return [*found, Place("asset", f"asset?id={first}")] if first else found


async def _steps(
    script: Script, name: str, chosen: Sequence[View], album: Album, _: Browser, site: Stage
) -> list[Place]:
    """Where each step takes place; of one whose asset is not there each picture has failed."""
    found = []
    for number, step in enumerate(script.steps, 1):
        try:
            found.append(place_of(step, number, site))
        except BadScript as error:
            nowhere = Place(name_of(step, number), "")
            for shot in shots(name, [nowhere], chosen):
                album.failed[shot.file] = str(error)
    return found


async def _take_all(
    site: Stage, folder: str, find: Find, chosen: Sequence[View], album: Album
) -> None:
    async with camera() as browser:
        all_shots = shots(folder, await find(browser, site), chosen)
        turns = asyncio.Semaphore(_AT_ONCE)
        devices = [list(alike) for _, alike in groupby(all_shots, lambda shot: shot.view.viewport)]
        await asyncio.gather(*(_window(browser, site, each, album, turns) for each in devices))


async def _window(
    browser: Browser, site: Stage, wanted: Sequence[Shot], album: Album, turns: asyncio.Semaphore
) -> None:
    async with turns, window(browser, wanted[0].view.viewport, MOMENT) as page:
        for _, alike in groupby(wanted, lambda shot: shot.place):
            await _place(page, site, list(alike), album)


async def _place(page: Page, site: Stage, wanted: Sequence[Shot], album: Album) -> None:
    """One place by day and by night; what fails there is told of each picture that is missing."""
    try:
        await visit(page, wanted[0].view.viewport, f"{site.url}/{wanted[0].place.path}")
        for shot in wanted:
            album.put(shot, await take(page, shot.view.scheme))
    except (BadPicture, Error) as error:
        for shot in wanted:
            if shot not in album.taken:
                album.failed[shot.file] = str(error).splitlines()[0]
                await keep(page, (album.folder / shot.file).with_suffix(".failed.png"))
