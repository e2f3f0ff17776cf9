"""Between an asset and its item."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import Field

from services.errors import InvalidAsset
from services.model.current import current
from services.model.history import Change, FieldChange
from services.store.assets.items import MAX_ITEM_BYTES, Stored, from_item, plain_values, to_item
from services.store.attributes import Item, dumps, loads, size
from tests.fakes.assets import NOON, asset, stored

# Everything that pydantic takes for text: no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.strip).filter(bool)


@given(name=TEXT.map(lambda text: text[:120].strip()).filter(bool), by=TEXT)
@example(name="🇬🇧 Gilt 👩‍👩‍👧", by="\u202eevil")
@example(name="ערב רב مرحبا", by="\x07\x1b[31m\x7f")
@example(name="a\u2028b\u0085c\rd\ne", by="null\x00byte")
@example(name='"}],{"S":', by="\\u0041")
def test_any_text_survives_the_way_to_the_table_and_back(name: str, by: str) -> None:
    before = Stored(asset(name=name, created_by=by), operation=f"add {name}")

    line = dumps(to_item(before))
    after = from_item(loads(line))

    assert (after.asset, after.operation) == (before.asset, before.operation)
    assert "\n" not in line


def test_an_item_has_the_designs_key_and_the_apis_names() -> None:
    item = to_item(stored("one"))

    assert item["PK"] == {"S": "ASSET#one"}
    assert item["SK"] == {"S": "META"}
    assert item["liquidityProfile"] == {"S": "HIGH"}
    assert item["version"] == {"N": "1"}
    assert item["createdAt"] == {"S": "2026-11-20T12:00:00+00:00"}
    assert "deletedAt" not in item


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_keeps_its_microseconds(moment: datetime) -> None:
    before = Stored(asset(updated_at=moment, deleted_at=moment), "edit")

    assert from_item(to_item(before)).asset == before.asset


def test_history_survives_with_what_changed() -> None:
    before = stored("one").but(
        asset("one", name="New", version=2),
        "edit 1",
        Change(
            version=2,
            at=NOON,
            by="Bob",
            what="edited",
            fields={"name": FieldChange(before="S&P500", after="New")},
        ),
    )

    after = from_item(to_item(before))

    assert after.history == before.history
    assert after.operation == "edit 1"


def test_attributes_that_no_model_knows_are_kept_through_an_edit() -> None:
    extra: dict[str, dict[str, Any]] = {
        "colour": {"S": "red"},
        "rating": {"N": "007.50"},
        "nested": {"M": {"list": {"L": [{"NULL": True}, {"BOOL": False}]}}},
        "set": {"NS": ["1", "2.0"]},
    }
    item = {**to_item(stored("one")), **extra}

    read = from_item(item)
    again = to_item(read.but(asset("one", version=2), "edit", _change()))

    assert {name: again[name] for name in extra} == extra


def test_an_unknown_attribute_cannot_shadow_the_key_or_a_field() -> None:
    tricky = Stored(asset("one"), "add", extra={"PK": {"S": "ASSET#two"}, "name": {"S": "not it"}})

    item = to_item(tricky)

    assert item["PK"] == {"S": "ASSET#one"}
    assert item["name"] == {"S": "S&P500"}


def test_an_item_that_does_not_fit_the_model_is_read_as_far_as_it_goes() -> None:
    item = to_item(stored("one"))
    del item["ccy"]
    item |= {"tag": {"S": "x" * 1000}, "version": {"S": "two"}, "history": {"S": "none"}}

    read = from_item(item)

    assert (read.asset.identifier, read.asset.name) == ("one", "S&P500")
    assert (read.asset.tag, read.asset.version, read.history) == ("x" * 1000, 0, ())
    assert not read.asset.ccy


def test_an_asset_that_is_larger_than_dynamodb_takes_is_refused_in_words() -> None:
    fits = Stored(asset(), "add", extra={"blob": {"S": "x" * (MAX_ITEM_BYTES - 1000)}})
    too_large = Stored(asset(), "add", extra={"blob": {"S": "x" * MAX_ITEM_BYTES}})

    assert size(to_item(fits)) <= MAX_ITEM_BYTES
    with pytest.raises(InvalidAsset, match="400 KB"):
        to_item(too_large)


def test_the_size_counts_bytes_and_not_characters() -> None:
    wide = Stored(asset(), "add", extra={"blob": {"S": "🙂" * (MAX_ITEM_BYTES // 4)}})

    with pytest.raises(InvalidAsset):
        to_item(wide)


@pytest.mark.parametrize("text", ["x", "\n", '"', "ä", "🙂"])
def test_a_text_takes_as_much_room_as_it_has_bytes(text: str) -> None:
    assert size({"a": {"S": text * 100}}) == 1 + 100 * len(text.encode())


def _edited(before: Stored, number: int, length: int) -> Stored:
    texts = FieldChange(before="y" * length, after="z" * length)
    version = before.asset.version + 1
    change = Change(version=version, at=NOON, by="Ada", what="edited", fields={"tag": texts})
    after = before.asset.model_copy(update={"version": version})
    return before.but(after, f"edit {number}", change)


def test_the_oldest_history_makes_room_so_that_editing_never_ends() -> None:
    item = to_item(Stored(asset(), "add", extra={"blob": {"S": "x" * 150_000}}))
    for number in range(30):
        item = to_item(_edited(from_item(item), number, 20_000))
        assert size(item) <= MAX_ITEM_BYTES

    versions = [change.version for change in from_item(item).history]
    assert versions == [26, 27, 28, 29, 30, 31]


def test_a_change_that_is_too_large_to_be_kept_is_told_of_all_the_same() -> None:
    before = Stored(asset(), "add", extra={"blob": {"S": "x" * 150_000}})

    (change,) = from_item(to_item(_edited(before, 1, 150_000))).history

    assert (change.version, change.by, change.what) == (2, "Ada", "edited")
    assert (change.fields, change.cut) == ({}, True)


def test_an_edit_leaves_what_it_does_not_change_as_another_program_wrote_it() -> None:
    foreign: Item = {
        "createdAt": {"S": "2026-11-20T12:00:00Z"},
        "updatedAt": {"S": "2026-11-20T13:00+01:00"},
        "deletedAt": {"NULL": True},
    }
    read = from_item({**to_item(stored("one")), **foreign})

    after = to_item(_edited(read, 1, 10))

    assert {name: after[name] for name in foreign} == foreign
    assert after["version"] == {"N": "2"}


class Shade(Enum):
    DARK = "dark"


class RichAsset(current().asset):  # type: ignore[misc]  # the model in force is known at run time
    """What a builder may make of the model: boto3 takes neither float nor date nor Enum."""

    price: float = 0.1
    due: date = date(2030, 1, 31)
    shade: Shade = Shade.DARK
    seen: datetime = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    prices: tuple[float, ...] = (1.5, 1e-7)
    by_shade: dict[str, Shade] = Field(default={"a": Shade.DARK})


def test_a_float_a_date_and_an_enum_can_be_stored() -> None:
    rich = RichAsset.model_validate(asset().model_dump())

    plain = plain_values(to_item(Stored(rich, "add")))

    assert plain["price"] == Decimal("0.1")
    assert plain["due"] == "2030-01-31"
    assert plain["shade"] == "dark"
    assert plain["seen"] == "2026-01-02T03:04:05+02:00"
    assert plain["prices"] == [Decimal("1.5"), Decimal("1e-7")]
    assert plain["byShade"] == {"a": "dark"}
    assert RichAsset.model_validate({k: v for k, v in plain.items() if k != "operation"}) == rich


def test_what_is_binary_is_written_as_base64_in_a_line() -> None:
    assert dumps({"raw": {"B": b"\x00\x01\x02"}}) == '{"raw":{"B":"AAEC"}}'


def _change() -> Change:
    return Change(version=2, at=NOON, by="Bob", what="edited")


def test_a_binary_attribute_of_another_program_survives_a_line() -> None:
    item = {**to_item(stored("one")), "raw": {"B": b"\x00\x01"}, "all": {"BS": [b"\x02"]}}

    assert from_item(loads(dumps(item))).asset == from_item(item).asset
    assert plain_values(loads(dumps(item)))["raw"] == plain_values(item)["raw"]


def test_the_history_makes_room_so_that_editing_never_ends() -> None:
    changes = tuple(
        Change(version=number, at=NOON, by="Ada", what="edited") for number in range(300)
    )

    kept = from_item(to_item(replace(stored("one"), history=changes))).history

    assert [change.version for change in kept] == list(range(100, 300))


def test_a_history_of_nested_maps_is_read_as_well() -> None:
    entry = {"version": {"N": "2"}, "by": {"S": "Ada"}, "what": {"S": "edited"}}
    at = {"at": {"S": NOON.isoformat()}}
    item = {**to_item(stored("one")), "history": {"L": [{"M": {**entry, **at}}]}}

    assert [change.version for change in from_item(item).history] == [2]


def test_more_digits_than_aws_allows_do_not_break_an_item() -> None:
    item = {**to_item(stored("one")), "digits": {"N": "1" * 60}}

    assert from_item(item).asset.identifier == "one"


@pytest.mark.parametrize("version", [{"N": "1.5"}, {"N": "-1"}, {"S": "x"}, None])
def test_the_version_of_another_program_is_kept_as_it_stands(
    version: dict[str, str] | None,
) -> None:
    item = {name: value for name, value in to_item(stored("one")).items() if name != "version"}
    read = from_item(item if version is None else {**item, "version": version})

    assert (read.asset.version, read.found_version) == (0, version)
