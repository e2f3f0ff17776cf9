"""One asset's page, without a browser."""

import pytest

from app.features.kept import KEPT
from app.shell import state
from app.shell.connection.reconnection import recalled
from services.model.record import new_identifier
from tests.pages.conftest import ASSET, Store, Visit, drawn, press, said


@pytest.mark.parametrize("others", [0, 2, 3000])
def test_everything_known_of_an_asset_is_told(store: Store, visit: Visit, others: int) -> None:
    store.fill([f"Other {number}" for number in range(others)])
    (asset,) = store.fill(["S&P500"])
    app = visit(ASSET, id=asset.identifier)
    told = {fact["label"]: fact["text"] for fact in drawn(app, "facts")["facts"]}
    assert drawn(app, "heading")["text"] == "S&P500"
    assert told["Tag"] == "ISA"
    assert told["Liquidity profile"] == "High"
    assert told["Currency"] == "GBP – Pound Sterling"
    assert told["Added"].endswith("by Ada")
    assert told["Version"] == "1"
    assert [code.value for code in app.code] == [asset.identifier]
    assert not app.exception


@pytest.mark.parametrize("identifier", ["no-such-asset", "", " ", "<script>", "x" * 5000, "META"])
def test_an_unknown_identifier_is_said_in_plain_words(visit: Visit, identifier: str) -> None:
    app = visit(ASSET, id=identifier)
    assert "This asset is not in the basket." in said(app)
    assert not app.exception
    assert not app.code


def test_without_an_identifier_the_same_is_said(visit: Visit) -> None:
    app = visit(ASSET)
    assert "This asset is not in the basket." in said(app)
    assert not app.exception


def test_while_the_store_is_away_the_asset_is_shown_as_it_last_was(
    store: Store, visit: Visit
) -> None:
    (asset,) = store.fill(["Gold"])
    app = visit(ASSET, id=asset.identifier)
    store.go_away()
    app.run()
    assert drawn(app, "heading")["text"] == "Gold"
    assert not app.exception


def test_a_store_that_never_answered_is_said_in_plain_words(store: Store, visit: Visit) -> None:
    (asset,) = store.fill(["Gold"])
    store.go_away()
    app = visit(ASSET, id=asset.identifier)
    assert "The store is not answering just now." in said(app)
    assert not app.exception


def test_hostile_text_is_data_and_never_markup(store: Store, visit: Visit, hostile: str) -> None:
    (asset,) = store.fill([hostile])
    app = visit(ASSET, id=asset.identifier)
    assert drawn(app, "heading")["text"] == hostile
    assert all(hostile not in str(text.value) for text in [*app.markdown, *app.caption])
    assert hostile not in said(app)
    assert not app.exception


def test_what_another_program_changed_while_the_form_was_open_is_not_reverted(
    store: Store, visit: Visit
) -> None:
    (asset,) = store.fill(["Gold"])
    app = press(visit(ASSET, id=asset.identifier), "Edit")
    store.rewrite("Gold", tag={"S": "Theirs"})
    name = next(field for field in app.text_input if field.label == "Name")
    name.set_value("Fine gold")
    press(app, "Save")

    assert store.assets[0].tag == "Theirs"
    assert "Another program changed this asset while you did." in said(app)
    assert "Theirs (Another program)" in said(app)
    press(app, "Save my choice")

    assert (store.assets[0].name, store.assets[0].tag) == ("Fine gold", "Theirs")
    (change, _) = store.service.open(asset.identifier).changes
    assert list(change.fields) == ["name"]
    assert not app.exception


def test_a_form_that_goes_on_after_a_restart_begins_anew_what_the_browser_does_not_hold(
    store: Store, visit: Visit
) -> None:
    (asset,) = store.fill(["S&P500"])
    app = visit(ASSET, id=asset.identifier)
    before = press(app, "Edit").session_state[state.EDIT]
    kept = {
        "identifier": asset.identifier,
        "name": new_identifier(),
        "version": before.version,
        "start": dict(before.start),
    }

    app.session_state[state.EDIT] = recalled({"edit": kept}, KEPT)[state.EDIT]
    app.run()

    assert not app.exception
    assert app.text_input[0].value == "S&P500"
    press(app, "Save")
    assert store.basket.assets.get(asset.identifier).tag == asset.tag
