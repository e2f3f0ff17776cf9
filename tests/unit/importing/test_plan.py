"""What a file's rows would do, before anything is written."""

from typing import Any

import pytest

from services.files.sheet import Row, Sheet
from services.importing.basket import Known, known_by
from services.importing.matching import IDENTIFIER, Choices, match
from services.importing.plan import Plan, make_plan
from services.model.current import fields
from services.store.assets.items import to_item
from services.store.read_model.columns import Columns
from tests.fakes.assets import NOON, stored

ALL = {"name": "name", "tag": "tag", "liquidityProfile": "liquidityProfile", "ccy": "ccy"}


def sheet(*rows: tuple[Any, ...], columns: tuple[str, ...] = tuple(ALL)) -> Sheet:
    return Sheet("csv", columns, tuple(Row(n, cells) for n, cells in enumerate(rows, 2)))


def basket(*assets: dict[str, Any]) -> Columns:
    return Columns.of(to_item(stored(**asset)) for asset in assets)


def plan(rows: Sheet, *, there: Columns | None = None, **choices: Any) -> Plan:
    chosen = Choices(**{"columns": ALL, **choices})
    known = known_by(there, chosen.key) if there is not None else Known()
    return make_plan(rows, chosen, known, "b0d3f2a4-8a55-4f0e-9f65-1c2f0c2f4a11")


def told(made: Plan) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.message) for problem in made.problems]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Name", "name"),
        (" NAME ", "name"),
        ("liquidity_profile", "liquidityProfile"),
        ("Liquidity profile", "liquidityProfile"),
        ("LIQUIDITY-PROFILE", "liquidityProfile"),
        ("Currency", "ccy"),
        ("CCY", "ccy"),
    ],
)
def test_a_heading_means_a_field_however_it_is_written(heading: str, name: str) -> None:
    assert match([heading, "something else"], fields()) == {name: heading}


def test_a_column_is_taken_once_and_the_first_of_two_alike_wins() -> None:
    assert match(["Tag", "TAG", "tag "], fields()) == {"tag": "Tag"}


def test_rows_of_a_new_file_are_all_added_with_identifiers_of_their_own() -> None:
    rows = sheet(("A", "ISA", "HIGH", "gbp"), ("A", "ISA", "High", " USD "))

    made = plan(rows)

    assert [step.action for step in made.steps] == ["add", "add"]
    assert [step.values["ccy"] for step in made.steps] == ["GBP", "USD"]
    assert made.steps[1].values["liquidityProfile"] == "HIGH"
    assert len({step.identifier for step in made.steps}) == 2
    assert [step.identifier for step in plan(rows).steps] == [s.identifier for s in made.steps]


def test_what_is_wrong_is_told_by_row_and_column() -> None:
    made = plan(sheet(("A", "ISA", "HIGH", "GBP"), ("", "ISA", "MUCH", "GBX")))

    assert [step.action for step in made.steps] == ["add", "refuse"]
    assert told(made) == [
        (3, "name", "Enter a name."),
        (3, "liquidityProfile", "Choose one of HIGH, MEDIUM, LOW."),
        (3, "ccy", "“GBX” is not a currency code. Use a three-letter ISO code such as GBP."),
    ]


def test_one_refused_row_keeps_all_others_out_unless_chosen_otherwise() -> None:
    rows = sheet(("A", "ISA", "HIGH", "GBP"), ("", "ISA", "HIGH", "GBP"))

    assert plan(rows).to_do == []
    assert [step.line for step in plan(rows, all_or_nothing=False).to_do] == [2]


def test_a_fixed_value_stands_in_for_what_the_file_lacks() -> None:
    rows = sheet(("A",), ("B",), columns=("Security",))

    made = plan(
        rows,
        columns={"name": "Security"},
        fixed={"tag": "Index", "liquidityProfile": "HIGH", "ccy": "USD"},
    )

    assert [step.values["tag"] for step in made.steps] == ["Index", "Index"]
    assert made.count("add") == 2


def test_what_the_file_lacks_and_nobody_gave_is_missing() -> None:
    made = plan(sheet(("A",), columns=("name",)), columns={"name": "name"})

    assert told(made) == [
        (2, "", "Enter a tag."),
        (2, "", "Choose a liquidity profile."),
        (2, "", "Choose a currency."),
    ]


def test_rows_that_are_in_the_basket_by_their_key_are_updated_or_the_same() -> None:
    there = basket({"identifier": "one", "name": "A"}, {"identifier": "two", "name": "B"})
    rows = sheet(("A", "ISA", "HIGH", "GBP"), ("B", "New", "HIGH", "GBP"), ("C", "x", "LOW", "EUR"))

    made = plan(rows, there=there, key="name")

    assert [step.action for step in made.steps] == ["same", "update", "add"]
    assert (made.steps[1].identifier, made.steps[1].version) == ("two", 1)
    assert made.steps[1].values == {"tag": "New"}


def test_columns_that_are_not_in_the_file_stay_as_they_are() -> None:
    there = basket({"identifier": "one", "name": "A", "tag": "Old", "ccy": "EUR"})
    rows = sheet(("A", "New"), columns=("name", "tag"))

    made = plan(rows, there=there, key="name", columns={"name": "name", "tag": "tag"})

    assert [(step.action, dict(step.values)) for step in made.steps] == [("update", {"tag": "New"})]


def test_a_key_that_is_there_twice_is_refused_in_file_and_basket() -> None:
    there = basket({"identifier": "one", "name": "A"}, {"identifier": "two", "name": "A"})
    rows = sheet(
        ("A", "x", "HIGH", "GBP"),
        ("B", "x", "HIGH", "GBP"),
        ("B", "y", "HIGH", "GBP"),
        ("", "y", "HIGH", "GBP"),
    )

    assert told(plan(rows, there=there, key="name")) == [
        (2, "name", "Several assets in the basket have “A”."),
        (4, "name", "“B” stands in row 3 already."),
        (5, "name", "There is nothing to know the asset by."),
    ]


def test_an_export_comes_back_to_its_own_assets() -> None:
    there = basket(
        {"identifier": "one", "name": "A"},
        {"identifier": "gone", "name": "B", "deleted_at": NOON},
    )
    columns = ("identifier", *ALL)
    rows = sheet(
        ("one", "A2", "ISA", "HIGH", "GBP"),
        ("new-one", "C", "ISA", "HIGH", "GBP"),
        ("gone", "B", "ISA", "HIGH", "GBP"),
        ("", "D", "ISA", "HIGH", "GBP"),
        columns=columns,
    )

    made = plan(rows, there=there, key=IDENTIFIER, columns={**ALL, IDENTIFIER: "identifier"})

    assert [step.action for step in made.steps] == ["update", "add", "refuse", "add"]
    assert made.steps[1].identifier == "new-one"
    assert told(made) == [(4, "identifier", "The asset “gone” is in the bin.")]
    assert made.steps[3].identifier not in ("", "D")
