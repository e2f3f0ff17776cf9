"""What an address can ask for under a model with every kind of field, and what is told of it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from services.model.current import current
from services.model.record import Asset
from tests.fakes.models import InForce, filled_in
from tests.pages.browse.test_browse import rows, tally
from tests.pages.conftest import BIN, BROWSE, Store, Visit, drawn


@pytest.fixture
def shelf(store: Store, every_kind: InForce) -> Store:
    """Four assets that differ in every field."""
    for number, name in enumerate(["Gilt", "Fund", "Gold", "House"]):
        values = {
            **filled_in(),
            "name": name,
            "units": number,
            "price": f"{10 * number + 5}",
            "sector": None if number == 3 else "Gold",
            "bought": f"2026-0{number + 1}-15",
            "matures": None,
            "valuedAt": f"2026-0{number + 1}-15T23:30:00Z",
            "risk": ["VERY_LOW", "LOW", "HIGH", "HIGH"][number],
            "listed": number % 2 == 0,
            "labels": [["core"], ["core", "green"], [], ["a", "b", "c", "d", "e"]][number],
            "country": ["GB", "GB", "IE", None][number],
            "contact": None if number == 0 else filled_in()["contact"],
            "story": None if number < 2 else "Long. " * 50,
        }
        given = {name: value for name, value in values.items() if value is not None}
        store.service.add(current().input.model_validate(given), by="Ada")
    return store


def chips(app: AppTest) -> list[str]:
    """What is said to be filtered by."""
    return [chip["text"] for chip in drawn(app, "toolbar")["chips"]]


def panel(app: AppTest, name: str) -> dict[str, Any]:
    """What a panel shows once it is open."""
    app.session_state["toolbar"] = {"open": name}
    told: dict[str, Any] = drawn(app.run(), "toolbar")["body"]
    return told


def cells(app: AppTest, row: int = 0) -> dict[str, Any]:
    """A row's cells by the label of their column."""
    data = drawn(app, "assets")
    labels = [column["label"] for column in data["columns"]]
    return dict(zip(labels, data["rows"][row]["cells"], strict=True))


@pytest.mark.parametrize(
    ("address", "names", "said"),
    [
        ({"price~from": "15"}, ["House", "Gold", "Fund"], ["Price from 15 GBP"]),
        ({"price~from": "15", "price~to": "25"}, ["Gold", "Fund"], ["Price from 15 to 25 GBP"]),
        ({"units~below": "2"}, ["Fund", "Gilt"], ["Units below 2"]),
        ({"units~to": "0"}, ["Gilt"], ["Units up to 0"]),
        ({"bought~from": "2026-03-15"}, ["House", "Gold"], ["Bought since 15 Mar 2026"]),
        ({"bought~below": "2026-02-01"}, ["Gilt"], ["Bought until 31 Jan 2026"]),
        (
            {"valuedAt~from": "2026-02-15", "valuedAt~to": "2026-02-15"},
            ["Fund"],
            ["Valued at on 15 Feb 2026"],
        ),
        ({"name~contains": "G"}, ["Gold", "Gilt"], ["Name contains “G”"]),
        ({"story~empty": "yes"}, ["Fund", "Gilt"], ["Story is empty"]),
        ({"sector~empty": "no"}, ["Gold", "Fund", "Gilt"], ["Sector is not empty"]),
        ({"risk": ["HIGH", "LOW"]}, ["House", "Gold", "Fund"], ["Risk is High or Low"]),
        ({"risk": "Very low"}, ["Gilt"], ["Risk is Very low"]),
        ({"labels": ["green", "e"]}, ["House", "Fund"], ["Labels has green or e"]),
        ({"contact.person~empty": "yes"}, ["Gilt"], ["Person is empty"]),
        ({"contact.channel": "letter", "units~from": "3"}, ["House"], None),
        ({"listed": "true"}, ["Gold", "Gilt"], []),
        ({"country": "IE"}, ["Gold"], []),
        ({"createdAt~from": "2026-11-01"}, None, ["Added since 1 Nov 2026"]),
        ({"createdBy~contains": "ada"}, None, ["Added by contains “ada”"]),
        (
            {"price~from": "cheap", "gone~from": "1", "sort": "gone"},
            None,
            [
                "Not applied: “cheap” is no number.",
                "Not applied: There is no field “gone” to filter by.",
                "Not applied: There is no field “gone” to sort by.",
            ],
        ),
    ],
    ids=str,
)
def test_every_kind_of_filter_is_in_the_address_and_told_in_plain_words(
    shelf: Store, visit: Visit, address: dict[str, Any], names: list[str] | None, said: list[str]
) -> None:
    app = visit(BROWSE, **address)
    assert rows(app) == (names or ["House", "Gold", "Fund", "Gilt"])
    assert said is None or chips(app) == said
    assert not app.exception


