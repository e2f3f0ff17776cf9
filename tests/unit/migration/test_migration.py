"""What an older model has left behind: told, brought up to date when asked, taken back exactly."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from pydantic import Field, field_validator, model_validator

from services.errors import StoreUnavailable
from services.jobs.job import Job
from services.migration.digest import Digest, Kind, digest_of
from services.migration.drift import Drift, Finding
from services.migration.records import Migration
from services.migration.service import Busy, MigrationService
from services.migration.steps import (
    ApplyDefault,
    Drop,
    Empty,
    Fill,
    Rename,
    Step,
    TakeBack,
    from_text,
    to_text,
)
from services.model.current import Model, model_of, using
from services.model.kinds import Choice, Fields, Text
from services.store.assets.items import from_item
from services.store.attributes import Item
from services.store.read_model.catalogue import Catalogue
from tests.fakes.assets import NOON
from tests.fakes.store import MemoryDocuments, MemoryRepository, MemorySource, MemoryStore


class Risk(Choice):
    LOW = "LOW"
    HIGH = "HIGH"


class Contact(Fields):
    email: Text
    phone: Text = Field(default="none", title="Phone")


class Today(Fields):
    """The model in force: it has moved on since the items below were written."""

    name: Text = Field(title="Name")
    risk: Risk = Field(title="Risk")
    units: int = Field(default=1, title="Units", ge=1)
    price: Decimal | None = Field(default=None, title="Price")
    since: date | None = Field(default=None, title="Since")
    labels: list[Text] = Field(default_factory=list, title="Labels")
    contact: Contact | None = Field(default=None, title="Contact")

    @field_validator("name")
    @classmethod
    def _shout(cls, name: str) -> str:
        if name == "forbidden":
            raise ValueError("This name is taken.")
        return name

    @model_validator(mode="after")
    def _dear_is_risky(self) -> "Today":
        if self.price is not None and self.price > 100 and self.risk is Risk.LOW:
            raise ValueError("What is dear is not of low risk.")
        return self


def item(identifier: str, **attributes: dict[str, Any]) -> Item:
    """An item as another program writes it."""
    return {
        "PK": {"S": f"ASSET#{identifier}"},
        "SK": {"S": "META"},
        "identifier": {"S": identifier},
        "version": {"N": "1"},
        "createdAt": {"S": NOON.isoformat()},
        "createdBy": {"S": "Ada"},
        "updatedAt": {"S": NOON.isoformat()},
        "updatedBy": {"S": "Ada"},
        "operation": {"S": "add"},
        "name": {"S": f"Asset {identifier}"},
        **attributes,
    }


class House:
    """A migration over a store in memory."""

    def __init__(self, *items: Item) -> None:
        self.store = MemoryStore()
        for each in items:
            self.store.put(each)
        self.repository = MemoryRepository(self.store)
        self.catalogue = Catalogue(MemorySource(self.store))
        documents = MemoryDocuments(self.store)
        seconds = count()
        self.migration = MigrationService(
            self.repository,
            self.catalogue,
            documents,
            clock=lambda: NOON + timedelta(seconds=next(seconds)),
            pauses=(0.0, 0.0),
        )

    @property
    def drift(self) -> Drift:
        return self.migration.survey().drift

    def found(self, kind: Kind) -> dict[str, Finding]:
        return {each.name: each for each in self.drift.findings if each.kind == kind}

    def do(self, step: Step) -> Job[Migration]:
        """Do a step and wait for its end."""
        job = self.migration.start(step, by="Bob", role="presenter")
        job.join()
        return job

    def take_back(self) -> Job[Migration]:
        """Take the last step back."""
        return self.do(TakeBack(job=self.migration.past(1)[0].record.name))

    def stored(self, identifier: str) -> Item:
        return self.store.items[f"ASSET#{identifier}|META"]


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with using(model_of(Today)):  # type: ignore[arg-type]  # any Fields make a model
        yield


SOUND: dict[str, dict[str, Any]] = {"risk": {"S": "LOW"}, "units": {"N": "2"}, "labels": {"L": []}}


def test_assets_that_fit_have_nothing_to_be_said_of_them() -> None:
    house = House(item("one", **SOUND), item("two", **SOUND))

    assert house.drift.findings == ()
    assert house.drift.total == 2
    assert [spec.name for spec in house.drift.unused] == [
        "price",
        "since",
        "contact.email",
        "contact.phone",
    ]


def test_what_a_model_changes_is_told_field_by_field_with_the_assets_it_is_about() -> None:
    house = House(
        item("one", **SOUND | {"risk": {"S": "MEDIUM"}}),
        item("two", **SOUND | {"risk": {"S": "MEDIUM"}, "units": {"N": "0"}}),
        item("old", colour={"S": "red"}, deletedAt={"S": NOON.isoformat()}),
    )

    (risk, units), lacking = house.found("misfit").values(), house.found("lacking")
    assert (risk.count, risk.messages) == (2, (("Choose one of LOW, HIGH.", 2),))
    assert [(e.identifier, e.title, e.value) for e in risk.examples] == [
        ("one", "Asset one", "MEDIUM"),
        ("two", "Asset two", "MEDIUM"),
    ]
    assert (units.count, units.messages) == (1, (("Units has to be at least 1.", 1),))
    assert [(e.identifier, e.value) for e in lacking["risk"].examples] == [("old", None)]
    assert [e.value for e in house.found("gone")["colour"].examples] == ["red"]
    assert {name: each.count for name, each in house.found("default").items()} == {"units": 1}


def test_a_rule_over_several_fields_is_told_of_the_asset_as_a_whole() -> None:
    house = House(item("one", **SOUND | {"price": {"N": "101"}}))

    (finding,) = house.drift.findings
    assert (finding.kind, finding.path) == ("misfit", ())
    assert finding.messages == (("What is dear is not of low risk.", 1),)


def test_inside_of_a_nested_model_each_field_is_told_of() -> None:
    inside = {"M": {"fone": {"S": "123"}}}
    house = House(item("one", **SOUND, contact=inside))

    assert {(each.kind, each.path) for each in house.drift.findings} == {
        ("lacking", ("contact", "email")),
        ("default", ("contact", "phone")),
        ("gone", ("contact", "fone")),
    }


def test_what_has_not_changed_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(*(item(str(number), **SOUND) for number in range(30)))
    before = house.drift
    house.store.put(item("7", risk={"S": "LOW"}, version={"N": "2"}))
    read: list[str] = []

    def noted(model: Model, line: str) -> Digest:
        read.append(line)
        return digest_of(model, line)

    monkeypatch.setattr("services.migration.drift.digest_of", noted)

    assert house.drift is not before
    assert len(read) == 1


@contextmanager
def everything_else_as_it_was(house: House, identifier: str, *changed: str) -> Iterator[None]:
    before = house.stored(identifier)
    yield
    after = house.stored(identifier)
    system = {"version", "updatedAt", "updatedBy", "operation", "history"}
    names = (set(before) | set(after)) - system - set(changed)
    assert {n: after.get(n) for n in names} == {n: before.get(n) for n in names}


def test_a_default_is_stored_where_nothing_was_and_nowhere_else() -> None:
    house = House(item("bare", risk={"S": "LOW"}, colour={"B": b"\x00\xff"}), item("has", **SOUND))
    has = house.stored("has")

    with everything_else_as_it_was(house, "bare", "units"):
        job = house.do(ApplyDefault(path=("units",)))

    assert (job.progress.total, list(job.progress.changed)) == (1, ["bare"])
    assert house.stored("bare")["units"] == {"N": "1"}
    assert house.stored("has") == has
    assert "units" not in house.found("default")


def test_a_step_is_a_change_in_the_history_of_each_asset_by_who_asked_for_it() -> None:
    house = House(item("one", risk={"S": "LOW"}))

    house.do(ApplyDefault(path=("units",)))

    story = from_item(house.stored("one")).story
    assert (story.asset.version, story.asset.updated_by) == (2, "Bob")
    assert (story.changes[0].what, story.changes[0].by) == ("edited", "Bob")
    assert story.changes[0].fields["units"].after == 1


def test_a_renamed_field_moves_to_its_new_name_converted_by_pydantic() -> None:
    house = House(
        item("number", **SOUND, cost={"N": "1.50"}),
        item("text", **SOUND, cost={"S": " 2.5 "}),
        item("words", **SOUND, cost={"S": "about three"}),
        item("taken", **SOUND, cost={"N": "4"}, price={"N": "5"}),
        item("none", **SOUND, cost={"NULL": True}),
    )
    step = Rename(path=("cost",), to=("price",))
    preview = house.migration.preview(step)

    job = house.do(step)

    assert (preview.count, preview.left_alone, len(job.progress.changed)) == (3, 2, 3)
    assert {each.identifier: each.reason for each in preview.untouched} == {
        "words": "Price has to be a number such as 1250.50.",
        "taken": "It already has a value in the new field.",
    }
    assert house.stored("number")["price"] == {"N": "1.50"}
    assert house.stored("text")["price"] == {"N": "2.5"}
    assert "price" not in house.stored("none")
    for done in ("number", "text", "none"):
        assert "cost" not in house.stored(done)
    assert house.stored("words")["cost"] == {"S": "about three"}
    assert house.stored("taken")["cost"] == {"N": "4"}


@pytest.mark.parametrize(
    ("old", "to", "new"),
    [
        ({"N": "7"}, ("name",), None),
        ({"S": "2026-11-21"}, ("since",), {"S": "2026-11-21"}),
        ({"S": "ISA"}, ("labels",), {"L": [{"S": "ISA"}]}),
        ({"SS": ["b", "a"]}, ("labels",), {"L": [{"S": "a"}, {"S": "b"}]}),
        ({"S": "a@b.example"}, ("contact", "email"), {"M": {"email": {"S": "a@b.example"}}}),
        ({"S": "123"}, ("contact", "phone"), None),
        (
            {"M": {"email": {"S": "a@b.example"}, "fax": {"S": "1"}}},
            ("contact",),
            None,
        ),
        (
            {"M": {"email": {"S": "a@b.example"}}},
            ("contact",),
            {"M": {"email": {"S": "a@b.example"}, "phone": {"S": "none"}}},
        ),
    ],
)
def test_a_value_takes_the_form_of_its_new_field(
    old: dict[str, Any], to: tuple[str, ...], new: dict[str, Any] | None
) -> None:
    sound = {name: value for name, value in SOUND.items() if name != to[0]}
    house = House(item("one", **sound, colour=old))
    before = house.stored("one").get(to[0])

    house.do(Rename(path=("colour",), to=to))

    after = house.stored("one").get(to[0])
    assert after == new if new else after == before
    assert ("colour" in house.stored("one")) == (new is None)


def test_a_number_becomes_text_where_text_is_wanted() -> None:
    house = House({**item("one", **SOUND, number={"N": "7"}), "name": {"NULL": True}})

    house.do(Rename(path=("number",), to=("name",)))

    assert house.stored("one")["name"] == {"S": "7"}


def test_a_required_value_is_set_wherever_it_is_missing_and_fits() -> None:
    house = House(
        item("one", units={"N": "2"}),
        item("dear", units={"N": "2"}, price={"N": "500"}),
        item("other", **SOUND | {"risk": {"S": "HIGH"}}),
    )
    low = Fill(about_kind="lacking", path=("risk",), value="LOW")

    preview = house.migration.preview(low)
    house.do(low)

    assert [each.reason for each in preview.untouched] == ["What is dear is not of low risk."]
    assert house.stored("one")["risk"] == {"S": "LOW"}
    assert "risk" not in house.stored("dear")
    assert house.stored("other")["risk"] == {"S": "HIGH"}


def test_what_does_not_fit_can_be_replaced_wherever_it_stands() -> None:
    house = House(
        item("one", **SOUND | {"risk": {"S": "MEDIUM"}}),
        item("two", **SOUND | {"risk": {"S": "LOW"}}),
        item("lacks", units={"N": "2"}),
    )

    house.do(Fill(about_kind="misfit", path=("risk",), value="HIGH"))

    assert house.stored("one")["risk"] == {"S": "HIGH"}
    assert house.stored("two")["risk"] == {"S": "LOW"}
    assert "risk" not in house.stored("lacks")


def test_a_value_that_does_not_fit_either_is_given_to_nobody() -> None:
    house = House(item("one", units={"N": "2"}))

    preview = house.migration.preview(Fill(about_kind="lacking", path=("risk",), value="MEDIUM"))

    assert preview.count == 0
    assert [each.reason for each in preview.untouched] == ["Choose one of LOW, HIGH."]


STRANGE: dict[str, dict[str, Any]] = {
    "bytes": {"B": b"\x00\xfe"},
    "several": {"BS": [b"\x01", b"\x02"]},
    "numbers": {"NS": ["1", "2.0"]},
    "deep": {"M": {"list": {"L": [{"NULL": True}, {"B": b"\xff"}, {"N": "007.50"}]}}},
    "undo": {"S": "not a word of ours"},
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_was_dropped_comes_back_byte_for_byte(name: str) -> None:
    house = House(item("one", **SOUND, **STRANGE))
    before = house.stored("one")

    job_step = Drop(path=(name,))
    house.do(job_step)
    assert name not in house.stored("one")
    (past,) = house.migration.past(5)
    assert (past.record.step, past.standing) == (job_step, 1)
    house.take_back()

    after = house.stored("one")
    system = ("version", "updatedAt", "updatedBy", "operation", "history")
    assert {n: v for n, v in after.items() if n not in system} == {
        n: v for n, v in before.items() if n not in system
    }
    assert after["version"] == {"N": "3"}
    undoing, done = house.migration.past(5)
    assert (undoing.undone, done.standing) == (done.record.step, 0)


@pytest.mark.parametrize(
    "step",
    [
        ApplyDefault(path=("units",)),
        Fill(about_kind="lacking", path=("risk",), value="LOW"),
        Rename(path=("mail",), to=("contact", "email")),
        Drop(path=("mail",)),
        Empty(),
    ],
    ids=lambda step: step.kind,
)
def test_every_step_can_be_taken_back(step: Step) -> None:
    house = House(item("one", mail={"S": "a@b.example"}))
    before = house.stored("one")

    house.do(step)
    assert house.stored("one")["version"] == {"N": "2"}
    house.take_back()

    after = house.stored("one")
    system = ("version", "updatedAt", "updatedBy", "operation", "history")
    assert {n: v for n, v in after.items() if n not in system} == {
        n: v for n, v in before.items() if n not in system
    }


def test_what_somebody_changed_since_is_not_taken_back() -> None:
    house = House(item("one", risk={"S": "LOW"}), item("two", risk={"S": "LOW"}))
    house.do(ApplyDefault(path=("units",)))
    edited = {**house.stored("one"), "operation": {"S": "edit"}, "version": {"N": "3"}}
    house.store.put(edited)

    (past,) = house.migration.past(1)
    job = house.take_back()

    assert (past.standing, list(job.progress.changed)) == (1, ["two"])
    assert house.stored("one") == edited
    assert "units" not in house.stored("two")


def test_who_changes_an_asset_meanwhile_is_not_overwritten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House(item("one", **SOUND, colour={"S": "red"}))
    replace = house.repository.replace
    meanwhile = [{**house.stored("one"), "units": {"N": "9"}, "version": {"N": "2"}}]

    def overtaken(before: Item, after: Item) -> Item:
        if meanwhile:
            house.store.put(meanwhile.pop())
        return replace(before, after)

    monkeypatch.setattr(house.repository, "replace", overtaken)
    job = house.do(Drop(path=("colour",)))

    assert list(job.progress.changed) == ["one"]
    assert house.stored("one")["units"] == {"N": "9"}
    assert house.stored("one")["version"] == {"N": "3"}
    assert "colour" not in house.stored("one")


def test_a_step_whose_answer_was_lost_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(item("one", **SOUND, colour={"S": "red"}))
    replace = house.repository.replace
    lost = [True]

    def unheard(before: Item, after: Item) -> Item:
        written = replace(before, after)
        if lost:
            lost.pop()
            raise StoreUnavailable
        return written

    monkeypatch.setattr(house.repository, "replace", unheard)
    job = house.do(Drop(path=("colour",)))

    assert (job.problem, list(job.progress.changed)) == ("", ["one"])
    assert house.stored("one")["version"] == {"N": "2"}


def test_a_store_that_stays_away_stops_a_run_which_can_be_taken_back_and_gone_on_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House(*(item(str(number), risk={"S": "LOW"}) for number in range(5)))
    replace = house.repository.replace

    def goes_away(before: Item, after: Item) -> Item:
        written = replace(before, after)
        house.store.away = written["PK"] == {"S": "ASSET#2"}
        return written

    monkeypatch.setattr(house.repository, "replace", goes_away)
    job = house.do(ApplyDefault(path=("units",)))
    house.store.away = False

    assert (job.problem, job.progress.done) == ("The store is not answering.", 3)
    (past,) = house.migration.past(5)
    assert past.standing == 3
    again = house.do(ApplyDefault(path=("units",)))
    assert (again.progress.total, len(again.progress.changed)) == (2, 2)


def test_a_run_that_is_cancelled_changes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(*(item(str(number), risk={"S": "LOW"}) for number in range(5)))
    replace = house.repository.replace

    def cancelling(before: Item, after: Item) -> Item:
        assert house.migration.running is not None
        assert house.migration.running.job is not None
        house.migration.running.job.cancel()
        return replace(before, after)

    monkeypatch.setattr(house.repository, "replace", cancelling)
    job = house.do(ApplyDefault(path=("units",)))

    assert (len(job.progress.changed), job.progress.total) == (1, 5)
    assert [past.standing for past in house.migration.past(5)] == [1]


def test_after_a_restart_a_step_is_still_known_and_can_be_taken_back() -> None:
    house = House(item("one", **SOUND, colour={"S": "red"}))
    house.do(Drop(path=("colour",)))
    later = House()
    later.store = house.store
    documents = MemoryDocuments(house.store)
    repository, catalogue = MemoryRepository(house.store), Catalogue(MemorySource(house.store))
    later.migration = MigrationService(repository, catalogue, documents, clock=lambda: NOON)

    (past,) = later.migration.past(5)
    assert (past.record.step, past.record.by, past.standing) == (Drop(path=("colour",)), "Bob", 1)
    assert past.job is None
    later.take_back()

    assert later.stored("one")["colour"] == {"S": "red"}


def test_two_steps_are_not_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(item("one", risk={"S": "LOW"}))
    replace = house.repository.replace
    refused = []

    def at_the_same_time(before: Item, after: Item) -> Item:
        with pytest.raises(Busy):
            house.migration.start(Empty(), by="Eve", role="presenter")
        refused.append(True)
        return replace(before, after)

    monkeypatch.setattr(house.repository, "replace", at_the_same_time)
    house.do(ApplyDefault(path=("units",)))

    assert refused
    assert "deletedAt" not in house.stored("one")


def test_an_asset_too_large_for_one_more_line_of_history_is_left_alone() -> None:
    house = House(item("one", **SOUND, blob={"S": "x" * 390_000}))

    job = house.do(Drop(path=("blob",)))

    assert [left.reason for left in job.progress.refused] == [
        "This is more than one asset can hold (400 KB)."
    ]
    assert "blob" in house.stored("one")


def test_all_assets_move_to_the_bin_and_come_back() -> None:
    gone = {"deletedAt": {"S": NOON.isoformat()}}
    house = House(item("one", **SOUND), item("two", **SOUND), item("binned", **SOUND, **gone))

    job = house.do(Empty())

    assert len(job.progress.changed) == 2
    assert house.catalogue.read().everything() == 0
    story = from_item(house.stored("one")).story
    assert story.changes[0].what == "binned"
    house.take_back()
    assert house.catalogue.read().everything() == 2
    assert house.stored("binned")["version"] == {"N": "1"}
    assert from_item(house.stored("one")).story.changes[0].what == "restored"


@pytest.mark.parametrize(
    "step",
    [
        ApplyDefault(path=("units",)),
        Fill(about_kind="misfit", path=("labels",), value=["a", "b"]),
        Rename(path=("contact", "fone"), to=("contact", "phone")),
        Drop(path=("a.b",)),
        Empty(),
        TakeBack(job="one"),
    ],
)
def test_a_step_is_read_from_its_text(step: Step) -> None:
    assert from_text(to_text(step)) == step
