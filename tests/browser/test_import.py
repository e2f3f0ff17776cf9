"""A file of somebody else's, by its own column names: looked at, imported, taken back."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.servers import ROOT, Site
from tests.browser.steps import (
    choose,
    names_of_the_index,
    open_page,
    rows,
    search,
    stored,
    tally,
    total,
)

_INDEX = ROOT.parent / "shared" / "data" / "sp500-constituents.csv"


def index_file(folder: Path, count: int) -> Path:
    """So many members of an index as their publisher lists them, or a list like it."""
    file = folder / "constituents.csv"
    if _INDEX.exists():
        lines = _INDEX.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(lines[: count + 1]), encoding="utf-8")
        return file
    with file.open("w", newline="", encoding="utf-8") as made:
        table = csv.writer(made)
        table.writerow(["Symbol", "Security", "GICS Sector", "Founded"])
        for number, name in enumerate(names_of_the_index()[:count]):
            table.writerow([f"C{number}", name, "Industrials", 1900 + number % 100])
    return file


@pytest.mark.torture
def test_a_list_of_companies_is_imported_by_its_own_columns_seen_and_taken_back(
    empty: Site, page: Page, tmp_path: Path, torture: bool
) -> None:
    count = 503 if torture else 120
    open_page(page, f"{empty.url}/import")
    page.locator("input[type=file]").set_input_files(index_file(tmp_path, count))
    expect(page.get_by_text(f"{count} rows are refused")).to_be_visible()
    expect(page.get_by_role("combobox", name="Name", exact=True)).to_have_value("Security")
    assert total(empty.url) == 0

    choose(page, "Tag", "GICS Sector")
    page.get_by_role("radio", name="High").click()
    choose(page, "Currency of every row", "USD")
    expect(page.get_by_text(f"{count} rows will be added")).to_be_visible()
    page.get_by_role("button", name=f"Import {count} assets").click()

    expect(page.get_by_text(f"{count} added")).to_be_visible()
    page.get_by_role("link", name="See them").click()
    tally(page, f"1–25 of {count} assets")
    search(page, "industrials")
    expect(rows(page).first).to_contain_text("Industrials")
    imported = stored(empty.url)
    assert sorted(asset["name"] for asset in imported) == sorted(names_of_the_index()[:count])
    assert {asset["ccy"] for asset in imported} == {"USD"}

    open_page(page, f"{empty.url}/import")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("was taken back")).to_be_visible()
    assert total(empty.url) == 0


def test_what_another_tab_imports_is_seen_on_its_way(
    empty: Site, page: Page, tmp_path: Path
) -> None:
    big = tmp_path / "big.csv"
    lines = [f"Fund {number},ISA,HIGH,GBP" for number in range(20_000)]
    big.write_text("\n".join(["name,tag,liquidityProfile,ccy", *lines]))
    open_page(page, f"{empty.url}/import")
    onlooker = page.context.new_page()
    open_page(onlooker, f"{empty.url}/import")
    page.locator("input[type=file]").set_input_files(big)
    page.get_by_role("button", name="Import 20,000 assets").click()

    expect(onlooker.get_by_text("is on its way")).to_be_visible()
    expect(onlooker.get_by_role("button", name="Undo")).to_have_count(0)
    page.get_by_role("button", name="Stop").click()

    expect(onlooker.get_by_text("was stopped")).to_be_visible()
    expect(onlooker.get_by_role("button", name="Go on")).to_be_visible()
