"""What is exported comes back as the same assets, in every format and for every kind of field."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.assets.exporting import ExportService
from services.files.reading import read
from services.files.sheet import Format
from services.model.current import Model, current, model_of, using
from services.model.fields.cells import value_of
from services.model.fields.flat import flat, nested
from services.model.query import AssetQuery, Filter
from services.store.assets.items import Stored, to_item
from services.store.attributes import Item, loads
from services.store.read_model.catalogue import Catalogue
from tests.fakes.rich import Rich
from tests.fakes.store import MemorySource, MemoryStore

RICH: Model = model_of(Rich)  # type: ignore[arg-type]  # any Fields make a model
FORMATS: tuple[Format, ...] = get_args(Format)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SYSTEM = {"created_at": NOON, "created_by": "Ada", "updated_at": NOON, "updated_by": "Ada"}
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() != "")


@pytest.fixture(autouse=True)
def _rich() -> Iterator[None]:
    with using(RICH):
        yield


def item(identifier: str, values: dict[str, Any]) -> Item:
    asset = current().asset.model_validate({**values, **SYSTEM, "identifier": identifier})
    return to_item(Stored(asset, "add"))


def service(items: list[Item]) -> ExportService:
    store = MemoryStore()
    for one in items:
        store.put(one)
    return ExportService(Catalogue(MemorySource(store)))


def exported(exports: ExportService, format: Format, query: AssetQuery | None = None) -> bytes:  # noqa: A002
    out = io.BytesIO()
    exports.matching(query or AssetQuery(sort="name"), format, out)
    return out.getvalue()


def assets_in(content: bytes, format: Format) -> list[dict[str, Any]]:  # noqa: A002
    """The assets that the file holds, as the model understands them."""
    sheet = read(content, format=format)
    found = []
    for row in sheet.rows:
        cells = dict(zip(sheet.columns, row.cells, strict=True))
        values = {spec.name: value_of(spec, cells.get(spec.name)) for spec in RICH.fields}
        entered = RICH.input.model_validate(nested(RICH.fields, values))
        found.append({"identifier": cells["identifier"], **flat(RICH.fields, entered.plain())})
    return found


def optional(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


ASSETS = st.fixed_dictionaries(
    {
        "name": WORDS,
        "notes": optional(WORDS),
        "units": optional(st.integers(0, 10**30)),
        "price": optional(st.decimals(allow_nan=False, allow_infinity=False, places=4)),
        "esg": st.booleans(),
        "bought": optional(st.dates()),
        "seen": optional(st.datetimes(timezones=st.just(UTC))),
        "risk": optional(st.sampled_from(["VERY_HIGH", "MIDDLE", "LOW"])),
        "size": st.sampled_from(["small", "large"]),
        "ccy": optional(st.sampled_from(["GBP", "USD"])),
        "home": optional(st.sampled_from(["GB", "NO"])),
        "site": optional(st.just("https://example.com/?q=a;b")),
        "labels": st.lists(WORDS, max_size=3),
        "risks": st.lists(st.sampled_from(["LOW", "MIDDLE"]), max_size=2),
        "contact": optional(st.just({"email": "ada@example.com", "phone": "+44 1"})),
    }
)


@pytest.mark.parametrize("format", FORMATS)
@settings(max_examples=40)
@given(values=ASSETS)
def test_every_value_comes_back_as_it_was(format: Format, values: dict[str, Any]) -> None:  # noqa: A002
    with using(RICH):
        entered = RICH.input.model_validate(values)
        content = exported(service([item("one", dict(entered))]), format)

        [back] = assets_in(content, format)

        wanted = flat(RICH.fields, entered.plain())
        assert {name: _worth(name, back[name]) for name in wanted} == {
            name: _worth(name, value) for name, value in wanted.items()
        }


def _worth(name: str, value: Any) -> Any:
    """0.10 and 0.1 are the same price; a spreadsheet's number knows no difference."""
    return float(value) if name == "price" and value is not None else value


def test_what_the_filters_show_is_exported_in_its_order() -> None:
    items = [item(str(n), {"name": f"Asset {n}", "esg": n % 2 == 0}) for n in range(60)]
    query = AssetQuery(filters={"esg": Filter(("true",))}, sort="-name", limit=5)

    found = assets_in(exported(service(items), "csv", query), "csv")

    assert len(found) == 30
    assert [one["name"] for one in found][:2] == ["Asset 8", "Asset 6"]


def test_chosen_assets_are_exported_without_those_that_are_gone() -> None:
    out = io.BytesIO()
    exports = service([item(name, {"name": name}) for name in ("one", "two", "three")])

    exports.chosen(["three", "gone", "one"], "jsonl", out)

    lines = out.getvalue().decode().splitlines()
    assert [json.loads(line)["identifier"] for line in lines] == ["three", "one"]


def test_dynamodb_json_is_what_is_stored() -> None:
    made = {**item("one", {"name": "=x"}), "colour": {"S": "of somebody else"}}

    line = exported(service([made]), "dynamodb").decode()

    assert loads(line)["Item"] == made


def test_a_spreadsheet_runs_nothing() -> None:
    content = exported(service([item("one", {"name": "=1+1"})]), "csv").decode("utf-8-sig")

    assert ",'=1+1," in content


def test_a_value_that_does_not_fit_the_model_is_exported_as_it_is_stored() -> None:
    odd = {**item("one", {"name": "x"}), "price": {"S": "cheap"}, "risk": {"M": {"a": {"N": "1"}}}}

    sheet = read(exported(service([odd]), "csv"))

    cells = dict(zip(sheet.columns, sheet.rows[0].cells, strict=True))
    assert (cells["price"], cells["risk"]) == ("cheap", '{"a": 1}')


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_basket_is_a_file_too(format: Format) -> None:  # noqa: A002
    content = exported(service([]), format)

    assert isinstance(content, bytes)
    if format in ("csv", "xlsx"):
        assert read(content).rows == ()
