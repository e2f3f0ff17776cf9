"""A kind of field that is added in one file is shown, asked for, filtered, stored and exported."""

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.routes import Api
from app.model_check import prove_pages
from services.files.reading import read
from services.files.sheet import Format
from services.importing.matching import Choices, match
from services.model.checking.checks import check_fields
from services.model.current import current
from services.model.fields.kinds.registry import KINDS, register
from services.model.query import AssetQuery
from services.store.assets.proving import proof
from tests.fakes.models import put_in_force
from tests.fakes.percentage import AssetInput, PercentageKind
from tests.pages.browse.test_asking import cells, chips, panel
from tests.pages.browse.test_browse import rows
from tests.pages.conftest import ADD, ASSET, BROWSE, MODEL, Store, Visit, drawn, notes, press
from tests.pages.kinds import box


@pytest.fixture(autouse=True)
def _percentage(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    known = dict(KINDS)
    register(PercentageKind)
    put_in_force(monkeypatch, AssetInput)
    yield
    KINDS.clear()
    KINDS.update(known)


@pytest.fixture
def shelf(store: Store) -> Store:
    """Three assets with other percentages."""
    for name, dividend in (("Gilt", "4.25"), ("Fund", "12.5"), ("Gold", "0")):
        store.service.add(AssetInput(name=name, dividend=Decimal(dividend)), by="Ada")  # type: ignore[arg-type]
    return store


@pytest.fixture
def http(store: Store) -> TestClient:
    return TestClient(Api(store.application.services))


def stored(store: Store) -> dict[str, Any]:
    """What the table holds of the field, by name."""
    return {str(item["name"]["S"]): item["dividend"] for item in store.items}


def test_it_is_entered_in_the_form_and_stored_as_a_number(store: Store, visit: Visit) -> None:
    app = visit(ADD)
    assert box(app, "Dividend").proto.placeholder == "for example 12.5 %"
    assert box(app, "Fee").label == "Fee (%, optional)"
    box(app, "Name").set_value("Gilt")
    box(app, "Dividend").set_value("1,2.5 %")
    press(app, "Add asset")
    assert notes(app) == {"Dividend (%)": "Dividend has to be a percentage such as 12.5 %."}

    box(app, "Dividend").set_value("112 %")
    press(app, "Add asset")
    assert notes(app) == {"Dividend (%)": "Dividend has to be at most 100 %."}

    box(app, "Dividend").set_value("12.50 %")
    press(app, "Add asset")
    assert stored(store) == {"Gilt": {"N": "12.50"}}
    assert not app.exception


def test_what_stands_in_the_form_is_what_is_stored_again(shelf: Store, visit: Visit) -> None:
    (fund,) = [asset for asset in shelf.assets if asset.plain()["name"] == "Fund"]
    app = press(visit(ASSET, id=fund.identifier), "Edit")
    assert box(app, "Dividend").value == "12.5"
    box(app, "Dividend").set_value("13%")
    press(app, "Save")
    assert stored(shelf)["Fund"] == {"N": "13"}


def test_the_table_shows_it_and_puts_it_in_order(shelf: Store, visit: Visit) -> None:
    app = visit(BROWSE, sort="-dividend")
    assert rows(app) == ["Fund", "Gilt", "Gold"]
    assert cells(app)["Dividend"] == {"text": "12.5 %"}
    assert drawn(app, "assets")["columns"][1]["looks"] == "short end"


def test_it_is_filtered_by_its_range(shelf: Store, visit: Visit) -> None:
    app = visit(BROWSE, **{"dividend~from": "1", "dividend~below": "10"})
    assert rows(app) == ["Gilt"]
    assert chips(app) == ["Dividend from 1 % below 10 %"]
    (field,) = [
        field
        for group in panel(app, "conditions")["groups"]
        for field in group["fields"]
        if field["name"] == "dividend"
    ]
    assert [part["kind"] for part in field["parts"]] == ["numbers"]


def test_it_is_charted_as_a_histogram(shelf: Store, visit: Visit) -> None:
    (chart,) = drawn(visit(BROWSE, charts="dividend"), "glance")["charts"]
    assert [(bar["label"], bar["count"]) for bar in chart["bars"] if bar["count"]] == [
        ("0 % – 2 %", 1),
        ("4 % – 6 %", 1),
        ("12 % – 14 %", 1),
    ]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_it_comes_back_from_a_file_as_it_was(shelf: Store, format: Format) -> None:  # noqa: A002
    out = io.BytesIO()
    shelf.basket.exports.matching(AssetQuery(sort="name"), format, out)
    shelf.alter(dividend={"N": "1"})
    sheet = read(out.getvalue(), format=format)
    columns = match(sheet.columns, current().fields)

    imports = shelf.basket.imports
    plan = imports.preview(sheet, Choices(columns, {}, "name"), "back")
    imports.start(plan, sheet, name="back", title="Back", by="Ada").join(20)

    assert {name: Decimal(one["N"]) for name, one in stored(shelf).items()} == {
        "Gilt": Decimal("4.25"),
        "Fund": Decimal("12.5"),
        "Gold": 0,
    }


def test_a_file_of_somebody_else_may_have_the_sign(store: Store) -> None:
    imports = store.basket.imports
    sheet = read(b"name,dividend,fee\nGilt,4.25%,\nFund,12 %,x\n", format="csv")
    plan = imports.preview(sheet, Choices(match(sheet.columns, current().fields)), "one")
    assert plan.steps[0].values["dividend"] == "4.25"
    assert [problem.message for problem in plan.problems] == [
        "Fee has to be a percentage such as 12.5 %."
    ]


def test_the_api_takes_tells_filters_and_describes_it(http: TestClient) -> None:
    assert http.post("/", json={"name": "Gilt", "dividend": "4.25"}).status_code == 201
    told = http.get("/", params={"dividend~from": "4"}).json()
    assert [item["dividend"] for item in told["items"]] == ["4.25"]
    assert http.get("/", params={"dividend~from": "5"}).json()["total"] == 0
    refused = http.post("/", json={"name": "Gilt", "dividend": "lots"})
    assert refused.status_code == 422
    assert "a percentage such as 12.5 %" in refused.text
    schema = http.get("/openapi.json").json()["components"]["schemas"]["AssetInput"]
    assert schema["properties"]["dividend"]["title"] == "Dividend"


def test_a_model_with_it_passes_every_check_before_it_comes_into_force() -> None:
    check_fields(current().input, current().fields)
    prove_pages(current())
    proof(lambda: None)(current())


def test_the_page_of_the_model_names_it(store: Store, visit: Visit) -> None:
    rows = drawn(visit(MODEL), "fields")["rows"]
    assert [row["cells"][2] for row in rows] == ["Text", "Percentage", "Percentage"]
