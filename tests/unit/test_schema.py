"""What form, table, filters and API are told about the model's fields."""

from typing import Annotated

import pytest
from pydantic import Field

from services.model.asset import AssetInput
from services.model.codes import currencies
from services.model.current import field, fields
from services.model.kinds import Choice, Currency, Fields, Suggestions, Text, Tones
from services.model.schema import UnknownFieldType, specs_of


class Risk(Choice):
    VERY_HIGH = "VERY_HIGH"
    LOW = "LOW"


class Other(Fields):
    """Another builder's model."""

    risk_class: Annotated[Risk, Tones(LOW="green")]
    city: Annotated[Text, Suggestions("Paris", "London")] = Field(
        default="Paris", max_length=30, description="Where it is."
    )
    traded_in: Annotated[Currency, Suggestions("JPY")] = Field(title="Traded in")


def test_the_assets_fields_come_in_order_with_their_names_and_labels() -> None:
    assert [(spec.name, spec.label, spec.kind) for spec in fields()] == [
        ("name", "Name", "text"),
        ("tag", "Tag", "text"),
        ("liquidityProfile", "Liquidity profile", "choice"),
        ("ccy", "Currency", "currency"),
    ]


def test_every_field_of_the_asset_is_required_and_has_an_example_and_help() -> None:
    for spec in fields():
        assert spec.required
        assert spec.example
        assert spec.help
        if spec.kind == "choice":
            assert spec.example in [option.value for option in spec.options]


def test_the_examples_make_a_valid_asset() -> None:
    AssetInput.model_validate({spec.name: spec.example for spec in fields()})


def test_a_choice_offers_its_members_with_readable_labels_and_tones() -> None:
    risk = specs_of(Other)[0]

    assert [(option.value, option.label, option.tone) for option in risk.options] == [
        ("VERY_HIGH", "Very high", None),
        ("LOW", "Low", "green"),
    ]
    assert risk.label == "Risk class"
    assert risk.name == "riskClass"
    assert risk.label_of("VERY_HIGH") == "Very high"
    assert risk.label_of("of before") == "of before"
    assert risk.tone_of("LOW") == "green"
    assert risk.tone_of("of before") is None


def test_a_text_with_suggestions_is_offered_them_and_keeps_its_limits() -> None:
    city = specs_of(Other)[1]

    assert [option.value for option in city.options] == ["Paris", "London"]
    assert (city.required, city.max_length, city.help) == (False, 30, "Where it is.")
    assert city.categorical


def test_a_text_without_suggestions_does_not_group_assets() -> None:
    assert not field("name").categorical
    assert field("name").options == ()


def test_a_limit_is_found_although_other_limits_stand_before_it() -> None:
    assert (field("name").max_length, field("tag").max_length) == (120, 60)
    assert field("ccy").max_length is None


def test_a_currency_offers_every_code_once_with_the_suggested_ones_first() -> None:
    codes = [option.value for option in specs_of(Other)[2].options]

    assert codes[0] == "JPY"
    assert len(codes) == len(set(codes)) == len(currencies())
    assert codes[1:] == sorted(codes[1:])
    assert field("ccy").label_of("GBP") == "GBP – Pound Sterling"


def test_a_field_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        field("colour")


def test_a_type_that_no_page_can_show_is_refused_by_its_fields_name() -> None:
    class Odd(Fields):
        nested_thing: dict[str, int]

    with pytest.raises(UnknownFieldType, match="nested_thing"):
        specs_of(Odd)
