"""What is wrong with an entered asset, in words for people."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.model.asset import AssetInput
from services.model.problem import Problem
from services.model.words import explain
from tests.fakes.assets import entered


def problems(**other: Any) -> list[tuple[str, str]]:
    """What is said of an asset that is right but for these values; None leaves a field out."""
    given = {"name": "S&P500", "tag": "ISA", "liquidityProfile": "HIGH", "ccy": "GBP"} | other
    given = {name: value for name, value in given.items() if value is not Ellipsis}
    with pytest.raises(ValidationError) as caught:
        AssetInput.model_validate(given)
    found = explain(caught.value.errors(include_url=False))
    return [(problem.field, problem.message) for problem in found]


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("name", "Enter a name."),
        ("tag", "Enter a tag."),
        ("liquidityProfile", "Choose a liquidity profile."),
        ("ccy", "Choose a currency."),
    ],
)
def test_a_missing_field_is_asked_for_by_its_label(field: str, message: str) -> None:
    assert problems(**{field: ...}) == [(field, message)]
    assert problems(**{field: ""}) == [(field, message)]


@pytest.mark.parametrize("blank", [" ", "\t\n", "\u00a0\u2003", "\u3000"])
def test_a_name_of_nothing_but_space_is_a_missing_name(blank: str) -> None:
    assert problems(name=blank) == [("name", "Enter a name.")]


def test_a_null_is_a_missing_text_and_a_missing_choice() -> None:
    assert problems(name=None, liquidityProfile=None) == [
        ("name", "Enter a name."),
        ("liquidityProfile", "Choose a liquidity profile."),
    ]


def test_too_long_a_text_is_told_what_fits_and_what_it_has() -> None:
    assert problems(name=" " + "x" * 121 + " ") == [
        ("name", "Name can have at most 120 characters; this has 121.")
    ]
    assert problems(tag="x" * 1000) == [
        ("tag", "Tag can have at most 60 characters; this has 1000.")
    ]


def test_the_longest_name_is_accepted_with_space_around_it() -> None:
    assert entered(name="  " + "🙂" * 120 + " ").name == "🙂" * 120


def test_a_value_that_is_not_among_the_choices_is_told_the_choices() -> None:
    assert problems(liquidityProfile="high") == [
        ("liquidityProfile", "Choose one of HIGH, MEDIUM, LOW.")
    ]


@pytest.mark.parametrize("value", [7, 1.5, True, ["x"], {"x": 1}])
def test_a_value_that_is_not_text_is_told_so(value: object) -> None:
    assert problems(name=value) == [("name", "Name has to be text.")]


def test_a_lone_surrogate_is_told_to_be_no_valid_text() -> None:
    assert problems(name="half an emoji \ud83d") == [
        ("name", "Name holds characters that are not valid text.")
    ]


@pytest.mark.parametrize("code", ["GBX", "pounds", "££", "🙂"])
def test_a_code_that_is_no_currency_is_told_what_to_use(code: str) -> None:
    [(field, message)] = problems(ccy=code)

    assert field == "ccy"
    assert "is not a currency code. Use a three-letter ISO code such as GBP." in message
    message.encode()


def test_a_very_long_code_is_not_repeated_in_full() -> None:
    [(_, message)] = problems(ccy="X" * 5000)

    assert len(message) < 200


def test_a_currency_code_in_lower_case_with_space_around_it_is_understood() -> None:
    assert entered(ccy=" gbp\n").ccy == "GBP"


def test_an_unknown_field_is_named_with_the_known_ones() -> None:
    assert problems(colour="red") == [
        (
            "colour",
            "There is no field “colour”. Known are: name, tag, liquidityProfile, ccy.",
        )
    ]


def test_every_field_with_a_problem_has_one_sentence_in_the_models_order() -> None:
    assert problems(name=..., tag="x" * 61, liquidityProfile="?", ccy="?") == [
        ("name", "Enter a name."),
        ("tag", "Tag can have at most 60 characters; this has 61."),
        ("liquidityProfile", "Choose one of HIGH, MEDIUM, LOW."),
        ("ccy", "“?” is not a currency code. Use a three-letter ISO code such as GBP."),
    ]


def test_two_things_wrong_with_one_field_are_one_problem() -> None:
    twice = [
        {"type": "missing", "loc": ("name",), "msg": "Field required", "input": {}},
        {"type": "string_type", "loc": ("name",), "msg": "…", "input": 7},
    ]

    assert explain(twice) == (Problem("name", "Enter a name."),)  # type: ignore[arg-type]  # by hand


def test_a_sentence_of_the_builders_own_is_said_as_it_is() -> None:
    own = ValueError("A pension cannot be sold today.")
    details = [
        {"type": "value_error", "loc": (name,), "msg": "…", "input": "", "ctx": {"error": own}}
        for name in ("tag", "")
    ]

    found = explain(details)  # type: ignore[arg-type]  # by hand

    assert [problem.message for problem in found] == [str(own)] * 2


def test_a_type_of_error_that_nobody_foresaw_is_still_said_with_the_label() -> None:
    details = [{"type": "brand_new", "loc": ("tag",), "msg": "Not today", "input": ""}]

    assert explain(details) == (Problem("tag", "Tag: Not today."),)  # type: ignore[arg-type]


def test_a_body_that_is_no_object_is_a_problem_of_the_whole() -> None:
    with pytest.raises(ValidationError) as caught:
        AssetInput.model_validate(["no", "object"])

    [problem] = explain(caught.value.errors(include_url=False))

    assert problem.field == ""
    assert problem.message
