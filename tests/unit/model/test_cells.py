"""Between the cells of files and the values of fields: what is meant, and back again."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AwareDatetime, Field

from services.model.current import model_of
from services.model.fields.cells import UnclearCell, cell_of, value_of
from services.model.fields.flat import flat, nested
from services.model.fields.spec import FieldSpec
from services.model.kinds import Fields
from tests.fakes.rich import Rich

RICH = model_of(Rich)  # type: ignore[arg-type]  # any Fields make a model


class Plain(Fields):
    """Fields that allow what most models refuse: empty texts, empty lists, space around."""

    bare: str = ""
    maybe: str | None = None
    picked: Literal["", "a", "A", " b "] | None = None
    many: list[str] | None = None
    choices: list[Literal["a;b", "c"]] = Field(default_factory=list)
    there: list[str] = Field(default_factory=lambda: ["x"])
    aware: AwareDatetime | None = None
    fine: Decimal = Decimal("1.50")


PLAIN = model_of(Plain)  # type: ignore[arg-type]


def read(name: str, cell: Any) -> Any:
    return value_of(RICH.field(name), cell)


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("name", 66740, "66740"),
        ("name", Decimal("1.50"), "1.50"),
        ("name", "007", "007"),
        ("name", " spaced ", " spaced "),
        ("name", True, "TRUE"),
        ("name", datetime(2026, 11, 21), "2026-11-21"),  # noqa: DTZ001 - as a spreadsheet has it
        ("notes", "  ", None),
        ("units", " 7 ", 7),
        ("units", "1,234", 1234),
        ("units", "1.234.567", 1234567),
        ("units", 3.0, "3.0"),
        ("units", True, "TRUE"),
        ("price", "1,234.50", "1234.50"),
        ("price", "1.234,50", "1234.50"),
        ("price", "1,234,567", "1234567"),
        ("price", "12,5", "12.5"),
        ("price", "1.234", "1.234"),
        ("price", 0.1, "0.1"),
        ("price", 5, "5"),
        ("price", "£5", "£5"),
        ("esg", "Yes", True),
        ("esg", "FALSE", False),
        ("esg", "", None),
        ("esg", "perhaps", "perhaps"),
        ("bought", datetime(2026, 11, 21), "2026-11-21"),  # noqa: DTZ001
        ("bought", date(2026, 11, 21), "2026-11-21"),
        ("bought", "21.11.2026", "21.11.2026"),
        ("seen", date(2026, 11, 21), "2026-11-21T00:00:00"),
        ("seen", datetime(2026, 11, 21, 14, 5), "2026-11-21T14:05:00"),  # noqa: DTZ001
        ("risk", "very high", "VERY_HIGH"),
        ("risk", " Low", "LOW"),
        ("risk", "none", "none"),
        ("ccy", "pound sterling", "GBP"),
        ("ccy", "gbp", "GBP"),
        ("home", "Germany", "DE"),
        ("labels", "a; b;", ["a", "b"]),
        ("labels", '["a; b", "c"]', ["a; b", "c"]),
        ("labels", "[a]", ["[a]"]),
        ("labels", ["a", 5], ["a", "5"]),
        ("labels", "", None),
        ("risks", "low; Very high", ["LOW", "VERY_HIGH"]),
        ("contact.email", " a@example.com ", "a@example.com"),
        ("name", {"a": 1}, {"a": 1}),
        ("name", None, None),
    ],
)
def test_a_cell_means_a_value(name: str, cell: Any, value: Any) -> None:
    found = read(name, cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("price", "1,234"),
        ("units", "1.234"),
        ("bought", 46347),
        ("bought", "20261121"),
        ("seen", "1700000000"),
        ("seen", Decimal("46347.5")),
    ],
)
def test_a_cell_that_could_mean_two_things_is_not_guessed(name: str, cell: Any) -> None:
    with pytest.raises(UnclearCell):
        read(name, cell)


def test_what_is_unclear_is_said_in_a_sentence() -> None:
    with pytest.raises(UnclearCell, match=r"^Bought has to be a day such as 2026-11-21\.$"):
        read("bought", 46347)
    with pytest.raises(UnclearCell, match=r"“1,234” means different numbers"):
        read("price", "1,234")


@pytest.mark.parametrize("value", ["once", "2026-99-99", "NaN?", {"a": 1}])
def test_a_stored_value_that_does_not_fit_has_a_cell_all_the_same(value: Any) -> None:
    for spec in RICH.fields:
        assert cell_of(spec, value) == value


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["", " ", '"', "[", '["a"]', "a; b", ";", "'", "NA", "007", "1E5", "true", "=1+1", "\r\n"]
)
MOMENTS = (
    st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.datetimes().map(lambda moment: moment.replace(microsecond=0))
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False) | st.integers().map(Decimal)
LINES = TEXTS.map(str.strip).filter(bool)
RICH_VALUES = {
    "name": LINES.map(lambda text: text[:120].strip()),
    "notes": st.none() | LINES,
    "units": st.none() | st.integers(min_value=0),
    "price": st.none() | NUMBERS,
    "esg": st.booleans(),
    "bought": st.none() | st.dates(),
    "seen": st.none() | MOMENTS,
    "risk": st.sampled_from([None, "VERY_HIGH", "MIDDLE", "LOW"]),
    "size": st.sampled_from(["small", "large"]),
    "ccy": st.sampled_from([None, "GBP", "USD"]),
    "home": st.sampled_from([None, "GB", "DE"]),
    "site": st.sampled_from([None, "https://example.com/a;b?c=[1]"]),
    "labels": st.lists(LINES, max_size=4),
    "risks": st.lists(st.sampled_from(["VERY_HIGH", "LOW"]), max_size=3),
    "contact": st.none()
    | st.fixed_dictionaries({"email": st.just("a@example.com"), "phone": st.none() | LINES}),
}
PLAIN_VALUES = {
    "bare": TEXTS,
    "maybe": st.none() | TEXTS,
    "picked": st.sampled_from([None, "", "a", "A", " b "]),
    "many": st.none() | st.lists(TEXTS, max_size=3),
    "choices": st.lists(st.sampled_from(["a;b", "c"]), max_size=3),
    "there": st.lists(TEXTS, max_size=3),
    "aware": st.none() | st.datetimes(timezones=st.just(UTC)),
    "fine": NUMBERS,
}


def back(model: type[Fields], specs: tuple[FieldSpec, ...], texts: bool, asset: Fields) -> Fields:
    """The asset that is made of the cells of another; `texts`: as a CSV file holds them."""
    values = flat(specs, asset.plain())
    cells = {spec.name: cell_of(spec, values[spec.name]) for spec in specs}
    if texts:
        cells = {name: cell if cell is None else _as_text(cell) for name, cell in cells.items()}
    meant = {spec.name: value_of(spec, cells[spec.name]) for spec in specs}
    return model.model_validate(nested(specs, meant))


def _as_text(cell: Any) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


@given(st.fixed_dictionaries(RICH_VALUES), st.booleans())
def test_cells_give_back_the_asset_that_they_hold(values: dict[str, Any], texts: bool) -> None:
    asset = Rich.model_validate({name: v for name, v in values.items() if v is not None})
    assert back(Rich, RICH.fields, texts, asset).plain() == asset.plain()


@given(st.fixed_dictionaries(PLAIN_VALUES), st.booleans())
def test_so_do_cells_of_what_most_models_refuse(values: dict[str, Any], texts: bool) -> None:
    asset = Plain.model_validate({name: v for name, v in values.items() if v is not None})
    assert back(Plain, PLAIN.fields, texts, asset).plain() == asset.plain()
