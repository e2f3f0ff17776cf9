"""What the model fills in, what is empty on purpose, and what is no day although it is a number."""

from decimal import Decimal
from typing import Any

from services.model.current import using
from services.model.kinds import Fields, Text
from services.store.assets.items import Stored, from_item, to_item
from services.store.read_model.rows import rows
from tests.fakes.assets import NOON
from tests.fakes.models import EveryKind, an_item, model

MODEL = model(EveryKind)


def test_what_is_not_stored_is_the_models_default_and_is_named() -> None:
    with using(MODEL):
        read = from_item(an_item(risk=None, fee=None, watched=None)).asset

    assert (read.plain()["risk"], read.plain()["fee"], read.plain()["watched"]) == (
        "LOW",
        "0.25",
        True,
    )
    assert set(read.fit.defaults) == {"risk", "fee", "watched"}


def test_what_a_nested_model_fills_in_is_named_by_its_path_and_not_written() -> None:
    contact = {"M": {"person": {"S": "Ada"}, "email": {"S": "ada@example.com"}}}
    with using(MODEL):
        stored = from_item(an_item(contact=contact))
        again = to_item(stored)

    assert stored.asset.plain()["contact"]["channel"] == "phone"
    assert stored.asset.fit.defaults == ("contact.channel",)
    assert again["contact"] == contact


def test_what_was_emptied_stays_empty_although_there_is_a_default() -> None:
    with using(MODEL):
        emptied = from_item(an_item()).asset.model_copy(update={"fee": None})
        item = to_item(Stored(emptied, "edit"))
        read = from_item(item).asset

    assert item["fee"] == {"NULL": True}
    assert read.plain()["fee"] is None
    assert read.fit.defaults == ()


def test_what_was_emptied_stays_empty_beside_a_value_that_does_not_fit() -> None:
    with using(MODEL):
        read = from_item(an_item(fee={"NULL": True}, units={"S": "a dozen"})).asset

    assert (read.plain()["fee"], read.plain()["units"]) == (None, "a dozen")
    assert [problem.field for problem in read.fit.problems] == ["units"]


def test_the_read_model_shows_what_the_page_of_the_asset_shows() -> None:
    class Inner(Fields):
        text: Text
        flag: bool = False

    class Outer(Fields):
        name: Text
        inner: Inner | None = None
        shown: bool = False

    specs = model(Outer).fields
    base: dict[str, Any] = {
        "PK": {"S": "ASSET#one"},
        "SK": {"S": "META"},
        "name": {"S": "Gold"},
        "createdAt": {"S": NOON.isoformat()},
    }

    without, within = rows(
        [base, {**base, "inner": {"M": {"text": {"S": "x"}}}}], specs
    ).to_pylist()

    assert (without["inner.flag"], within["inner.flag"]) == (None, "false")
    assert without["shown"] == within["shown"] == "false"


def test_a_price_does_not_become_a_day_when_the_builder_changes_its_type() -> None:
    with using(MODEL):
        read = from_item(an_item(bought={"N": "86400"}, valuedAt={"N": "2000"})).asset

    assert (read.plain()["bought"], read.plain()["valuedAt"]) == (86400, 2000)
    assert {problem.field for problem in read.fit.problems} == {"bought", "valuedAt"}


def test_a_moment_of_the_record_may_be_told_in_seconds_by_other_programs() -> None:
    with using(MODEL):
        read = from_item(an_item(createdAt={"N": str(Decimal(NOON.timestamp()))})).asset

    assert read.created_at == NOON
