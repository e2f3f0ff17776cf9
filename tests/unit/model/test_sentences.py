"""For each kind of error in each kind of field: a sentence that tells people what to do."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AwareDatetime,
    EmailStr,
    Field,
    FutureDate,
    HttpUrl,
    PastDate,
    ValidationError,
    create_model,
    model_validator,
)
from pydantic.types import FutureDatetime, PastDatetime

from services.model.current import using
from services.model.kinds import Choice, Country, Currency, Fields, LongText, Text, Unit
from services.model.problem import Problem
from services.model.words import explain
from tests.fakes.models import model

MISSING = object()


class Grade(Choice):
    VERY_GOOD = "VERY_GOOD"
    BAD = "BAD"


def said(kind: Any, value: Any, **limits: Any) -> str:
    """What is said of a value in a field of this type that is called “Thing”."""
    builders = create_model("AssetInput", __base__=Fields, thing=(kind, Field(**limits)))
    found = problems(builders, {} if value is MISSING else {"thing": value})
    [problem] = found
    assert problem.field == "thing"
    return problem.message


def problems(builders: type[Fields], given: dict[str, Any]) -> tuple[Problem, ...]:
    with using(model(builders)), pytest.raises(ValidationError) as caught:
        builders.model_validate(given)
    with using(model(builders)):
        return explain(caught.value.errors(include_url=False))


@pytest.mark.parametrize("nothing", [MISSING, None])
@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Text, "Enter a thing."),
        (LongText, "Enter a thing."),
        (int, "Enter a thing."),
        (Decimal, "Enter a thing."),
        (bool, "Choose yes or no."),
        (date, "Choose a day."),
        (datetime, "Choose a day and a time."),
        (Grade, "Choose a thing."),
        (Literal["a", "b"], "Choose a thing."),
        (Currency, "Choose a thing."),
        (Country, "Choose a thing."),
        (EmailStr, "Enter a thing."),
        (HttpUrl, "Enter a thing."),
        (list[Text], "Enter at least one of thing."),
        (list[Grade], "Choose at least one of thing."),
    ],
)
def test_what_is_missing_is_asked_for(kind: Any, nothing: object, message: str) -> None:
    assert said(kind, nothing) == message


@pytest.mark.parametrize("kind", [Text, LongText, int, Decimal, Currency, EmailStr, HttpUrl])
def test_an_empty_text_is_a_missing_value(kind: Any) -> None:
    assert said(kind, "") == said(kind, MISSING)


@pytest.mark.parametrize(
    ("title", "message"),
    [
        ("Owner", "Enter an owner."),
        ("ISIN", "Enter ISIN."),
        ("Units", "Enter units."),
        ("Address", "Enter an address."),
        ("URL of the fund", "Enter URL of the fund."),
    ],
)
def test_a_field_is_asked_for_by_its_title(title: str, message: str) -> None:
    assert said(Text, MISSING, title=title) == message


@pytest.mark.parametrize(
    ("kind", "value", "message", "limits"),
    [
        (Text, 5, "Thing has to be text.", {}),
        (Text, "half \ud83d", "Thing holds characters that are not valid text.", {}),
        (
            Text,
            "x" * 40,
            "Thing can have at most 30 characters; this has 40.",
            {"max_length": 30},
        ),
        (Text, "a", "Thing needs at least 3 characters; this has 1.", {"min_length": 3}),
        (
            str,
            "abc",
            "Thing does not have the right form. Write it like ABC.",
            {"pattern": "^[A-Z]+$", "examples": ["ABC"]},
        ),
        (
            str,
            "abc",
            "Thing does not have the right form. Write it as in ^[A-Z]+$.",
            {"pattern": "^[A-Z]+$"},
        ),
        (int, "x", "Thing has to be a whole number.", {}),
        (int, "1.5", "Thing has to be a whole number.", {}),
        (int, "9" * 5000, "Thing has to be a smaller number.", {}),
        (int, -1, "Thing has to be at least 0.", {"ge": 0}),
        (int, 0, "Thing has to be more than 0.", {"gt": 0}),
        (int, 7, "Thing has to be a multiple of 5.", {"multiple_of": 5}),
        (Decimal, "1,25", "Thing has to be a number such as 1250.50.", {}),
        (Decimal, "NaN", "Thing has to be a number that is not infinite.", {}),
        (Decimal, "123", "Thing can have at most 2 digits.", {"max_digits": 2}),
        (
            Decimal,
            "1.23",
            "Thing can have at most 1 digit after the point.",
            {"decimal_places": 1},
        ),
        (
            Decimal,
            "123",
            "Thing can have at most 2 digits before the point.",
            {"max_digits": 3, "decimal_places": 1},
        ),
        (Annotated[Decimal, Unit("GBP")], -1, "Thing has to be more than 0 GBP.", {"gt": 0}),
        (Decimal, 5, "Thing has to be less than 5.", {"lt": 5}),
        (Decimal, 6, "Thing has to be at most 5.", {"le": 5}),
        (bool, "maybe", "Thing has to be yes or no.", {}),
        (date, "2026-02-30", "Thing has to be a day such as 2026-11-21.", {}),
        (
            date,
            "2026-11-21T10:00",
            "Thing has to be a day without a time, such as 2026-11-21.",
            {},
        ),
        (
            date,
            "2020-01-01",
            "Thing has to be on or after 2021-01-01.",
            {"ge": date(2021, 1, 1)},
        ),
        (date, "2022-01-01", "Thing has to be before 2021-01-01.", {"lt": date(2021, 1, 1)}),
        (PastDate, "2999-01-01", "Thing has to be a day in the past.", {}),
        (FutureDate, "1999-01-01", "Thing has to be a day in the future.", {}),
        (datetime, "soon", "Thing has to be a date and time such as 2026-11-21 14:05.", {}),
        (
            AwareDatetime,
            "2026-11-21T10:00",
            "Thing has to be a moment with its time zone, such as 2026-11-21T14:05Z.",
            {},
        ),
        (PastDatetime, "2999-01-01T00:00Z", "Thing has to be a moment in the past.", {}),
        (FutureDatetime, "1999-01-01T00:00Z", "Thing has to be a moment in the future.", {}),
        (Grade, "x", "Choose one of VERY_GOOD, BAD.", {}),
        (Literal["a", "b"], "x", "Choose one of a, b.", {}),
        (
            Country,
            "UK",
            "“UK” is not a country code. Use a two-letter ISO code such as GB.",
            {},
        ),
        (
            EmailStr,
            "ada",
            "This is not an e-mail address. An email address must have an @-sign.",
            {},
        ),
        (HttpUrl, "example", "Thing has to be a web address such as https://example.com.", {}),
        (HttpUrl, "ftp://a.b", "Thing has to begin with http or https.", {}),
    ],
)
def test_what_is_wrong_is_said_with_what_would_be_right(
    kind: Any, value: Any, message: str, limits: dict[str, Any]
) -> None:
    assert said(kind, value, **limits) == message


@pytest.mark.parametrize(
    ("kind", "value", "message", "limits"),
    [
        (list[Text], "core", "Thing has to be a list.", {}),
        (list[Text], [], "Enter at least one of thing.", {"min_length": 1}),
        (list[Text], ["a"], "Thing needs at least 2 entries.", {"min_length": 2}),
        (list[Text], ["a", "b"], "Thing can have at most 1 entry; this has 2.", {"max_length": 1}),
        (list[Text], ["a", " "], "Thing, entry 2, is empty.", {}),
        (list[Text], ["a", None], "Thing, entry 2, is empty.", {}),
        (list[Text], [1], "Thing, entry 1, has to be text.", {}),
        (
            list[Annotated[Text, Field(max_length=3)]],
            ["abc", "abcd"],
            "Thing, entry 2, can have at most 3 characters; this has 4.",
            {},
        ),
        (list[Grade], ["BAD", "x"], "Choose one of VERY_GOOD, BAD.", {}),
        (
            list[EmailStr],
            ["a@example.com", "b"],
            "Thing, entry 2, is not an e-mail address. An email address must have an @-sign.",
            {},
        ),
        (
            list[HttpUrl],
            ["x"],
            "Thing, entry 1, has to be a web address such as https://example.com.",
            {},
        ),
    ],
)
def test_of_a_list_the_entry_is_named(
    kind: Any, value: Any, message: str, limits: dict[str, Any]
) -> None:
    assert said(kind, value, **limits) == message


@pytest.mark.parametrize("kind", [date, datetime, AwareDatetime, PastDate])
@pytest.mark.parametrize("number", [2000, 86400, 0, "86400", " 12.5 ", Decimal(5), True])
def test_a_number_is_no_day_although_pydantic_would_count_seconds(
    kind: Any, number: object
) -> None:
    assert said(kind, number).startswith("Thing has to be a da")


class Contact(Fields):
    email: EmailStr
    since: date | None = None


class Firm(Fields):
    name: Text
    contact: Contact = Field(title="Contact")


@pytest.mark.parametrize(
    ("contact", "field", "message"),
    [
        ({}, "contact.email", "Enter an email."),
        (
            {"email": "x"},
            "contact.email",
            "This is not an e-mail address. An email address must have an @-sign.",
        ),
        (
            {"email": "a@example.com", "since": 5},
            "contact.since",
            "Since has to be a day such as 2026-11-21.",
        ),
        ("Ada", "contact.email", "Contact has to be fields of its own, and not “Ada”."),
        (None, "contact.email", "Enter an email."),
        (
            {"email": "a@example.com", "phone": "1"},
            "contact.phone",
            "There is no field “contact.phone”. Known are: name, contact.email, contact.since.",
        ),
    ],
)
def test_a_nested_field_is_named_by_its_path(contact: Any, field: str, message: str) -> None:
    assert problems(Firm, {"name": "Acme", "contact": contact}) == (Problem(field, message),)


class Checked(Fields):
    least: int
    most: int | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Checked":
        if self.most < self.least:  # type: ignore[operator]  # the mistake that builders make
            raise ValueError("The most cannot be less than the least.")
        return self


def test_a_builders_own_check_says_its_sentence_of_the_whole() -> None:
    assert problems(Checked, {"least": 2, "most": 1}) == (
        Problem("", "The most cannot be less than the least."),
    )


def test_a_mistake_in_a_builders_check_refuses_the_value_and_breaks_nothing() -> None:
    [problem] = problems(Checked, {"least": 2})

    assert problem.field == ""
    assert problem.message.startswith("The model's own check does not work: TypeError: ")


def test_a_mistake_in_a_nested_models_check_is_said_beside_its_first_field() -> None:
    class Outer(Fields):
        limits: Checked

    [problem] = problems(Outer, {"limits": {"least": 2}})

    assert problem.field == "limits.least"
    assert "TypeError" in problem.message
