"""The model changes while a form is open: nothing typed is lost."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from services.model.kinds import LongText, Text
from services.model.record import Asset
from tests.fakes.models import EveryKind, InForce
from tests.pages.conftest import ADD, ASSET, Store, Visit, notes, press
from tests.pages.kinds import LABELS, NEEDED, REST, box, enter, with_fields


def test_a_new_field_appears_in_an_open_form_and_nothing_typed_is_lost(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, **NEEDED, **REST)
    every_kind.save(with_fields(rating=(int, Field(title="Rating"))))
    press(app, "Add asset")

    assert notes(app) == {"Rating": "Enter a rating."}
    for name, value in {**NEEDED, **REST}.items():
        assert box(app, LABELS[name]).value == value, name
    box(app, "Rating").set_value("5")
    press(app, "Add asset")
    assert [asset.plain()["rating"] for asset in store.assets] == [5]


def test_a_field_that_changes_its_kind_takes_along_what_was_typed_into_it(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, **NEEDED, **{**REST, "sector": "Gold", "homepage": "2026-11-21"})
    every_kind.save(
        with_fields(
            sector=(Literal["Bonds", "Cash"], Field(title="Sector")),
            homepage=(date | None, Field(None, title="Homepage")),
            name=(LongText, Field(title="Name")),
            units=(Decimal, Field(title="Units", gt=0)),
        )
    )
    press(app, "Add asset")

    assert notes(app) == {"Sector": "Choose one of Bonds, Cash."}
    assert box(app, "Sector").value == "Gold"
    assert box(app, "Homepage").value == date(2026, 11, 21)
    assert (box(app, "Name").value, box(app, "Units").value) == ("Gilt 2030", "12")
    box(app, "Sector").set_value("Cash")
    press(app, "Add asset")
    (asset,) = store.assets
    assert asset.plain()["homepage"] == "2026-11-21"


def test_a_field_that_is_taken_out_and_put_back_has_what_was_typed(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, units="12", story="Once upon a time")
    press(app, "Add asset")
    every_kind.save(with_fields(story=None))
    app.run()
    every_kind.save(EveryKind)
    app.run()

    assert box(app, "Story").value == "Once upon a time"
    assert box(app, "Units").value == "12"


def test_a_default_that_comes_into_the_model_fills_the_empty_field(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    assert box(app, "Country").value is None
    every_kind.save(with_fields(country=(Annotated[Text, Field(title="Country")], "Chad")))
    app.run()

    assert box(app, "Country").value == "Chad"


def test_a_model_that_changes_while_an_asset_is_edited_keeps_what_was_typed(
    kept: Asset, store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = press(visit(ASSET, id=kept.identifier), "Edit")
    enter(app, name="Renamed", price="99")
    every_kind.save(with_fields(rating=(int, Field(3, title="Rating"))))
    press(app, "Save")

    (asset,) = store.assets
    plain = asset.plain()
    assert (plain["name"], plain["price"], plain["rating"]) == ("Renamed", "99", 3)
    assert plain["story"] == "First line.\nSecond line."
