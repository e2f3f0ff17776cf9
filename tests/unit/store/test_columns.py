"""The catalogue's columns against a plain-Python reference."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.model.current import current
from services.model.query import AssetQuery, Filter
from services.store.assets.items import Stored, to_item
from services.store.attributes import Item
from services.store.read_model.columns import Columns, sortable
from services.store.read_model.rows import is_asset
from tests.fakes.assets import NOON, asset, stored

CATEGORICAL = ("tag", "liquidityProfile", "ccy")
RANKS = ("HIGH", "MEDIUM", "LOW")
# Few values, so that ties, overlaps and empty answers happen; each awkward in its own way.
NAMES = ("S&P500", "s&p500", "Éclair fund", "e\u0301clair FUND", "ΣΊΓΜΑΣ", "Straße", "🙂 ｆｕｎｄ")
TAGS = ("ISA", "isa", "SIPP", "my own, long", "🇬🇧")
WORDS = ("fund", "ISA", "éclair", "STRASSE", "s&p", "σίγμας", "🙂", "nothing", "gbp high", ".*")
SORTS = ("name", "tag", "liquidityProfile", "ccy", "createdAt", "createdBy", "updatedAt")


@dataclass(frozen=True)
class Row:
    """One asset of the reference; None for a field that an older item does not have."""

    identifier: str
    values: dict[str, str | None]
    binned: bool

    def item(self) -> Item:
        given = {name: value for name, value in self.values.items() if value is not None}
        item = to_item(stored(self.identifier))
        kept = {name: value for name, value in item.items() if name not in self.values}
        extra: Item = {name: {"S": value} for name, value in given.items()}
        if self.binned:
            extra["deletedAt"] = {"S": NOON.isoformat()}
        return {**kept, **extra}


def moments() -> st.SearchStrategy[str]:
    return st.integers(0, 3).map(lambda hours: (NOON + timedelta(hours=hours)).isoformat())


def rows() -> st.SearchStrategy[list[Row]]:
    values = st.fixed_dictionaries(
        {
            "name": st.sampled_from(NAMES),
            "tag": st.sampled_from(TAGS) | st.none(),
            "liquidityProfile": st.sampled_from(RANKS) | st.none(),
            "ccy": st.sampled_from(("GBP", "USD", "EUR")),
            "createdAt": moments(),
            "createdBy": st.sampled_from(("Ada", "bob")),
            "updatedAt": moments(),
        }
    )
    row = st.builds(
        Row,
        identifier=st.integers(0, 40).map(lambda number: f"id-{number:02}"),
        values=values,
        binned=st.sampled_from((False, False, True)),
    )
    return st.lists(row, max_size=25, unique_by=lambda row: row.identifier)


def _any_of(values: list[str]) -> Filter:
    return Filter(tuple(values))


def queries() -> st.SearchStrategy[AssetQuery]:
    filters: st.SearchStrategy[dict[str, Filter]] = st.fixed_dictionaries(
        {},
        optional={
            "tag": st.lists(st.sampled_from((*TAGS, "unused")), max_size=2).map(_any_of),
            "liquidityProfile": st.lists(st.sampled_from(RANKS), max_size=2).map(_any_of),
            "ccy": st.lists(st.sampled_from(("GBP", "USD")), max_size=2).map(_any_of),
        },
    )
    return st.builds(
        AssetQuery,
        text=st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
        filters=filters,
        sort=st.tuples(st.sampled_from(("", "-")), st.sampled_from(SORTS)).map("".join),
        start=st.integers(0, 12),
        limit=st.integers(0, 12),
        binned=st.booleans(),
    )


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def matches(row: Row, query: AssetQuery, *, without: str = "") -> bool:
    shown = [row.values[name] for name in ("name", *CATEGORICAL)]
    wanted = [
        row.values[name] in wanted.any_of
        for name, wanted in query.filters.items()
        if wanted.any_of and name != without
    ]
    words = folded(query.text).split()
    found = [any(word in folded(value) for value in shown if value) for word in words]
    return row.binned == query.binned and all(wanted) and all(found)


def ordered(rows: list[Row], sort: str) -> list[str]:
    name = sort.removeprefix("-")
    rows = sorted(rows, key=lambda row: row.identifier)
    rows.sort(key=lambda row: row.values["createdAt"] or "", reverse=True)
    having = [row for row in rows if row.values[name] is not None]
    having.sort(key=lambda row: _rank(name, row.values[name]), reverse=sort.startswith("-"))
    return [row.identifier for row in [*having, *(row for row in rows if row not in having)]]


def _rank(name: str, value: str | None) -> Any:
    if name == "liquidityProfile":
        return RANKS.index(value or "")
    return (value or "").lower()


def facet(rows: list[Row], query: AssetQuery, name: str) -> list[tuple[str, int]]:
    values = [row.values[name] for row in rows if matches(row, query, without=name)]
    counted = Counter(value for value in values if value is not None)
    return sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))


quick = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@quick
@given(rows(), queries())
def test_search_filter_sort_page_and_facets_are_those_of_plain_python(
    rows: list[Row], query: AssetQuery
) -> None:
    columns = Columns.of(row.item() for row in rows)

    expected = ordered([row for row in rows if matches(row, query)], query.sort)
    assert columns.identifiers(query) == expected
    assert columns.total(query) == len(expected)
    assert _identifiers(columns, query) == expected[query.start : query.start + query.limit]
    assert columns.everything(binned=query.binned) == sum(r.binned == query.binned for r in rows)
    told = columns.facets(query)
    assert {
        name: [(count.value, count.count) for count in counts] for name, counts in told.items()
    } == {name: facet(rows, query, name) for name in CATEGORICAL}


@quick
@given(rows(), rows(), st.sets(st.integers(0, 40)), queries())
def test_changing_a_picture_equals_painting_it_anew(
    before: list[Row], written: list[Row], gone: set[int], query: AssetQuery
) -> None:
    items = {_key(row.identifier): row.item() for row in before}
    changes: dict[str, Item | None] = {_key(row.identifier): row.item() for row in written}
    changes |= {_key(f"id-{number:02}"): None for number in gone}
    after = {key: item for key, item in {**items, **changes}.items() if item is not None}

    changed = Columns.of(items.values()).with_changes(changes)
    anew = Columns.of(after.values())

    everything = replace(query, start=0, limit=100)
    assert changed.lines(everything) == anew.lines(everything)
    assert changed.facets(query) == anew.facets(query)
    assert len(changed) == len(anew) == len(after)


@quick
@given(rows(), queries(), st.integers(1, 7))
def test_page_by_page_no_asset_comes_twice_and_none_is_missing(
    rows: list[Row], query: AssetQuery, size: int
) -> None:
    columns = Columns.of(row.item() for row in rows)

    pages = [
        _identifiers(columns, replace(query, start=start, limit=size))
        for start in range(0, len(rows) + size, size)
    ]

    everything = [identifier for page in pages for identifier in page]
    assert everything == columns.identifiers(query)
    assert len(set(everything)) == len(everything)


@quick
@given(rows(), st.randoms(use_true_random=False), queries())
def test_the_order_does_not_depend_on_the_order_of_arrival(
    rows: list[Row], chance: Any, query: AssetQuery
) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)

    assert Columns.of(r.item() for r in rows).identifiers(query) == Columns.of(
        r.item() for r in shuffled
    ).identifiers(query)


def test_among_equals_the_newest_comes_first_in_both_directions() -> None:
    older, newer = asset("a"), asset("b", created_at=NOON + timedelta(seconds=1))
    columns = Columns.of([to_item(Stored(older, "add")), to_item(Stored(newer, "add"))])

    assert columns.identifiers(AssetQuery(sort="name")) == ["b", "a"]
    assert columns.identifiers(AssetQuery(sort="-name")) == ["b", "a"]


def test_a_choice_is_put_in_the_models_order_and_not_in_the_alphabets() -> None:
    items = [to_item(stored(choice, liquidity_profile=choice)) for choice in ("LOW", "HIGH")]
    items.append(to_item(stored("MEDIUM", liquidity_profile="MEDIUM")))

    query = AssetQuery(sort="liquidityProfile")

    assert Columns.of(items).identifiers(query) == ["HIGH", "MEDIUM", "LOW"]


def test_a_picture_does_not_change_when_another_is_made_from_it() -> None:
    first = Columns.of([to_item(stored("one"))])
    first.total(AssetQuery())

    first.with_changes({_key("one"): None, _key("two"): to_item(stored("two"))})

    assert first.identifiers(AssetQuery()) == ["one"]


def test_what_is_not_an_asset_is_left_out() -> None:
    feedback: Item = {"PK": {"S": "SESSION#1"}, "SK": {"S": "FEEDBACK#1"}, "name": {"S": "x"}}
    odd: Item = {"PK": {"S": "ASSET#1"}, "SK": {"S": "DRAFT"}}

    assert len(Columns.of([feedback, odd, to_item(stored("one"))])) == 1
    assert not is_asset("SESSION#1|META")
    assert not is_asset("ASSET#1|DRAFT")
    assert is_asset("ASSET#1|META")


def test_one_asset_is_found_by_its_identifier() -> None:
    columns = Columns.of([to_item(stored("one")), to_item(stored("two", name="Two"))])

    assert '"name":{"S":"Two"}' in (columns.line("two") or "")
    assert columns.line("three") is None
    assert Columns(current()).line("one") is None


def test_items_are_found_by_the_beginning_of_their_last_operation() -> None:
    tricky = '","operation":{"S":"run/3"'
    columns = Columns.of(
        [
            to_item(stored("one", operation="run/1")),
            to_item(stored("two", operation="other/run/2")),
            to_item(stored("three", operation="add", name=tricky)),
        ]
    )

    (line,) = columns.lines_of_operation("run/")
    assert line == columns.line("one")


@pytest.mark.parametrize("text", ["\ud83d", "\x00", "\\", "(", "%_", "a" * 10_000])
def test_no_search_text_is_too_odd_to_search_for(text: str) -> None:
    columns = Columns.of([to_item(stored("one", name="a%_\\("))])

    assert columns.total(AssetQuery(text=text)) in (0, 1)


def test_what_an_empty_basket_answers() -> None:
    query = AssetQuery(text="x", filters={"tag": Filter(("ISA",))})

    assert Columns(current()).total(query) == 0
    assert Columns(current()).lines(query) == []
    assert Columns(current()).facets(query) == dict.fromkeys(CATEGORICAL, ())
    assert Columns(current()).everything() == 0


def test_assets_can_be_sorted_by_every_field_and_moment_and_by_nothing_else() -> None:
    assert all(sortable(name) for name in SORTS)
    assert not any(sortable(name) for name in ("", "line", "haystack", "PK", "colour"))
    assert sortable("-name,ccy")


def _identifiers(columns: Columns, query: AssetQuery) -> list[str]:
    by_line = {columns.line(i): i for i in columns.identifiers(replace(query, start=0))}
    return [by_line[line] for line in columns.lines(query)]


def _key(identifier: str) -> str:
    return f"ASSET#{identifier}|META"


def test_moments_come_in_their_order_however_other_programs_write_them() -> None:
    """The later, the further back in this list."""
    written: list[dict[str, Any]] = [
        {"S": "2026-11-20T12:00:03+00:00"},
        {"S": "2026-11-20T12:00:02.500Z"},
        {"N": "1795176002"},
        {"S": "2026-11-20T13:00:01+01:00"},
        {"S": "2026-11-20T12:00:00Z"},
        {"N": "1795175999000"},
    ]
    items = [
        {**to_item(stored(str(place))), "createdAt": moment} for place, moment in enumerate(written)
    ]
    columns = Columns.of(reversed(items))
    assert columns.identifiers(AssetQuery()) == [str(place) for place in range(len(written))]
    since = AssetQuery(filters={"createdAt": Filter(least="2026-11-20T12:00:02Z")})
    assert columns.identifiers(since) == ["0", "1", "2"]
