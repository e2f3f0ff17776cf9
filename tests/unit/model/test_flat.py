"""An asset's values by field name, a nested model's beside the others, and back again."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.model.fields.flat import emptied, flat, nested
from services.model.fields.schema import specs_of
from services.model.kinds import Fields, Text
from tests.fakes.models import EveryKind, filled_in, model
from tests.fakes.strategies import fitting

MODEL = model(EveryKind)


class Office(Fields):
    street: Text
    floor: int | None = None
    kind: str = "main"


class Firm(Fields):
    name: Text
    rating: int | None = 3
    office: Office
    branch: Office | None = None


FIRM = specs_of(Firm)


def test_a_nested_models_fields_stand_beside_the_others_by_dotted_names() -> None:
    values = flat(MODEL.fields, filled_in())

    assert values["contact.email"] == "ada@example.com"
    assert values["name"] == "Gilt 2030"
    assert "contact" not in values


def test_what_is_not_there_is_none() -> None:
    values = flat(FIRM, {"name": "Acme", "branch": "not a model"})

    assert values == dict.fromkeys(values) | {"name": "Acme"}
    assert "branch.street" in values


@given(st.data())
def test_flat_and_back_is_the_same_asset(data: st.DataObject) -> None:
    values = {spec.name: data.draw(fitting(spec)) for spec in MODEL.fields}

    again = flat(MODEL.fields, nested(MODEL.fields, values, emptied(MODEL.fields, values)))

    assert again == values


@pytest.mark.parametrize(
    ("values", "made"),
    [
        ({}, {"office": {}}),
        ({"name": "Acme"}, {"name": "Acme", "office": {}}),
        ({"branch.floor": 0}, {"office": {}, "branch": {"floor": 0}}),
        ({"office.street": "Here"}, {"office": {"street": "Here"}}),
        ({"rating": False, "name": ""}, {"rating": False, "name": "", "office": {}}),
    ],
)
def test_only_what_has_a_value_is_said_and_only_a_nested_model_that_has_to_be_there_is_empty(
    values: dict[str, Any], made: dict[str, Any]
) -> None:
    assert nested(FIRM, values) == made


def test_what_was_emptied_on_purpose_is_said_to_be_empty() -> None:
    values = {"name": "Acme", "rating": None, "office.street": "Here", "office.kind": None}

    empty = emptied(FIRM, values)

    assert empty == {"rating", "office.kind", "branch.kind"}
    assert nested(FIRM, values, empty) == {
        "name": "Acme",
        "rating": None,
        "office": {"street": "Here", "kind": None},
    }


def test_a_nested_model_that_may_be_left_out_begins_as_nothing() -> None:
    defaults = {spec.name: spec.default for spec in FIRM}

    assert defaults["rating"] == 3
    assert defaults["office.kind"] == "main"
    assert defaults["branch.kind"] is None


def test_a_nested_model_with_a_default_of_its_own_begins_as_that() -> None:
    class Owner(Fields):
        office: Office = Office(street="Main Street", kind="small")

    street, floor, kind = specs_of(Owner)

    assert (street.default, floor.default, kind.default) == ("Main Street", None, "small")
