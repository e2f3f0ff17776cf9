"""A field's value in words for people."""

from typing import Any

import pytest
from hypothesis import given

from app.fields.values import display, name_of, shorten
from services.model.current import using
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import as_stored
from services.store.assets.items import from_item
from tests.fakes.assets import asset
from tests.fakes.models import EveryKind, an_item, model
from tests.fakes.strategies import JSON

MODEL = model(EveryKind)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("name", "S&P500 **x** <b>", "S&P500 **x** <b>"),
        ("story", "one\ntwo", "one\ntwo"),
        ("units", 1250000, "1,250,000"),
        ("units", -7, "-7"),
        ("price", "1250.50", "1,250.50 GBP"),
        ("price", "0.0001", "0.0001 GBP"),
        ("price", "1E+3", "1,000 GBP"),
        ("fee", "12", "12 %"),
        ("ccy", "GBP", "GBP"),
        ("country", "GB", "GB"),
        ("listed", True, "Yes"),
        ("listed", False, "No"),
        ("bought", "2026-11-21", "21 Nov 2026"),
        ("bought", "0033-04-03", "3 Apr 0033"),
        ("valuedAt", "2026-11-21T14:05:00Z", "21 Nov 2026, 14:05 UTC"),
        ("valuedAt", "2026-11-21T16:05:00+02:00", "21 Nov 2026, 14:05 UTC"),
        ("valuedAt", "2026-11-21T14:05:00", "21 Nov 2026, 14:05 UTC"),
        ("valuedAt", "2026-11-21T14:05:07.250Z", "21 Nov 2026, 14:05:07.25 UTC"),
        ("risk", "VERY_LOW", "Very low"),
        ("risks", ["VERY_LOW", "HIGH"], "Very low, High"),
        ("labels", ["core", "my own"], "core, my own"),
        ("homepage", "https://example.com/a", "https://example.com/a"),
        ("contact.email", "ada@example.com", "ada@example.com"),
    ],
)
def test_a_value_is_shown_as_people_write_it(field: str, value: Any, shown: str) -> None:
    assert display(MODEL.field(field), value) == shown


@pytest.mark.parametrize("spec", MODEL.fields, ids=lambda spec: spec.name)
def test_nothing_is_a_dash_in_every_kind_of_field(spec: FieldSpec) -> None:
    assert display(spec, None) == "–"
    assert display(spec, "") == "–"
    assert display(spec, []) == "–"


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("units", "a dozen", "a dozen"),
        ("units", True, "true"),
        ("price", "NaN", "NaN"),
        ("price", "1E+999999", "1E+999999"),
        ("bought", "next week", "next week"),
        ("bought", 20261121, "20261121"),
        ("valuedAt", "0001-01-01T00:00+14:00", "0001-01-01T00:00+14:00"),
        ("risk", "OF_BEFORE", "OF_BEFORE"),
        ("listed", "maybe", "maybe"),
        ("listed", 3, "3"),
        ("name", {"a": ["ü"]}, '{"a": ["ü"]}'),
        ("name", ["a", "b"], "a, b"),
        ("labels", "core", "core"),
    ],
)
def test_what_does_not_fit_its_field_is_shown_as_it_is_stored(
    field: str, value: Any, shown: str
) -> None:
    assert display(MODEL.field(field), value) == shown


@given(value=JSON)
def test_any_value_can_be_shown_in_any_field(value: Any) -> None:
    assert all(isinstance(display(spec, value), str) for spec in MODEL.fields)
    assert isinstance(as_stored(value), str)


def test_an_asset_is_called_by_its_first_field() -> None:
    assert name_of(asset(name="Gold")) == "Gold"


def test_an_asset_without_a_name_is_called_by_its_identifier() -> None:
    with using(MODEL):
        assert name_of(from_item(an_item(name=None)).asset) == "one"


def test_a_long_text_is_cut_where_a_line_ends() -> None:
    assert shorten("x" * 200) == "x" * 200
    assert shorten("x" * 201) == "x" * 199 + "…"
