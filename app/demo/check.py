"""Whether demo scripts still work: each played in a browser, step by step, against a fresh app."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.async_api import Error, Page

from app import bootstrap
from app.demo.acting import act
from app.demo.camera import at_rest, camera, keep, window
from app.demo.places import place_of
from app.demo.shots import MOMENT, VIEWPORTS
from app.demo.stage import Stage, stage
from app.scripts.yaml_lines import BadScript
from app.settings import Settings
from services.assets.service import AssetService
from services.tour.outcome import PageObservation, reached
from services.tour.script import Outcome, Script, Step

_PATIENCE_SECONDS = 5
_LOOK_SECONDS = 0.05


class StepFailed(Exception):  # noqa: N818 - says what happened
    """A step does not come to its outcome by its own actions; the text says why."""


def check(script: Script, pictures: Path) -> dict[str, str]:
    """Play a script; by name of each step that failed: why. What went wrong is pictured there.

    Raises StageFailed, CameraMissing.
    """
    with stage(script.scenario, MOMENT) as site, _services(site) as assets:
        return asyncio.run(_play_all(script, site, assets, pictures))


@contextmanager
def _services(site: Stage) -> Iterator[AssetService]:
    """The same services that the app judges by, over the same store."""
    settings = Settings(dynamodb_endpoint=site.endpoint(), data_dir=site.data, target="moto")
    basket = bootstrap.build(settings)
    try:
        yield basket.assets
    finally:
        basket.close()


async def _play_all(
    script: Script, site: Stage, assets: AssetService, pictures: Path
) -> dict[str, str]:
    failed: dict[str, str] = {}
    async with (
        camera(only_looks=True) as browser,
        window(browser, VIEWPORTS[0], MOMENT) as page,
    ):
        for number, step in enumerate(script.steps, 1):
            try:
                await _play(page, site, assets, step, number)
            except (StepFailed, BadScript, Error) as error:
                failed[step.name] = str(error).splitlines()[0]
                await keep(page, pictures / f"{number:02}-{step.name}.failed.png")
    return failed


async def _play(page: Page, site: Stage, assets: AssetService, step: Step, number: int) -> None:
    outcome = step.done_when
    if outcome and reached(outcome, await _sight(page, outcome), assets):
        raise StepFailed("It is done before anything was done. Ask for more under “done_when”.")
    if not step.do:
        await page.goto(f"{site.url}/{place_of(step, number, site).path}")
        await at_rest(page)
    for place, action in enumerate(step.do, 1):
        try:
            await act(page, site, action)
        except Error as error:
            said = str(error).splitlines()[0]
            raise StepFailed(f"Its action {place}, {action}, does not work: {said}") from error
    if outcome:
        await _wait(page, outcome, assets)


async def _wait(page: Page, outcome: Outcome, assets: AssetService) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not reached(outcome, await _sight(page, outcome), assets):
        if time.monotonic() > deadline:
            raise StepFailed("Its actions were done, and what “done_when” says is not so.")
        await asyncio.sleep(_LOOK_SECONDS)


async def _sight(page: Page, outcome: Outcome) -> PageObservation:
    address = urlsplit(page.url)
    if address.scheme != "http":
        return PageObservation()
    shown = page.get_by_text(outcome.shows).filter(visible=True) if outcome.shows else None
    return PageObservation(
        address.path.strip("/") or "browse",
        parse_qs(address.query),
        shown is not None and await shown.count() > 0,
    )
