"""Filters and spreads of every kind of field, against plain Python over the same assets."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.model.current import Model, current, model_of, using
from services.model.query import AssetQuery, Bucket, Filter
from services.store.assets.items import Stored, to_item
from services.store.read_model.columns import Columns
from tests.fakes.rich import Rich

RICH: Model = model_of(Rich)  # type: ignore[arg-type]  # any Fields make a model
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SYSTEM = {"created_at": NOON, "created_by": "Ada", "updated_at": NOON, "updated_by": "Ada"}

EVERYBODY = ["a", "b", "d", "e", "f", "Ärger"]
ASSETS: list[dict[str, Any]] = [
    {"name": "a", "price": Decimal("9.5"), "units": 1, "labels": ["core", "new"]},
    {"name": "b", "price": Decimal("10"), "units": 10, "bought": date(2026, 1, 31)},
    {"name": "Ärger", "price": Decimal("-3"), "bought": date(2026, 2, 1), "esg": True},
    {"name": "d", "seen": datetime(2026, 1, 31, 23, 30, tzinfo=UTC), "risks": ["LOW"]},
    {"name": "e", "seen": datetime(2026, 2, 1, 0, 30, tzinfo=UTC) - timedelta(0), "risk": "LOW"},
    {"name": "f", "contact": {"email": "a@example.com"}, "risk": "VERY_HIGH", "labels": ["core"]},
]


@pytest.fixture(autouse=True)
def _rich() -> Iterator[None]:
    with using(RICH):
        yield


def columns(assets: list[dict[str, Any]]) -> Columns:
    made = [
        current().asset.model_validate({**values, **SYSTEM, "identifier": str(place)})
        for place, values in enumerate(assets)
    ]
    return Columns.of(to_item(Stored(asset, "add")) for asset in made)


def found(filters: dict[str, Filter], sort: str = "name") -> list[str]:
    """The names of the assets that match; __ stands for the dot of a nested name."""
    named = {name.replace("__", "."): wanted for name, wanted in filters.items()}
    query = AssetQuery(filters=named, sort=sort)
    places = columns(ASSETS).identifiers(query)
    return [str(ASSETS[int(place)]["name"]) for place in places]


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"price": Filter(least="9.5")}, ["a", "b"]),
        ({"price": Filter(least="9.6", most="10")}, ["b"]),
        ({"price": Filter(below="9.5")}, ["Ärger"]),
        ({"units": Filter(least="2")}, ["b"]),
        ({"units": Filter(least="no number")}, EVERYBODY),
        ({"bought": Filter(most="2026-01-31")}, ["b"]),
        ({"bought": Filter(below="2026-02-01")}, ["b"]),
        ({"bought": Filter(least="2026-02")}, ["Ärger"]),
        ({"seen": Filter(most="2026-01-31")}, ["d"]),
        ({"seen": Filter(least="2026-02-01")}, ["e"]),
        ({"seen": Filter(least="2026-02-01T02:00+02:00")}, ["e"]),
        ({"esg": Filter(("true",))}, ["Ärger"]),
        ({"risk": Filter(("LOW", "MIDDLE"))}, ["e"]),
        ({"labels": Filter(("core",))}, ["a", "f"]),
        ({"labels": Filter(("new", "core")), "units": Filter(empty=False)}, ["a"]),
        ({"labels": Filter(empty=True)}, ["b", "d", "e", "Ärger"]),
        ({"labels": Filter(contains="OR")}, ["a", "f"]),
        ({"risks": Filter(("LOW",))}, ["d"]),
        ({"name": Filter(contains="ÄRG")}, ["Ärger"]),
        ({"name": Filter(contains="(")}, []),
        ({"contact__email": Filter(contains="example")}, ["f"]),
        ({"price": Filter(empty=True)}, ["d", "e", "f"]),
        ({"size": Filter(("small",))}, EVERYBODY),
        (
            {"createdAt": Filter(least="2026-11-20", most="2026-11-20")},
            EVERYBODY,
        ),
        ({"createdAt": Filter(below="2026-11-20")}, []),
        ({"createdBy": Filter(("Bob",))}, []),
        ({"no such field": Filter(("x",))}, []),
    ],
)
def test_a_filter_lets_through_what_it_says(filters: dict[str, Filter], names: list[str]) -> None:
    assert sorted(found(filters)) == sorted(names)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("price", ["Ärger", "a", "b"]),
        ("-price", ["b", "a", "Ärger"]),
        ("-esg,-name", ["Ärger", "f", "e", "d", "b", "a"]),
        ("risk,name", ["f", "e", "a"]),
        ("colour,name", ["a", "b", "d"]),
        ("-seen", ["e", "d"]),
    ],
)
def test_assets_come_in_the_order_of_what_their_values_mean(sort: str, names: list[str]) -> None:
    assert found({}, sort)[: len(names)] == names


NUMBERS = st.lists(
    st.one_of(
        st.integers(-(10**12), 10**12).map(Decimal),
        st.decimals(-1000, 1000, places=3),
        st.none(),
    ),
    max_size=30,
)


@example([Decimal(0), Decimal("0.030")])
@given(NUMBERS)
def test_the_bars_of_numbers_hold_each_number_once_and_filter_to_what_they_show(
    numbers: list[Decimal | None],
) -> None:
    with using(RICH):
        made = columns([{"name": "x", "price": number} for number in numbers])
        bars = made.spreads(AssetQuery())["price"]

        assert sum(bar.count for bar in bars) == len([n for n in numbers if n is not None])
        assert len(bars) <= 12
        for bar in bars:
            assert _behind(made, "price", bar) == bar.count


@given(st.lists(st.dates(date(1, 1, 1), date(9999, 12, 30)), max_size=20))
def test_the_bars_of_days_hold_each_day_once_and_filter_to_what_they_show(
    days: list[date],
) -> None:
    with using(RICH):
        made = columns([{"name": "x", "bought": day} for day in days])
        bars = made.spreads(AssetQuery())["bought"]

        assert sum(bar.count for bar in bars) == len(days)
        for bar in bars:
            assert _behind(made, "bought", bar) == bar.count


def _behind(made: Columns, name: str, bar: Bucket) -> int:
    wanted = Filter(least=bar.least, below=bar.below)
    return made.total(AssetQuery(filters={name: wanted}))


def test_a_bar_stays_when_its_own_field_is_filtered() -> None:
    made = columns(ASSETS)
    all_bars = made.spreads(AssetQuery())["price"]

    narrowed = AssetQuery(filters={"price": Filter(least="9.6")})

    assert made.spreads(narrowed)["price"] == all_bars


def test_lists_are_counted_by_their_entries() -> None:
    counted = columns(ASSETS).facets(AssetQuery())["labels"]

    assert [(entry.value, entry.count) for entry in counted] == [("core", 2), ("new", 1)]
