"""The form under a model with every kind of field, without a browser."""

from datetime import date
from typing import Any

import pytest
from pydantic import create_model

from services.model.kinds import Choice, Fields, Text
from services.model.record import Asset
from tests.fakes.models import InForce, an_item, filled_in, put_in_force
from tests.pages.conftest import ADD, ASSET, BROWSE, Store, Visit, notes, press, said
from tests.pages.kinds import LABELS, NEEDED, REST, box, enter, put


def test_every_kind_of_field_is_entered_and_stored(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, **NEEDED, **REST)
    press(app, "Add asset")

    (asset,) = store.assets
    told = {name: value for name, value in asset.plain().items() if name in filled_in()}
    assert told == {**filled_in(), "labels": ["core"]}
    assert app.success
    assert not app.exception


def test_what_may_be_left_out_is_and_the_rest_has_its_default(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    assert (box(app, "Fee").value, box(app, "Watched").value) == ("0.25", True)
    assert box(app, "Risk").value == "LOW"
    enter(app, **NEEDED)
    press(app, "Add asset")

    plain = store.assets[0].plain()
    assert (plain["fee"], plain["watched"], plain["risk"], plain["labels"]) == (
        "0.25",
        True,
        "LOW",
        [],
    )
    empty = ("story", "country", "matures", "valuedAt", "sector", "risks", "homepage", "contact")
    assert [plain[name] for name in empty] == [None] * len(empty)


def test_an_empty_form_asks_for_what_is_needed_and_for_nothing_else(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = press(visit(ADD), "Add asset")

    assert notes(app) == {
        "Name": "Enter a name.",
        "Units": "Enter units.",
        "Price (GBP)": "Enter a price.",
        "Currency": "Choose a currency.",
        "Listed": "Choose yes or no.",
        "Bought": "Choose a day.",
    }
    assert "Please look again at: Name, Units, Price, Currency, Listed, Bought." in said(app)
    assert not store.assets


def test_what_was_refused_is_all_still_there(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    wrong = {"price": "1,25", "email": "nobody", "homepage": "example"}
    enter(app, **{**NEEDED, **REST, **wrong})
    press(app, "Add asset")

    assert set(notes(app)) == {"Price (GBP)", "E-mail", "Homepage (optional)"}
    for name, value in {**NEEDED, **REST, **wrong}.items():
        assert box(app, LABELS[name]).value == value, name
    assert "Please look again at: Price, Homepage, Contact: E-mail." in said(app)
    assert not store.assets


def test_while_the_store_is_away_every_field_keeps_what_was_entered(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, **NEEDED, **REST)
    store.go_away()
    press(app, "Add asset")

    assert "The store is not answering just now." in said(app)
    for name, value in {**NEEDED, **REST}.items():
        assert box(app, LABELS[name]).value == value, name
    store.come_back()
    press(app, "Add asset")
    assert len(store.assets) == 1


def test_a_rule_between_fields_is_said_above_the_button(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, **NEEDED, matures=date(2020, 1, 1))
    press(app, "Add asset")

    assert "It has to mature after it was bought." in said(app)
    assert not notes(app)
    assert box(app, "Matures").value == date(2020, 1, 1)
    assert not store.assets


def test_a_default_can_be_emptied_and_stays_so(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, **NEEDED, fee="")
    press(app, "Add asset")

    (asset,) = store.assets
    assert asset.plain()["fee"] is None
    edit = press(visit(ASSET, id=asset.identifier), "Edit")
    assert box(edit, "Fee").value == ""
    enter(edit, name="Renamed")
    press(edit, "Save")
    assert store.assets[0].plain()["fee"] is None


def test_a_half_filled_form_of_every_kind_waits_while_one_looks_at_browse(
    store: Store, every_kind: InForce, visit: Visit
) -> None:
    app = visit(ADD)
    enter(app, **{**NEEDED, **REST, "price": "?"})
    press(app, "Add asset")
    app.switch_page(BROWSE).run()
    app.switch_page(ADD).run()

    for name, value in {**NEEDED, **REST, "price": "?"}.items():
        assert box(app, LABELS[name]).value == value, name


def test_an_edit_of_nothing_changes_nothing(kept: Asset, store: Store, visit: Visit) -> None:
    app = press(visit(ASSET, id=kept.identifier), "Edit")
    press(app, "Save")

    assert store.assets[0].plain() == kept.plain()
    assert not app.exception


def test_every_optional_field_can_be_emptied_again(kept: Asset, store: Store, visit: Visit) -> None:
    app = press(visit(ASSET, id=kept.identifier), "Edit")
    nothing = {"story": "", "fee": "", "country": None, "matures": None, "valued_at": None}
    lists: dict[str, Any] = {"sector": None, "labels": [], "risks": [], "homepage": ""}
    contact = {"person": "", "email": "", "channel": None}
    enter(app, **nothing, **lists, **contact)
    press(app, "Save")

    plain = store.assets[0].plain()
    empty = ("story", "fee", "country", "matures", "valuedAt", "sector", "homepage", "contact")
    assert [plain[name] for name in empty] == [None] * len(empty)
    assert (plain["labels"], plain["risks"]) == ([], None)
    assert not app.exception


@pytest.mark.parametrize(
    "attributes",
    [
        {"valuedAt": {"S": "2026-11-20T14:05:07.25Z"}},
        {"valuedAt": {"S": "2026-11-20T16:05:00+02:00"}},
        {"units": {"N": str(2**60 + 1)}},
        {"name": {"S": "two\nlines"}},
        {"labels": {"L": [{"S": "a"}, {"S": "a"}]}},
        {"bought": {"S": "0033-04-03"}},
        {"price": {"N": "1250.5000"}},
        {"story": {"S": "a\r\nb\u2028c"}},
    ],
)
def test_what_a_widget_can_hardly_show_survives_an_edit_of_something_else(
    store: Store, every_kind: InForce, visit: Visit, attributes: dict[str, Any]
) -> None:
    identifier = put(store, an_item(**attributes))
    before = store.assets[0].plain()
    app = press(visit(ASSET, id=identifier), "Edit")
    enter(app, homepage="https://example.com/other")
    press(app, "Save")

    (after,) = store.assets
    assert not app.exception
    assert after.version == 2
    assert _changed(before, after.plain()) == {
        "homepage",
        "version",
        "updatedAt",
        "updatedBy",
    }


def _changed(before: dict[str, Any], after: dict[str, Any]) -> set[str]:
    return {name for name in after if before[name] != after[name]}


class Alike(Choice):
    A_B = "A_B"
    AB = "a b"


def test_options_that_look_alike_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, store: Store, visit: Visit
) -> None:
    put_in_force(
        monkeypatch, create_model("AssetInput", __base__=Fields, name=(Text, ...), one=(Alike, ...))
    )
    app = visit(ADD)

    assert box(app, "One").options == [r"A\_B", "a b"]
