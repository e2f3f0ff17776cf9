"""The point of a prototype: the model is changed while people watch, and every page follows."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.copies import copy_of_the_project, model_file
from tests.bench.iteration import changed, state_of
from tests.bench.seeding import OUR_TABLE, assets, fill, our_item
from tests.bench.servers import Site, patient_product
from tests.browser.conftest import NewContext, holds
from tests.browser.steps import (
    choose,
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


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    """A running app of a copy of the project, with 500 assets."""
    folder = tmp_path_factory.mktemp("iteration")
    file = model_file(copy_of_the_project(folder / "project"))
    with patient_product(folder / "data", folder / "project") as site:
        fill(site.endpoint, OUR_TABLE, [our_item(asset) for asset in assets(STORED)])
        holds(site, STORED)
        yield Builder(file, site)


@pytest.fixture
def builder(running: Builder) -> Iterator[Builder]:
    """The same; afterwards the model is what it was."""
    yield running
    running.save(running.sound)


def test_four_fields_are_everywhere_as_soon_as_the_model_file_is_saved(
    builder: Builder, new_context: NewContext, tmp_path: Path
) -> None:
    url, before = builder.site.url, state_of(builder.project)
    total = len(stored(url))
    page, watcher = new_context().new_page(), new_context().new_page()
    open_page(watcher, url)
    tally(watcher, f"1–25 of {total} assets")
    open_page(page, f"{url}/add")
    fill_in(page, "Vineyard", "Kids", "Low", "EUR")

    builder.add_four_fields()

    _fill_in(page)
    _see(watcher, total + 1)
    _filter(watcher, url, total + 1)
    open_page(page, f"{url}/?risk=WILD")
    tally(page, "1 asset")
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


def _see(page: Page, total: int) -> None:
    """In another browser, which nobody has touched."""
    tally(page, f"1–25 of {total} assets")
    vineyard = rows(page).filter(has_text="Vineyard")
    for text in ("1,250.50", "21 Nov 2026", "Wild"):
        expect(vineyard.get_by_role("cell", name=text)).to_be_visible()


def _filter(page: Page, url: str, total: int) -> None:
    """By a click on a bar of the new field's chart, and by a range of the new number."""
    open_page(page, f"{url}/?columns=name,price,risk,ethical&charts=risk,price")
    expect(page.get_by_role("columnheader", name="Ethical")).to_be_visible()
    page.get_by_role("button", name="Risk Wild: 1").click()
    tally(page, "1 asset")
    expect(rows(page)).to_have_count(1)
    page.get_by_role("button", name="Clear filters").click()
    tally(page, f"1–25 of {total} assets")
    open_page(page, f"{url}/?price~from=1000&ethical=true")
    tally(page, "1 asset")


def _export_and_import(page: Page, url: str, file: Path) -> None:
    """What Browse shows; one price is changed in the file, and nothing else in the basket."""
    before = {asset["identifier"]: asset for asset in stored(url)}
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        # Where filters are set, the first of the menu's links is for what they show.
        page.get_by_role("link", name="CSV").first.click()
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8-sig")
    assert text.count("1250.50") == 1
    file.write_text(text.replace("1250.50", "1300.25"), encoding="utf-8")

    open_page(page, f"{url}/import")
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_text("1 row will be updated")).to_be_visible()
    page.get_by_role("button", name="Import 1 asset").click()
    expect(page.get_by_text("1 updated")).to_be_visible()

    after = {asset["identifier"]: asset for asset in stored(url)}
    different = [after[name]["price"] for name, asset in before.items() if after[name] != asset]
    assert different == ["1300.25"]
    assert set(after) == set(before)


def test_a_mistake_in_the_model_file_is_told_and_the_last_good_model_goes_on(
    builder: Builder, new_context: NewContext
) -> None:
    url, wrong = builder.site.url, "The model as saved does not work; the last good one is in use."
    page, watcher = new_context().new_page(), new_context().new_page()
    open_page(watcher, url)
    open_page(page, f"{url}/add")
    page.get_by_label("Name", exact=True).fill("Half typed")
    choose(page, "Currency", "EUR")

    builder.save(f"{builder.sound}\n    price: Decimal =\n")

    line = len(builder.sound.splitlines()) + 2
    for tab in (page, watcher):
        expect(tab.get_by_text(wrong)).to_be_visible()
        expect(tab.get_by_text(f"asset.py, line {line}: invalid syntax.")).to_be_visible()
    expect(rows(watcher)).to_have_count(25)
    open_page(watcher, f"{url}/model")
    expect(watcher.get_by_text(f"→ {line:>4}      price: Decimal =")).to_be_visible()

    builder.save(builder.sound.replace('title="Tag"', 'title="Wrapper"'))

    expect(page.get_by_text(wrong)).to_have_count(0)
    expect(page.get_by_role("combobox", name="Wrapper")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_have_value("Half typed")
    expect(page.get_by_role("combobox", name="Currency")).to_have_value(re.compile("^EUR"))
    expect(watcher.get_by_text(wrong)).to_have_count(0)
    choose(page, "Wrapper", "Kids")
    page.get_by_role("radio", name="High").click()
    submit(page).click()
    expect(success(page)).to_be_visible()
    assert [asset["tag"] for asset in stored(url, "Half typed")] == ["Kids"]


@pytest.mark.long
def test_500_old_assets_are_brought_along_and_come_back_from_a_file_as_they_were(
    builder: Builder, page: Page, tmp_path: Path
) -> None:
    url = builder.site.url
    open_page(page, f"{url}/add")
    fill_in(page, "Vineyard", "Kids", "Low", "EUR")
    builder.add_four_fields()
    _fill_in(page)
    lacking = sum(asset.get("price") is None for asset in stored(url))
    assert lacking >= STORED
    _bring_the_old_ones_along(page, url, lacking)
    open_page(page, url)
    _export_and_import(page, url, tmp_path / "assets.csv")


def _bring_the_old_ones_along(page: Page, url: str, lacking: int) -> None:
    open_page(page, f"{url}/model")
    expect(page.get_by_text(f"{lacking} assets have no Price, which is required.")).to_be_visible()
    page.get_by_role("button", name="Set a value").click()
    page.get_by_label("Price (GBP)").fill("10")
    page.get_by_label("Price (GBP)").press("Enter")
    page.get_by_role("button", name=f"Do it: {lacking} assets").click()
    expect(page.get_by_text(f"Set Price to 10 GBP – {lacking} assets changed")).to_be_visible(
        timeout=60_000
    )
    prices = Counter(asset["price"] for asset in stored(url))
    assert prices["10"] == lacking
    assert None not in prices
