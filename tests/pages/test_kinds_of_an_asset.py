"""An asset's page under a model with every kind of field, without a browser."""

from decimal import Decimal

import pytest
from pydantic import create_model

from services.model.current import current
from services.model.kinds import Fields
from services.model.record import Asset
from services.store.attributes import Item
from tests.fakes.models import InForce, an_item, put_in_force
from tests.pages.conftest import ASSET, Store, Visit, drawn, notes, press, said
from tests.pages.kinds import box, change, enter, put, with_fields

GONE = "Not in the model"


def test_the_page_of_an_asset_shows_every_field_under_its_heading(
    kept: Asset, visit: Visit
) -> None:
    app = visit(ASSET, id=kept.identifier)
    facts = drawn(app, "facts")["facts"]
    told = {fact["label"]: fact["text"] for fact in facts}

    assert told["Price"] == "1,250.50 GBP"
    assert told["Fee"] == "0.10 %"
    assert told["Country"] == "GB – United Kingdom"
    assert told["Listed"] == "No"
    assert told["Matures"] == "31 Jan 2030"
    assert told["Valued at"] == "20 Nov 2026, 14:05 UTC"
    assert told["Risks"] == "Low, High"
    assert told["Labels"] == "core, my own"
    groups = {fact["label"]: fact["group"] for fact in facts}
    assert (groups["Name"], groups["Price"], groups["E-mail"]) == ("", "Money", "Contact")
    actions = {fact["label"]: fact.get("action") for fact in facts}
    assert (actions["Name"], actions["Homepage"], actions["E-mail"]) == ("", "link", "copy")


def test_what_is_not_stored_is_marked_as_a_default(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    contact = {"M": {"person": {"S": "Ada"}, "email": {"S": "ada@example.com"}}}
    identifier = put(store, an_item(risk=None, fee=None, contact=contact))
    facts = drawn(visit(ASSET, id=identifier), "facts")["facts"]

    marked = {fact["label"]: fact["text"] for fact in facts if fact.get("mark") == "default"}
    assert marked == {"Risk": "Low", "Fee": "0.25 %", "Channel": "Phone"}


def test_what_the_model_no_longer_has_is_shown_apart(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    gone: Item = {"colour": {"S": "**red**"}, "old": {"M": {"a": {"N": "1"}}}}
    identifier = put(store, an_item(**gone))
    facts = drawn(visit(ASSET, id=identifier), "facts")["facts"]

    apart = {fact["label"]: fact["text"] for fact in facts if fact["group"] == GONE}
    assert apart == {"colour": "**red**", "old": '{"a": 1}'}


def test_what_does_not_fit_is_shown_as_stored_and_put_right_in_the_form(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    identifier = put(
        store,
        an_item(
            units={"S": "a dozen"},
            risk={"S": "OF_BEFORE"},
            bought={"S": "<b>soon</b>"},
            labels={"L": [{"S": "core"}, {"S": "core"}, {"S": ""}]},
            contact={"S": "Ada"},
        ),
    )
    app = visit(ASSET, id=identifier)
    facts = drawn(app, "facts")["facts"]
    wrong = {fact["label"]: fact["text"] for fact in facts if fact.get("problem")}
    assert wrong == {
        "Units": "a dozen",
        "Risk": "OF_BEFORE",
        "Bought": "<b>soon</b>",
        "Labels": "core, core, –",
        "Person": "Ada",
    }
    assert "This asset needs attention." in said(app)
    assert "<b>soon</b>" not in said(app)

    press(app, "Put it right")
    assert (box(app, "Units").value, box(app, "Risk").value) == ("a dozen", "OF_BEFORE")
    assert (box(app, "Bought").value, box(app, "Labels").value) == (
        "<b>soon</b>",
        '["core", "core", ""]',
    )
    assert notes(app)["Units"] == "Units has to be a whole number."
    assert "Not saved yet" not in said(app)
    press(app, "Save")
    assert "Not saved yet" in said(app)
    assert store.assets[0].plain()["units"] == "a dozen"

    enter(app, units="12", risk="LOW", bought="2026-11-21", labels="core\ngreen")
    press(app, "Save")
    (asset,) = store.assets
    told = asset.plain()
    assert (told["units"], told["risk"], told["bought"]) == (12, "LOW", "2026-11-21")
    assert told["labels"] == ["core", "green"]
    assert not asset.fit.needs_attention
    assert not app.exception


def test_what_needs_attention_in_the_bin_has_no_way_into_the_form(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    item = an_item(units={"S": "a dozen"}, deletedAt={"S": "2026-11-21T12:00:00+00:00"})
    app = visit(ASSET, id=put(store, item))

    assert "This asset needs attention." in said(app)
    assert [button.label for button in app.button if button.label == "Put it right"] == []


def test_an_asset_without_a_text_for_a_name_has_a_page_and_an_undo(
    monkeypatch: pytest.MonkeyPatch, store: Store, visit: Visit
) -> None:
    put_in_force(monkeypatch, create_model("AssetInput", __base__=Fields, price=(Decimal, ...)))
    asset = store.service.add(current().input.model_validate({"price": "1250.5"}), by="Ada")
    app = visit(ASSET, id=asset.identifier)
    assert drawn(app, "heading")["text"] == "1,250.5"
    press(app, "Move to bin")

    assert "1,250.5" in said(app)
    assert not app.exception


def test_the_history_tells_each_change_in_words(kept: Asset, store: Store, visit: Visit) -> None:
    change(
        store,
        kept,
        listed=True,
        risk="HIGH",
        price="7",
        valuedAt=None,
        contact={"person": "Ada", "email": "b@example.com"},
    )
    app = visit(ASSET, id=kept.identifier)

    newest = drawn(app, "history")["entries"][0]
    assert {field["label"]: (field["before"], field["after"]) for field in newest["fields"]} == {
        "Price": ("1,250.50 GBP", "7 GBP"),
        "Listed": ("No", "Yes"),
        "Valued at": ("20 Nov 2026, 14:05 UTC", "empty"),
        "Risk": ("Very low", "High"),
        "Contact: E-mail": ("ada@example.com", "b@example.com"),
        "Contact: Channel": ("Letter", "Phone"),
    }


def test_the_history_of_a_field_that_is_gone_is_told_as_it_is_stored(
    kept: Asset, store: Store, every_kind: InForce, visit: Visit
) -> None:
    change(store, kept, listed=True, labels=["one"])
    every_kind.save(with_fields(listed=None, labels=None))
    newest = drawn(visit(ASSET, id=kept.identifier), "history")["entries"][0]

    assert {field["label"]: (field["before"], field["after"]) for field in newest["fields"]} == {
        "listed": ("false", "true"),
        "labels": ('["core", "my own"]', '["one"]'),
    }