def test_a_chip_names_the_parameters_that_it_takes_out(shelf: Store, visit: Visit) -> None:
    app = visit(BROWSE, **{"price~from": "1", "risk": "HIGH"})
    parameters = [chip["parameters"] for chip in drawn(app, "toolbar")["chips"]]
    assert parameters == [["price~from", "price~to", "price~below"], ["risk"]]
    assert drawn(app, "toolbar")["tools"]["conditions"]["count"] == 2


def test_more_filters_offers_each_field_what_suits_it(shelf: Store, visit: Visit) -> None:
    body = panel(visit(BROWSE, risk="LOW"), "conditions")
    parts = {
        field["name"]: [part["kind"] for part in field["parts"]]
        for group in body["groups"]
        for field in group["fields"]
    }
    assert parts["name"] == ["text"]
    assert parts["story"] == ["text", "empty"]
    assert parts["units"] == ["numbers"]
    assert parts["fee"] == ["numbers", "empty"]
    assert parts["bought"] == parts["createdAt"] == ["days"]
    assert parts["watched"] == ["values"]
    assert parts["labels"] == ["values", "text", "empty"]
    # Its values are chosen in the filter at hand.
    assert parts["country"] == ["empty"]
    assert "listed" not in parts
    titles = [group["title"] for group in body["groups"]]
    assert titles == ["", "Money", "", "Contact", "History"]


def test_a_closed_panel_costs_nothing(shelf: Store, visit: Visit) -> None:
    app = visit(BROWSE)
    assert drawn(app, "toolbar")["body"] is None


def test_several_keys_sort_one_after_the_other(shelf: Store, visit: Visit) -> None:
    app = visit(BROWSE, sort="risk,-price,gone")
    assert rows(app) == ["Gilt", "Fund", "House", "Gold"]
    assert drawn(app, "assets")["sort"] == ["risk", "-price"]
    now = drawn(app, "toolbar")["tools"]["order"]["now"]
    assert now == "Risk Very low first, then Price highest first"
    keys = panel(app, "order")["keys"]
    assert keys == [{"name": "risk", "back": False}, {"name": "price", "back": True}]


def test_columns_stand_in_the_order_of_the_address(shelf: Store, visit: Visit) -> None:
    app = visit(BROWSE, columns="name,createdAt,labels,fee,gone,fee,contact.email,createdBy")
    shown = cells(app)
    assert list(shown) == ["Name", "Added", "Labels", "Fee (%)", "E-mail", "Added by"]
    assert shown["Added by"]["text"] == "Ada"
    entries = panel(app, "columns")["entries"]
    assert [entry["name"] for entry in entries[:2]] == ["name", "createdAt"]
    assert {entry["name"] for entry in entries if not entry["shown"]} >= {"story", "price"}


def test_the_usual_columns_are_the_first_fields_and_when_it_was_added(
    shelf: Store, visit: Visit
) -> None:
    labels = [column["label"] for column in drawn(visit(BROWSE), "assets")["columns"]]
    fields = ["Name", "Units", "Price (GBP)", "Fee (%)", "Currency", "Country", "Listed", "Watched"]
    assert labels == [*fields, "Added"]


