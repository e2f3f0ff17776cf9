"""What is stored is read under today's model: nothing crashes, nothing is dropped or rewritten."""

from typing import Any

import pytest
from pydantic import Field

from services.model.current import model_of, using
from services.model.kinds import Currency, Fields, Text
from services.store.assets.items import from_item, to_item
from services.store.attributes import Item
from tests.fakes.assets import stored


class Inner(Fields):
    """A nested model."""

    city: Text
    street: Text | None = None


class Today(Fields):
    """What the assets' model has become."""

    name: Text
    ccy: Currency
    tag: int = 7
    units: int = Field(title="Units", ge=1)
    esg: bool = True
    place: Inner | None = None


def as_of_today(item: Item) -> Any:
    with using(model_of(Today)):  # type: ignore[arg-type]  # any Fields make a model
        return from_item(item)


def back(found: Any) -> Item:
    with using(model_of(Today)):  # type: ignore[arg-type]
        return to_item(found)


@pytest.fixture
def yesterdays() -> Item:
    """An asset of the model before: its tag is a text, it has no units, it has a liquidity."""
    return to_item(stored("one", name="S&P500", tag="ISA"))


def test_an_old_asset_is_shown_with_what_it_has(yesterdays: Item) -> None:
    asset = as_of_today(yesterdays).asset

    assert (asset.name, asset.ccy, asset.identifier) == ("S&P500", "GBP", "one")
    assert asset.plain()["tag"] == "ISA"
    assert asset.units is None


def test_what_does_not_fit_is_told_field_by_field(yesterdays: Item) -> None:
    fit = as_of_today(yesterdays).asset.fit

    assert {problem.field: problem.message for problem in fit.problems} == {
        "tag": "Tag has to be a whole number.",
        "units": "Enter units.",
    }
    assert fit.needs_attention


def test_a_default_stands_where_nothing_is_stored_and_is_told(yesterdays: Item) -> None:
    asset = as_of_today(yesterdays).asset

    assert asset.esg is True
    assert asset.fit.defaults == ("esg",)


def test_what_the_model_no_longer_has_is_kept_and_told(yesterdays: Item) -> None:
    found = as_of_today(yesterdays)

    assert found.asset.fit.gone == {"liquidityProfile": "HIGH"}
    assert back(found)["liquidityProfile"] == {"S": "HIGH"}


def test_reading_and_writing_back_rewrites_nothing(yesterdays: Item) -> None:
    assert back(as_of_today(yesterdays)) == yesterdays


@pytest.mark.parametrize(
    "odd",
    [
        {"N": "1E+30"},
        {"SS": ["b", "a"]},
        {"B": b"\x00"},
        {"L": [{"N": "1"}]},
        {"M": {}},
        {"BOOL": True},
    ],
)
def test_a_value_of_any_type_that_does_not_fit_is_kept_as_it_is_stored(
    yesterdays: Item, odd: dict[str, Any]
) -> None:
    item = {**yesterdays, "name": odd, "units": {"N": "3"}, "tag": {"N": "1"}}

    found = as_of_today(item)

    assert [problem.field for problem in found.asset.fit.problems] == ["name"]
    assert back(found) == item
    found.asset.plain()


def test_a_nested_field_that_is_gone_is_kept_inside_of_its_map(yesterdays: Item) -> None:
    place = {"M": {"city": {"S": "Rome"}, "planet": {"S": "Earth"}}}
    item = {**yesterdays, "place": place, "units": {"N": "3"}, "tag": {"N": "1"}}

    found = as_of_today(item)

    assert found.asset.place.city == "Rome"
    assert not found.asset.fit.needs_attention
    assert found.asset.fit.gone["place.planet"] == "Earth"
    assert back(found) == item


def test_a_nested_value_that_does_not_fit_is_told_by_its_full_name(yesterdays: Item) -> None:
    item = {**yesterdays, "place": {"M": {"street": {"S": "Via"}}}, "units": {"N": "3"}}

    found = as_of_today(item)

    assert "place.city" in {problem.field for problem in found.asset.fit.problems}
    assert back(found) == item


def test_an_asset_that_fits_needs_no_attention(yesterdays: Item) -> None:
    fit = from_item(yesterdays).asset.fit

    assert (fit.problems, fit.defaults, dict(fit.gone)) == ((), (), {})
