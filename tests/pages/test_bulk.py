"""Many assets at once, without a browser: picked, edited, binned, restored, and taken back."""

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from app.features.browse.table import selection
from app.shell import state
from services.bulk.service import BulkJob
from services.model.record import Asset
from tests.pages.conftest import BIN, BROWSE, Store, Visit, drawn, press, said


def picked(app: AppTest, assets: list[Asset], place: selection.Place = "basket") -> AppTest:
    """Pick assets as a table's boxes do, and let the page run."""
    kept = selection._Selection(picked={asset.identifier: None for asset in assets})
    app.session_state[state.PICKED] = {place: kept}
    return app.run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def text(app: AppTest) -> str:
    """What our own markup says."""
    return said(app)


def job_of(store: Store, app: AppTest) -> BulkJob:
    """The job that the page shows, once it has ended."""
    job = store.basket.bulk.find(app.session_state[state.BULK])
    assert job is not None
    job.join(20)
    app.run()
    return job


@pytest.fixture
def app(store: Store, visit: Visit) -> AppTest:
    """Browse, with a few assets."""
    store.fill([f"Asset {number}" for number in range(6)])
    return visit(BROWSE, sort="name")


def test_who_picks_nothing_is_offered_nothing(app: AppTest) -> None:
    assert "selected" not in text(app)
    assert "Move to bin" not in labels(app)


def test_the_table_is_told_what_is_picked(store: Store, app: AppTest) -> None:
    picked(app, store.assets[:2])

    told = drawn(app, "assets")["picking"]

    assert told["chosen"] == [asset.identifier for asset in store.assets[:2]]
    assert "<strong>2</strong> selected" in text(app)


def test_what_the_filters_hide_stays_picked_and_is_counted(store: Store, app: AppTest) -> None:
    picked(app, store.assets[:2])

    app.text_input[0].set_value("Asset 1").run()

    assert "<strong>2</strong> selected <small>1 not shown</small>" in text(app)


def test_all_that_match_are_picked_at_once_and_let_go_at_once(store: Store, app: AppTest) -> None:
    store.fill([f"Other {number}" for number in range(40)])
    app.text_input[0].set_value("Other").run()
    picked(app, store.assets[:1])

    press(app, "Select all 40")
    assert "<strong>41</strong> selected" in text(app)
    assert "Select all 40" not in labels(app)

    press(app, "Clear")
    assert "selected" not in text(app)
    assert drawn(app, "assets")["picking"]["chosen"] == []


def test_what_is_gone_meanwhile_does_not_count(store: Store, app: AppTest) -> None:
    picked(app, store.assets[:2])
    store.service.bin(store.assets[0].identifier, by="Eve")

    app.run()

    assert "<strong>1</strong> selected" in text(app)


def test_a_few_go_to_the_bin_at_once_and_come_back_together(store: Store, app: AppTest) -> None:
    picked(app, store.assets[:3])

    press(app, "Move to bin")
    job = job_of(store, app)

    assert len(job.progress.changed) == 3
    assert "3 assets are moved to the bin." in text(app)
    assert "selected" not in text(app)
    press(app, "Undo")
    job_of(store, app)
    assert "3 assets are as before again." in text(app)
    assert all(asset.deleted_at is None for asset in store.assets)
    press(app, "Close")
    assert "as before" not in text(app)


def test_a_whole_basket_in_the_bin_can_be_taken_back(store: Store, app: AppTest) -> None:
    picked(app, store.assets)

    press(app, "Move to bin")
    job_of(store, app)

    assert "Add the first asset" in labels(app)
    assert "Undo" in labels(app)


def test_many_go_to_the_bin_only_after_a_question(store: Store, app: AppTest) -> None:
    store.fill([f"Other {number}" for number in range(40)])
    picked(app, store.assets)

    press(app, "Move to bin")
    assert all(asset.deleted_at is None for asset in store.assets)

    app.button(key="confirm bin").click().run()
    job_of(store, app)
    assert all(asset.deleted_at is not None for asset in store.assets)


def edit(app: AppTest, field: str) -> AppTest:
    """Open the form and choose a field."""
    press(app, "Edit a field")
    (box,) = [box for box in app.selectbox if box.label == "Field"]
    return box.set_value(field).run()


def test_a_field_is_edited_after_a_look_at_what_will_be(store: Store, app: AppTest) -> None:
    picked(app, store.assets[:3])
    edit(app, "tag")

    (box,) = [box for box in app.selectbox if box.label == "Tag"]
    box.set_value("Cash").run()
    assert "3 assets get Tag = Cash." in text(app)

    press(app, "Change 3 assets")
    job_of(store, app)
    assert [asset.tag for asset in store.assets[:3]] == ["Cash"] * 3
    assert "3 assets are changed: Tag = Cash." in text(app)
    assert "<strong>3</strong> selected" in text(app)

    press(app, "Undo")
    job_of(store, app)
    assert [asset.tag for asset in store.assets[:3]] == ["ISA", "SIPP", "GIA"]


