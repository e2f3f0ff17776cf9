"""What form, table, filters and API are told about the model's fields."""

import re
import warnings
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import (
    AnyUrl,
    AwareDatetime,
    BaseModel,
    EmailStr,
    Field,
    FutureDate,
    FutureDatetime,
    HttpUrl,
    NaiveDatetime,
    PastDate,
    PastDatetime,
    PositiveInt,
    ValidationError,
    create_model,
)

from services.model.asset import AssetInput
from services.model.checking.checks import BadField
from services.model.current import field, fields, model_of
from services.model.fields.codes import currencies
from services.model.fields.schema import UnknownFieldType, specs_of
from services.model.kinds import (
    Aliases,
    Choice,
    Country,
    Currency,
    Fields,
    Group,
    LongText,
    Suggestions,
    Text,
    Tones,
    Unit,
)


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
    assert [(spec.name, spec.label, spec.kind.name) for spec in fields()] == [
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
        if spec.kind.name == "choice":
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


class Grade(Enum):
    GOOD = "good"


class Inner(Fields):
    street: Text
    note: Text | None = None


SUPPORTED: list[tuple[Any, str, bool]] = [
    (str, "text", False),
    (Text, "text", False),
    (LongText, "long text", False),
    (Annotated[str, Field(max_length=201)], "long text", False),
    (int, "integer", False),
    (PositiveInt, "integer", False),
    (Decimal, "decimal", False),
    (bool, "boolean", False),
    (date, "date", False),
    (PastDate, "date", False),
    (FutureDate, "date", False),
    (datetime, "moment", False),
    (AwareDatetime, "moment", False),
    (PastDatetime, "moment", False),
    (FutureDatetime, "moment", False),
    (Risk, "choice", False),
    (Grade, "choice", False),
    (Literal["a", "b"], "choice", False),
    (Currency, "currency", False),
    (Country, "country", False),
    (EmailStr, "email", False),
    (HttpUrl, "url", False),
    (AnyUrl, "url", False),
    (list[str], "text", True),
    (list[Text], "text", True),
    (list[Risk], "choice", True),
    (list[Literal["a", "b"]], "choice", True),
    (list[Currency], "currency", True),
    (list[EmailStr], "email", True),
    (list[HttpUrl], "url", True),
]


def _model(kind: Any, default: Any = ...) -> type[Fields]:
    return create_model("AssetInput", __base__=Fields, thing=(kind, default))


@pytest.mark.parametrize(("kind", "known_as", "many"), SUPPORTED)
def test_each_type_that_a_builder_may_use_is_known(kind: Any, known_as: str, many: bool) -> None:
    (spec,) = specs_of(_model(kind))

    assert (spec.kind.name, spec.many) == (known_as, many)
    assert (spec.required, spec.nullable) == (True, False)


@pytest.mark.parametrize(("kind", "known_as", "many"), SUPPORTED)
def test_each_of_them_may_be_optional(kind: Any, known_as: str, many: bool) -> None:
    (spec,) = specs_of(_model(kind | None, None))

    assert (spec.kind.name, spec.many) == (known_as, many)
    assert (spec.required, spec.nullable) == (False, True)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (float, "thing: no page knows how to show a float, which cannot be stored exactly"),
        (bytes, "thing: no page knows how to show bytes."),
        (Any, "thing: no page knows how to show Any."),
        (time, "thing: no page knows how to show time."),
        (UUID, "thing: no page knows how to show UUID."),
        (NaiveDatetime, "thing: no page knows how to show NaiveDatetime."),
        (Literal[1, 2], "thing: no page knows how to show typing.Literal[1, 2]."),
        (str | int, "thing: no page knows how to show str | int."),
        (set[str], "thing: no page knows how to show set[str]."),
        (dict[str, str], "thing: no page knows how to show dict[str, str]."),
        (tuple[str, str], "thing: no page knows how to show tuple[str, str]."),
        (list[int], "thing: no page knows how to show a list of int."),
        (list[date], "thing: no page knows how to show a list of date."),
        (list[bool], "thing: no page knows how to show a list of bool."),
        (list[Inner], "thing: no page knows how to show a list of Inner."),
        (list[str | None], "thing: no page knows how to show list[str | None]."),
        (list[list[str]], "thing: no page knows how to show list[list[str]]."),
        (BaseModel, "thing: no page knows how to show BaseModel, which is no subclass of Fields."),
        (_model(Inner), "thing.thing: a model inside a nested model is too deep."),
    ],
)
def test_each_other_type_is_refused_with_what_is_known_instead(kind: Any, said: str) -> None:
    with pytest.raises(UnknownFieldType, match=re.escape(said)):
        specs_of(_model(kind))


def test_the_refusal_tells_what_there_is_instead() -> None:
    with pytest.raises(UnknownFieldType, match="Known are str, Text, LongText, int, Decimal, bool"):
        specs_of(_model(bytes))


def test_a_nested_models_fields_stand_in_its_place_under_its_title() -> None:
    class Outer(Fields):
        name: Text
        office: Inner = Field(title="Head office")
        branch: Inner | None = None
        last: Text

    told = [(spec.name, spec.group, spec.required, spec.always_there) for spec in specs_of(Outer)]

    assert told == [
        ("name", "", True, False),
        ("office.street", "Head office", True, True),
        ("office.note", "Head office", False, True),
        ("branch.street", "Branch", False, False),
        ("branch.note", "Branch", False, False),
        ("last", "", True, False),
    ]


def test_what_is_said_of_a_field_is_found_wherever_it_is_written() -> None:
    class Marked(Fields):
        price: Annotated[Decimal | None, Unit("GBP"), Group("Money"), Aliases("Px", "Last")] = (
            Field(None, ge=1, le=9, examples=["2.50"], title="Price", description="Of one.")
        )

    (spec,) = specs_of(Marked)

    assert (spec.unit, spec.group, spec.aliases) == ("GBP", "Money", ("Px", "Last"))
    assert (spec.minimum, spec.maximum, spec.example) == (1, 9, "2.50")
    assert (spec.label, spec.help) == ("Price", "Of one.")


@pytest.mark.parametrize(
    ("default", "told"),
    [
        (Decimal("0.10"), "0.10"),
        (date(2026, 11, 21), "2026-11-21"),
        (Risk.LOW, "LOW"),
        (False, False),
        (0, 0),
        ("", ""),
        (None, None),
    ],
)
def test_a_default_is_told_as_json_has_it(default: Any, told: Any) -> None:
    (spec,) = specs_of(_model(type(default) if default is not None else str | None, default))

    assert spec.default == told
    assert type(spec.default) is type(told)


def test_a_default_that_is_made_afresh_is_told_as_well() -> None:
    (spec,) = specs_of(_model(list[Text], Field(default_factory=lambda: ["core"])))

    assert spec.default == ["core"]
    assert not spec.required


def test_a_texts_own_minimum_counts() -> None:
    builders = _model(Text, Field(min_length=3))

    with pytest.raises(ValidationError):
        builders.model_validate({"thing": "ab"})
    assert builders.model_json_schema()["properties"]["thing"]["minLength"] == 3
    assert _model(Text).model_json_schema()["properties"]["thing"]["minLength"] == 1


@pytest.mark.parametrize("name", ["plain", "fit", "identifier", "version", "history"])
def test_a_name_that_is_the_products_own_is_refused(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pydantic's own, of a method that is shadowed
        make: Any = create_model
        builders = make("AssetInput", __base__=Fields, **{name: (Text, ...)})

    with pytest.raises(BadField, match=f"{name}: this name is the product's own"):
        model_of(builders)
