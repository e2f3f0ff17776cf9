"""How long it takes from saving the model file until an open form asks for the new field."""

import contextlib
import hashlib
import time
from pathlib import Path

from playwright.sync_api import Page

from tests.bench.browser import WAIT_MS, chromium
from tests.bench.copies import copy_of_the_project, model_file
from tests.bench.report import Result, at_most
from tests.bench.seeding import OUR_TABLE, assets, fill, our_item
from tests.bench.servers import product, scratch
from tests.bench.stats import p50

ASSETS = 500
TIMES = 9
_KINDS = (
    "int = Field(title={title!r}, ge=0)",
    "Text | None = Field(default=None, title={title!r})",
    "bool = Field(default=False, title={title!r})",
)


def state_of(project: Path) -> dict[Path, str]:
    """Every file of a project, by what is in it."""
    return {
        file.relative_to(project): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in project.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def changed(before: dict[Path, str], after: dict[Path, str]) -> set[Path]:
    """The files that are not the same."""
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


def adding_a_field() -> list[Result]:
    """A form stands open in Chromium, 500 assets are stored; each time another field is added."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(scratch())
        file = model_file(copy_of_the_project(folder / "project"))
        site = stack.enter_context(product(folder / "data", folder / "project"))
        fill(site.endpoint, OUR_TABLE, [our_item(asset) for asset in assets(ASSETS)])
        page = stack.enter_context(chromium()).new_page()
        page.goto(f"{site.url}/add")
        page.get_by_label("Name", exact=True).wait_for()
        before = state_of(folder / "project")
        samples = [_seconds(page, file, number) for number in range(TIMES)]
        touched = changed(before, state_of(folder / "project"))
    return [
        Result("a field is added until an open form asks for it", "s", at_most(1.5), p50(samples)),
        Result("files touched to add a field", "files", at_most(1), len(touched)),
    ]


def _seconds(page: Page, file: Path, number: int) -> float:
    title = f"Field {number} of the bench"
    kind = _KINDS[number % len(_KINDS)].format(title=title)
    text = f"{file.read_text()}\n    field_{number}: {kind}\n"
    begin = time.perf_counter()
    file.write_text(text)
    page.get_by_text(title).first.wait_for(timeout=WAIT_MS)
    return time.perf_counter() - begin
