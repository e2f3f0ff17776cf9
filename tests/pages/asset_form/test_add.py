"""Add asset, without a browser: what is wrong stands beside its field, and nothing is lost."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app.shell import state
from tests.pages.conftest import ADD, BROWSE, Store, Visit, drawn, notes, press, said

FIELDS = ["Name", "Tag", "Liquidity profile", "Currency"]


def fill_in(app: AppTest, name: str, tag: str | None, liquidity: str | None, ccy: str) -> None:
    """Enter values as a person does; what a list does not offer is typed into it."""
    app.text_input[0].set_value(name)
    for box, value in zip(app.selectbox, (tag, ccy), strict=True):
        if value and value not in {option.split(" – ")[0] for option in box.options}:
            box.options.append(value)
        box.set_value(value)
    app.segmented_control[0].set_value(liquidity)


def kept(app: AppTest) -> list[object]:
    """What the form's fields hold now, in their order."""
    tag, ccy = app.selectbox
    return [app.text_input[0].value, tag.value, app.segmented_control[0].value, ccy.value]


@pytest.mark.parametrize("known", [0, 3, 3000])
def test_the_form_asks_for_every_field_of_the_model(store: Store, visit: Visit, known: int) -> None:
    store.fill([f"Asset {number}" for number in range(known)])
    app = visit(ADD)
    labels = [
        app.text_input[0].label,
        app.selectbox[0].label,
        app.segmented_control[0].label,
        app.selectbox[1].label,
    ]
    assert labels == FIELDS
    assert kept(app) == ["", None, None, None]
    assert not app.exception
    assert not notes(app)


def test_an_empty_form_says_beside_each_field_what_to_do(store: Store, visit: Visit) -> None:
    app = press(visit(ADD), "Add asset")
    assert notes(app) == {
        "Name": "Enter a name.",
        "Tag": "Enter a tag.",
        "Liquidity profile": "Choose a liquidity profile.",
        "Currency": "Choose a currency.",
    }
    assert not store.assets
    assert not app.exception


def test_a_wrong_currency_is_refused_in_plain_words_and_the_rest_is_kept(
    store: Store, visit: Visit
) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", "HIGH", "ZZZ")
    press(app, "Add asset")
    assert notes(app) == {
        "Currency": "“ZZZ” is not a currency code. Use a three-letter ISO code such as GBP."
    }
    assert kept(app) == ["S&P500", "ISA", "HIGH", "ZZZ"]
    assert not store.assets
    app.selectbox[1].set_value("GBP")
    press(app, "Add asset")
    assert [asset.ccy for asset in store.assets] == ["GBP"]
    assert not notes(app)


@pytest.mark.parametrize(
    ("name", "tag", "field", "sentence"),
    [
        ("x" * 121, "ISA", "Name", "Name can have at most 120 characters; this has 121."),
        ("   ", "ISA", "Name", "Enter a name."),
        ("Gold", "y" * 61, "Tag", "Tag can have at most 60 characters; this has 61."),
    ],
)
def test_what_does_not_fit_is_named_beside_its_field_only(
    store: Store, visit: Visit, name: str, tag: str, field: str, sentence: str
) -> None:
    app = visit(ADD)
    fill_in(app, name, tag, "LOW", "GBP")
    press(app, "Add asset")
    assert notes(app) == {field: sentence}
    assert kept(app) == [name, tag, "LOW", "GBP"]
    assert not store.assets


def test_a_valid_form_adds_exactly_one_asset(store: Store, visit: Visit) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", "HIGH", "GBP")
    press(app, "Add asset")
    (asset,) = store.assets
    assert (asset.name, asset.tag, asset.liquidity_profile, asset.ccy) == (
        "S&P500",
        "ISA",
        "HIGH",
        "GBP",
    )
    assert asset.created_by == "Guest"
    assert app.success
    assert drawn(app, "heading")["text"] == "S&P500"
    assert not app.exception


