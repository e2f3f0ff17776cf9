"""Activity and Bin, without a browser: what happened, what was taken out, and the way back."""

import pytest

from tests.pages.conftest import ACTIVITY, ASSET, BIN, BROWSE, Store, Visit, drawn, press, said


@pytest.mark.parametrize("count", [0, 3, 3000])
def test_activity_stands_however_much_has_happened(store: Store, visit: Visit, count: int) -> None:
    store.fill([f"Asset {number}" for number in range(count)])
    app = visit(ACTIVITY)
    assert not app.exception
    assert ("Add the first asset" in [button.label for button in app.button]) == (count == 0)


@pytest.mark.parametrize("count", [0, 3, 3000])
def test_the_bin_shows_what_was_taken_out(store: Store, visit: Visit, count: int) -> None:
    binned = store.fill([f"Asset {number}" for number in range(count)])
    store.fill(["Kept"])
    for asset in binned:
        store.service.bin(asset.identifier, by="Ada", version=asset.version)
    app = visit(BIN)
    assert not app.exception
    if count:
        shown = [row["cells"][0]["text"] for row in drawn(app, "assets")["rows"]]
        assert shown
        assert "Kept" not in shown
    else:
        assert "The bin is empty." in app.info[0].value


@pytest.mark.parametrize("page", [ACTIVITY, BIN], ids=["activity", "bin"])
def test_a_store_that_never_answered_is_said_in_plain_words(
    store: Store, visit: Visit, page: str
) -> None:
    store.go_away()
    app = visit(page)
    assert "The store is not answering just now." in said(app)
    assert not app.exception


def test_move_to_bin_can_be_undone_at_once(store: Store, visit: Visit) -> None:
    (asset,) = store.fill(["Gold"])
    app = press(visit(ASSET, id=asset.identifier), "Move to bin")
    assert [kept.deleted_at is not None for kept in store.assets] == [True]
    app.switch_page(BROWSE).run()
    press(app, "Undo")
    assert [kept.deleted_at for kept in store.assets] == [None]
    assert not app.exception


def test_an_asset_in_the_bin_is_restored_from_its_page(store: Store, visit: Visit) -> None:
    (asset,) = store.fill(["Gold"])
    store.service.bin(asset.identifier, by="Ada", version=asset.version)
    app = visit(ASSET, id=asset.identifier)
    press(app, "Restore")
    assert [kept.deleted_at for kept in store.assets] == [None]
    assert not app.exception


def test_an_asset_is_edited_on_its_page(store: Store, visit: Visit) -> None:
    (asset,) = store.fill(["Gold"])
    app = press(visit(ASSET, id=asset.identifier), "Edit")
    app.text_input[0].set_value("Gold bar")
    press(app, "Save")
    assert [(kept.name, kept.version) for kept in store.assets] == [("Gold bar", 2)]
    assert drawn(app, "heading")["text"] == "Gold bar"
    assert not app.exception


def test_a_wrong_edit_is_refused_and_nothing_changes(store: Store, visit: Visit) -> None:
    (asset,) = store.fill(["Gold"])
    app = press(visit(ASSET, id=asset.identifier), "Edit")
    app.text_input[0].set_value("")
    press(app, "Save")
    assert "Enter a name." in said(app)
    assert [kept.name for kept in store.assets] == ["Gold"]


@pytest.mark.parametrize("page", [ACTIVITY, BIN], ids=["activity", "bin"])
def test_hostile_text_is_data_and_never_markup(
    store: Store, visit: Visit, hostile: str, page: str
) -> None:
    gone, _ = store.fill([hostile, hostile])
    store.service.bin(gone.identifier, by=hostile, version=gone.version)
    app = visit(page)
    assert all(hostile not in str(text.value) for text in [*app.markdown, *app.caption])
    assert hostile not in said(app)
    assert not app.exception