def test_each_kind_has_a_fitting_cell(kept: Asset, visit: Visit) -> None:
    names = [spec.name for spec in current().fields]
    app = visit(BROWSE, columns=",".join(names))
    shown = cells(app)
    assert shown["Price (GBP)"]["text"] == "1,250.50"
    assert shown["Listed"]["text"] == "No"
    assert shown["Bought"]["text"] == "20 Nov 2026"
    assert shown["Valued at"]["text"] == "20 Nov 2026, 14:05 UTC"
    assert shown["Risk"] == {"text": "Very low", "tone": "gray"}
    assert shown["Currency"] == {"text": "GBP", "title": "GBP – Pound Sterling"}
    assert shown["Country"] == {"text": "United Kingdom", "title": "GB – United Kingdom"}
    assert [badge["text"] for badge in shown["Labels"]["badges"]] == ["core", "my own"]
    assert shown["Risks"]["badges"][1] == {"text": "High", "tone": "gray"}
    assert shown["Homepage"]["text"] == "example.com/gilt"
    looks = {column["label"]: column["looks"] for column in drawn(app, "assets")["columns"]}
    assert looks["Price (GBP)"] == "short end"
    assert looks["Name"].endswith("lead")


def test_what_is_long_is_cut_and_what_is_missing_is_a_dash(shelf: Store, visit: Visit) -> None:
    house = cells(visit(BROWSE, columns="name,story,sector,labels"))
    assert len(house["Story"]["text"]) == 100
    assert house["Story"]["title"].startswith("Long. Long.")
    assert house["Sector"]["text"] == "–"
    assert [badge["text"] for badge in house["Labels"]["badges"]] == ["a", "b", "c", "d", "+1"]


def test_charts_are_chosen_in_the_address(shelf: Store, visit: Visit) -> None:
    usual = drawn(visit(BROWSE), "glance")["charts"]
    assert [chart["label"] for chart in usual] == ["Currency", "Country", "Listed"]
    app = visit(BROWSE, charts="risk,price,bought,createdAt,name")
    charts = drawn(app, "glance")["charts"]
    assert [chart["label"] for chart in charts] == ["Risk", "Price (GBP)", "Bought", "Added"]
    assert drawn(visit(BROWSE, charts=""), "glance")["charts"] == []
    offered = [entry["name"] for entry in panel(app, "charts")["entries"]]
    assert "createdAt" in offered
    assert "name" not in offered


def test_a_histogram_counts_and_shows_the_range_that_is_chosen(shelf: Store, visit: Visit) -> None:
    app = visit(BROWSE, charts="price,bought", **{"price~from": "10", "price~below": "20"})
    price, bought = drawn(app, "glance")["charts"]
    # What other filters leave is counted, so that the bars beside the chosen ones stay.
    assert sum(bar["count"] for bar in price["bars"]) == 4
    assert [bar["label"] for bar in price["bars"] if bar["chosen"]] == ["10 – 15", "15 – 20"]
    assert price["ends"] == ["5", "40"]
    assert sum(bar["count"] for bar in bought["bars"]) == 1
    assert rows(app) == ["Fund"]


def test_a_filter_on_a_field_that_is_gone_is_ignored(
    shelf: Store, visit: Visit, every_kind: InForce, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visit(BROWSE, risk="LOW", columns="risk,name", charts="risk", sort="risk")
    assert rows(app) == ["Low"]
    from services.model.asset import AssetInput

    every_kind.save(AssetInput)
    app.run()
    assert tally(app) == "4 assets"
    assert [column["label"] for column in drawn(app, "assets")["columns"]] == ["Name"]
    assert drawn(app, "assets")["sort"] == ["-createdAt"]
    assert not app.exception


def test_the_bin_has_the_usual_columns_and_when_it_was_binned(shelf: Store, visit: Visit) -> None:
    gone = shelf.assets[0]
    shelf.service.bin(gone.identifier, by="Bob")
    shown = cells(visit(BIN))
    assert list(shown)[-1] == "Binned"
    assert shown["Binned"]["text"] == "just now by Bob"


def test_hostile_values_are_data_in_chips_and_panels(
    shelf: Store, visit: Visit, hostile: str
) -> None:
    app = visit(BROWSE, labels=hostile, **{"name~contains": hostile})
    assert chips(app)[0].startswith("Labels has ")
    assert panel(app, "conditions")
    assert not app.exception
