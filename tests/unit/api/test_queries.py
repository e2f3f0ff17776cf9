"""Filters in a URL: the way there and back, and what cannot be applied is told."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.queries import filters_from, params_of, sound, unusable
from services.model.current import Model, model_of, using
from services.model.kinds import Choice, Fields, Text
from services.model.query import AssetQuery, Filter
from tests.fakes.models import EveryKind, model

EVERY = model(EveryKind)


@pytest.fixture(autouse=True)
def _every_kind() -> Iterator[None]:
    with using(EVERY):
        yield


def read(params: dict[str, list[str]], of: Model = EVERY) -> dict[str, Filter]:
    """What a URL with these parameters asks for."""
    return filters_from(of.fields, lambda name: params.get(name, []))


TEXTS = st.text(min_size=1, max_size=8).map(str.strip).filter(bool)
FILTERS = st.builds(
    Filter,
    any_of=st.lists(TEXTS, max_size=3).map(tuple),
    contains=TEXTS | st.just(""),
    least=TEXTS | st.just(""),
    most=TEXTS | st.just(""),
    below=TEXTS | st.just(""),
    empty=st.sampled_from([None, True, False]),
)
NAMES = [spec.name for spec in EVERY.fields] + ["createdAt", "updatedBy"]


@given(st.dictionaries(st.sampled_from(NAMES), FILTERS))
def test_what_stands_in_a_url_is_what_was_asked_for(filters: dict[str, Filter]) -> None:
    wanted = {name: one for name, one in filters.items() if one.narrows}
    assert read(params_of(AssetQuery(filters=filters))) == wanted


@pytest.mark.parametrize(
    ("name", "given_", "kept"),
    [
        ("risk", Filter(any_of=("SOLID", "LOW", "LOW")), Filter(any_of=("SOLID", "LOW"))),
        ("risk", Filter(any_of=("",)), Filter(any_of=("",))),
        ("risk", Filter(any_of=("Very low",)), Filter(any_of=("VERY_LOW",))),
        ("labels", Filter(any_of=("anything",)), Filter(any_of=("anything",))),
        ("listed", Filter(any_of=("Yes", "perhaps")), Filter(any_of=("true", "perhaps"))),
        ("price", Filter(least="ten", most="20", below="nan"), Filter(most="20")),
        ("price", Filter(least="1e400"), None),
        ("bought", Filter(least="2026-02-30", most="2026-02-28"), Filter(most="2026-02-28")),
        ("bought", Filter(least="20260228", below="2026-W09-6"), None),
        ("valuedAt", Filter(least="2026-02-28T12:00"), Filter(least="2026-02-28T12:00")),
        ("name", Filter(least="1", contains="x"), Filter(contains="x")),
        ("gone", Filter(contains="x"), None),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_left_out(name: str, given_: Filter, kept: Filter | None) -> None:
    assert sound(EVERY.fields, {name: given_}) == ({name: kept} if kept else {})


@pytest.mark.parametrize(
    ("parameter", "values", "problem"),
    [
        ("risk", ["SOLID"], ""),
        ("price~from", ["10"], ""),
        ("price~from", [""], ""),
        ("createdAt~from", ["2026-11-21"], ""),
        ("createdBy~contains", ["ada"], ""),
        ("name~empty", ["yes"], ""),
        ("sort", ["-name"], ""),
        ("price~from", ["ten"], "“ten” is no number."),
        ("bought~to", ["2026-02-30"], "“2026-02-30” is no day such as 2026-11-21."),
        ("updatedAt~below", ["soon"], "“soon” is no day such as 2026-11-21."),
        ("name~from", ["1"], "“Name” has neither numbers nor days to compare."),
        ("name~empty", ["perhaps"], "“perhaps” is neither yes nor no."),
        ("name~contains", ["a", "b"], "“name~contains” can be given only once."),
        ("gone", ["x"], "There is no field “gone” to filter by."),
        ("gone~contains", ["x"], "There is no field “gone” to filter by."),
        ("version", ["3"], "There is no field “version” to filter by."),
        (
            "name~like",
            ["x"],
            "“name~like” is no filter. Known endings are ~contains, ~from, ~to, ~below, ~empty.",
        ),
    ],
    ids=str,
)
def test_a_filter_that_cannot_be_applied_is_named(
    parameter: str, values: list[str], problem: str
) -> None:
    found = unusable(EVERY.fields, {parameter: values}, {"sort"})
    assert [(one.field, one.message) for one in found] == (
        [(parameter, problem)] if problem else []
    )


def test_a_field_called_like_a_parameter_of_its_own_does_not_take_it() -> None:
    class Way(Choice):
        """One of two."""

        UP = "UP"
        DOWN = "DOWN"

    class Awkward(Fields):
        """Its fields are called as the page's parameters are."""

        name: Text
        sort: Way
        page: Text

    awkward = model_of(Awkward)  # type: ignore[arg-type]  # any Fields make a model
    query = AssetQuery(filters={"sort": Filter(any_of=("UP",)), "page": Filter(contains="7")})
    params = params_of(query)
    assert params == {"sort~is": ["UP"], "page~contains": ["7"]}
    assert read(params, awkward) == query.filters
    assert read({"sort": ["-name"], "page": ["7"]}, awkward) == {}