def test_a_value_that_no_asset_takes_is_refused_beside_its_field(
    store: Store, app: AppTest
) -> None:
    picked(app, store.assets[:3])
    edit(app, "tag")

    press(app, "Change 3 assets")

    assert "Enter a tag." in text(app)
    assert {asset.version for asset in store.assets} == {1}
    assert state.BULK not in app.session_state


def test_what_somebody_changes_while_the_form_is_open_is_left_to_him(
    store: Store, app: AppTest
) -> None:
    picked(app, store.assets[:3])
    edit(app, "name")
    (box,) = [box for box in app.text_input if box.label == "Name"]
    box.set_value("New").run()
    his = store.assets[1]
    store.service.set_fields(his.identifier, {"tag": "Eve's"}, version=1, by="Eve", draft="hers")

    press(app, "Change 3 assets")
    job_of(store, app)

    assert "2 assets are changed: Name = New." in text(app)
    told = drawn(app, "left overtaken")
    assert told["entries"] == [
        {"name": his.name, "href": f"asset?id={his.identifier}", "reason": "Eve has changed it."}
    ]


def test_a_store_that_goes_away_stops_it_and_it_goes_on_later(store: Store, app: AppTest) -> None:
    picked(app, store.assets[:3])
    store.go_away()

    press(app, "Move to bin")
    job_of(store, app)

    assert "Stopped after 0 of 3 assets. The others are as they were." in text(app)
    assert "The store is not answering." in text(app)
    store.come_back()
    press(app, "Go on with the other 3")
    job_of(store, app)
    assert "3 assets are moved to the bin." in text(app)


def test_a_job_whose_page_was_closed_is_told_to_the_next_visitor(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.fill(["Gold", "Silver"])
    monkeypatch.setattr("services.jobs.job._UNWATCHED_SECONDS", -1.0)
    bulk = store.basket.bulk
    chosen = bulk.versions([asset.identifier for asset in store.assets])
    bulk.bin_all(chosen, by="Ada", name="of a closed page").join(20)

    app = visit(BROWSE)

    assert "2 assets are moved to the bin." in text(app)
    press(app, "Undo")
    job_of(store, app)
    assert all(asset.deleted_at is None for asset in store.assets)
    assert "moved to the bin" not in text(visit(BROWSE))


def test_what_is_picked_in_the_bin_comes_back_together(store: Store, visit: Visit) -> None:
    for asset in store.fill(["Gold", "Silver", "Bronze"]):
        store.service.bin(asset.identifier, by="Ada")
    app = picked(visit(BIN), store.assets[:2], place="bin")

    press(app, "Restore")
    job_of(store, app)

    assert [asset.deleted_at is None for asset in store.assets] == [True, True, False]
    assert "2 assets are put back into the basket." in text(app)


def test_hostile_names_and_values_are_data_in_all_of_this(
    store: Store, visit: Visit, hostile: str
) -> None:
    store.fill([hostile, "Other"])
    app = picked(visit(BROWSE), store.assets)
    edit(app, "name")
    (box,) = [box for box in app.text_input if box.label == "Name"]
    box.set_value(hostile.strip()).run()
    press(app, "Change 2 assets")
    job_of(store, app)

    assert escape(hostile.strip()) in said(app)
    assert all(hostile not in str(part.value) for part in app.markdown)
    assert not app.exception


def binned(store: Store, *names: str) -> list[Asset]:
    """Assets of these names, in the bin."""
    made = store.fill(names)
    return [store.service.bin(asset.identifier, by="Ada") for asset in made]


def test_what_is_in_the_bin_is_deleted_for_good_once_that_is_confirmed(
    store: Store, visit: Visit
) -> None:
    chosen = binned(store, "<b>Gold", "Silver")
    kept = binned(store, "Lead")
    app = press(picked(visit(BIN), chosen, "bin"), "Delete for good")

    assert "“&lt;b&gt;Gold”, “Silver”" in text(app)
    assert len(store.assets) == 3
    app.button(key="confirm erase").click().run()
    job_of(store, app)

    assert store.assets == kept
    assert "2 assets are deleted for good." in text(app)
    assert "Undo" not in labels(app)
    assert not app.exception


def test_a_guest_is_not_offered_to_delete_for_good_and_could_not(
    store: Store, visit: Visit
) -> None:
    chosen = binned(store, "Gold")
    app = press(picked(visit(BIN), chosen, "bin"), "Delete for good")
    store.serve_for("guest")
    app.button(key="confirm erase").click().run()

    assert "This is for whoever presents." in text(app)
    assert store.assets == chosen
    app = picked(visit(BIN), chosen, "bin")
    assert "Restore" in labels(app)
    assert "Delete for good" not in labels(app)
