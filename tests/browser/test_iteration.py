"""The point of a prototype: the model is changed while people watch, and every page follows."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.seeding import OUR_TABLE, assets, fill, our_item
from tests.bench.servers import Site, copy_of_the_project, product
from tests.browser.conftest import NewContext
from tests.browser.steps import (
    fill_in,
    filled_in,
    open_page,
    rows,
    stored,
    submit,
    success,
    tally,
)

STORED = 500
FIELDS = """
    price: Annotated[Decimal, Unit("GBP")] = Field(title="Price", ge=0, examples=["12.50"])
    bought: date | None = Field(default=None, title="Bought on")
    risk: Annotated[Risk, Tones(CALM="green", WILD="red")] = Field(default=Risk.CALM, title="Risk")
    ethical: bool = Field(default=False, title="Ethical")
"""
IMPORTS = "from datetime import date\nfrom decimal import Decimal\n"
CHOICE = '''class Risk(Choice):
    """How far an asset may fall."""

    CALM = "CALM"
    WILD = "WILD"


'''


@dataclass
class Builder:
    """Somebody with an editor open on the model of a running app."""

    file: Path
    site: Site

    @property
    def project(self) -> Path:
        return self.file.parents[2]

    def __post_init__(self) -> None:
        self.sound = self.file.read_text()

    def add_four_fields(self) -> None:
        text = self.sound.replace("from typing import", f"{IMPORTS}from typing import")
        text = text.replace("Tones\n", "Tones, Unit\n")
        self.save(text.replace("class AssetInput", f"{CHOICE}class AssetInput") + FIELDS)

    def save(self, text: str) -> None:
        self.file.write_text(text)

    @property
    def log(self) -> str:
        return self.site.process.log.read_text(errors="replace")


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[Builder]:
    """A running app of a copy of the project, with 500 assets."""
    file = copy_of_the_project(tmp_path / "project")
    with product(tmp_path / "data", tmp_path / "project") as site:
        fill(site.endpoint, OUR_TABLE, [our_item(asset) for asset in assets(STORED)])
        yield Builder(file, site)


def state_of(project: Path) -> dict[Path, str]:
    """Every file of the project, by what is in it."""
    return {
        file.relative_to(project): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in project.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def changed(before: dict[Path, str], after: dict[Path, str]) -> set[Path]:
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


def test_four_fields_are_everywhere_as_soon_as_the_model_file_is_saved(
    builder: Builder, new_context: NewContext, tmp_path: Path
) -> None:
    url, before = builder.site.url, state_of(builder.project)
    page, watcher = new_context().new_page(), new_context().new_page()
    open_page(watcher, url)
    tally(watcher, f"1–25 of {STORED} assets")
    open_page(page, f"{url}/add")
    fill_in(page, "Vineyard", "Kids", "Low", "EUR")

    builder.add_four_fields()

    _fill_in(page)
    _see(watcher)
    _filter(watcher)
    _bring_the_old_ones_along(page, url)
    _export_and_import(page, url, tmp_path / "assets.csv")
    assert changed(before, state_of(builder.project)) == {Path("services/model/asset.py")}
    assert builder.site.process.popen.poll() is None
    assert not re.search("error|traceback|exception", builder.log, re.IGNORECASE), builder.log


def _fill_in(page: Page) -> None:
    """What was typed before is still there, and the new fields are asked for."""
    expect(page.get_by_label("Price (GBP)")).to_be_visible()
    filled_in(page, "Vineyard", "Kids", "Low", "EUR")
    submit(page).click()
    expect(page.get_by_role("alert")).to_have_text("Enter a price.")
    page.get_by_label("Price (GBP)").fill("1,250.50")
    page.get_by_role("spinbutton", name="year, Bought on").click()
    page.keyboard.type("20261121")
    page.get_by_role("radio", name="Wild").click()
    page.get_by_text("Ethical", exact=True).click()
    submit(page).click()
    expect(success(page)).to_be_visible()


def _see(page: Page) -> None:
    """In another browser, which nobody has touched."""
    tally(page, f"1–25 of {STORED + 1} assets")
    for label in ("Price", "Bought on", "Risk", "Ethical"):
        expect(page.get_by_role("columnheader", name=label)).to_be_visible()
    vineyard = rows(page).filter(has_text="Vineyard")
    expect(vineyard.locator("td[data-label='Risk']")).to_have_text("Wild")
    expect(vineyard.locator("td[data-label='Price']")).to_contain_text("250.50")


def _filter(page: Page) -> None:
    """By a click on the chart's bar."""
    page.get_by_role("button", name="Risk Wild: 1").click()
    tally(page, "1 asset")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("button", name="Clear filters").click()
    tally(page, f"1–25 of {STORED + 1} assets")


def _bring_the_old_ones_along(page: Page, url: str) -> None:
    open_page(page, f"{url}/model")
    expect(page.get_by_text(f"{STORED} assets have no Price, which is required.")).to_be_visible()
    page.get_by_role("button", name="Set a value").click()
    page.get_by_label("Price (GBP)").fill("10")
    page.get_by_label("Price (GBP)").press("Enter")
    page.get_by_role("button", name=f"Do it: {STORED} assets").click()
    expect(page.get_by_text(f"Set Price to 10 GBP – {STORED} assets changed")).to_be_visible(
        timeout=60_000
    )
    assert Counter(asset["price"] for asset in stored(url)) == {"10": STORED, "1250.50": 1}


def _export_and_import(page: Page, url: str, file: Path) -> None:
    """One price is changed in the file: that asset is updated, and all others are as they were."""
    before = {asset["identifier"]: asset for asset in stored(url)}
    open_page(page, url)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8-sig")
    assert text.count("1250.50") == 1
    file.write_text(text.replace("1250.50", "1300.25"), encoding="utf-8")

    open_page(page, f"{url}/import")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("1 row will be updated")).to_be_visible()
    expect(page.get_by_text(f"{STORED} rows are in the basket already, exactly so")).to_be_visible()
    page.get_by_role("button", name="Import 1 asset").click()
    expect(page.get_by_text("1 updated")).to_be_visible()

    after = {asset["identifier"]: asset for asset in stored(url)}
    different = [after[name]["price"] for name, asset in before.items() if after[name] != asset]
    assert different == ["1300.25"]
    assert set(after) == set(before)