def test_a_tag_of_ones_own_is_taken_and_offered_to_the_next_person(
    store: Store, visit: Visit
) -> None:
    app = visit(ADD)
    fill_in(app, "Art", "Wall", "LOW", "GBP")
    press(app, "Add asset")
    assert [asset.tag for asset in store.assets] == ["Wall"]
    assert "Wall" in visit(ADD).selectbox[0].options


def test_sending_the_same_form_twice_adds_one_asset(store: Store, visit: Visit) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", "HIGH", "GBP")
    twin = visit(ADD)
    twin.session_state[state.NEW] = replace(app.session_state[state.NEW])
    twin.run()
    fill_in(twin, "S&P500", "ISA", "HIGH", "GBP")
    press(app, "Add asset")
    press(twin, "Add asset")
    assert len(store.assets) == 1
    assert twin.success
    assert not twin.exception


def test_add_another_gives_an_empty_form_that_adds_a_second_asset(
    store: Store, visit: Visit
) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", "HIGH", "GBP")
    press(app, "Add asset")
    press(app, "Add another")
    assert kept(app) == ["", None, None, None]
    fill_in(app, "Gold", "GIA", "MEDIUM", "USD")
    press(app, "Add asset")
    assert sorted(asset.name for asset in store.assets) == ["Gold", "S&P500"]


def test_who_comes_back_after_a_success_begins_anew(store: Store, visit: Visit) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", "HIGH", "GBP")
    press(app, "Add asset")
    app.switch_page(BROWSE).run()
    app.switch_page(ADD).run()
    assert not app.success
    assert kept(app) == ["", None, None, None]


def test_a_half_filled_form_is_still_there_after_a_look_at_browse(
    store: Store, visit: Visit
) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", None, "GBP")
    press(app, "Add asset")
    app.switch_page(BROWSE).run()
    app.switch_page(ADD).run()
    assert kept(app) == ["S&P500", "ISA", None, "GBP"]
    assert not store.assets


def test_while_the_store_is_away_nothing_is_lost_and_the_next_try_adds_one(
    store: Store, visit: Visit
) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", "HIGH", "GBP")
    store.go_away()
    press(app, "Add asset")
    assert "The store is not answering just now." in said(app)
    assert kept(app) == ["S&P500", "ISA", "HIGH", "GBP"]
    assert not app.exception
    assert not app.success
    store.come_back()
    press(app, "Add asset")
    assert [asset.name for asset in store.assets] == ["S&P500"]
    assert app.success


def test_the_form_opens_although_the_store_has_never_answered(store: Store, visit: Visit) -> None:
    store.go_away()
    app = visit(ADD)
    assert kept(app) == ["", None, None, None]
    assert not app.exception


def test_the_name_in_the_footer_stands_beside_what_one_adds(store: Store, visit: Visit) -> None:
    app = visit(ADD)
    (who,) = [box for box in app.text_input if box.label == "Your name"]
    who.set_value("Grace").run()
    fill_in(app, "S&P500", "ISA", "HIGH", "GBP")
    press(app, "Add asset")
    assert [asset.created_by for asset in store.assets] == ["Grace"]


def test_hostile_text_is_kept_as_it_was_typed(store: Store, visit: Visit, hostile: str) -> None:
    app = visit(ADD)
    fill_in(app, hostile, hostile[:60], "HIGH", "GBP")
    press(app, "Add asset")
    assert [asset.name for asset in store.assets] == [hostile]
    assert drawn(app, "heading")["text"] == hostile
    assert hostile not in said(app)
    assert not app.exception


def test_hostile_text_in_a_problem_is_not_markup(store: Store, visit: Visit) -> None:
    app = visit(ADD)
    fill_in(app, "S&P500", "ISA", "HIGH", "<b>QQQ</b>")
    press(app, "Add asset")
    assert "“<B>QQQ</B>”" in notes(app)["Currency"]
    assert "<B>" not in said(app)
