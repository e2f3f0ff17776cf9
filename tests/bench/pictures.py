"""How fast pictures are taken, against a plain loop that opens a page, sleeps and takes one."""

import time
from pathlib import Path

from app.demo.places import place_of
from app.demo.shoot import follow
from app.demo.shots import MOMENT
from app.demo.stage import stage
from app.scripts.shipped import find, read_script
from services.tour.script import Script
from tests.bench.browser import chromium
from tests.bench.report import NotMeasured, Result, at_most
from tests.bench.servers import scratch

_SLEEP_MS = 3000
_NAME = "story"


def _ours(script: Script, folder: Path) -> float:
    """Seconds a picture, the app's start included."""
    begin = time.perf_counter()
    album = follow(script, _NAME, folder)
    if album.failed:
        raise NotMeasured(f"{len(album.failed)} pictures failed")
    return (time.perf_counter() - begin) / len(album.taken)


def _plain_loop(script: Script, folder: Path) -> float:
    """The same for each step in one window, the app's start left out."""
    with stage(script.scenario, MOMENT) as site, chromium() as browser:
        places = [place_of(step, number, site) for number, step in enumerate(script.steps, 1)]
        begin = time.perf_counter()
        for place in places:
            page = browser.new_page()
            page.goto(f"{site.url}/{place.path}")
            page.wait_for_timeout(_SLEEP_MS)
            page.screenshot(path=folder / f"{place.name}.png", full_page=True)
            page.close()
        return (time.perf_counter() - begin) / len(places)


def of_the_shipped_script() -> list[Result]:
    """Every step of the shipped script in every window."""
    script = read_script(find(_NAME))
    steps_only = script.pictures.model_copy(update={"scenarios": ()})
    script = script.model_copy(update={"pictures": steps_only})
    with scratch() as folder:
        rival, ours = _plain_loop(script, folder), _ours(script, folder)
    return [Result("a picture ÷ a fresh page and a sleep", "s", at_most(0.3), ours, rival)]
