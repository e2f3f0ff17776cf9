"""The Model page, without a browser: what is told of stored assets, and what is done about it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import Field
from streamlit.testing.v1 import AppTest

from services.model.asset import AssetInput
from services.model.current import ModelSnapshot, model_of, using, watch
from services.model.kinds import Text
from tests.pages.conftest import BROWSE, MODEL, Store, Visit, drawn, press, said

Save = Callable[[], None]


class Today(AssetInput):
    """What a builder has made of the model while it was being shown."""

    risk: int = Field(title="Risk", ge=1, le=7)
    esg: bool = Field(default=False, title="ESG")
    shade: Text | None = Field(default=None, title="Shade")


@pytest.fixture
def save(monkeypatch: pytest.MonkeyPatch) -> Save:
    """The builder saves the model file."""

    def save() -> None:
        before = watch().snapshot
        model = model_of(Today, before.model.generation + 1)
        monkeypatch.setattr(watch(), "snapshot", ModelSnapshot(model, revision=before.revision + 1))

    return save


class Former(AssetInput):
    """The model before a builder took a field out of it."""

    colour: Text | None = Field(default=None, title="Colour")


@pytest.fixture
def had_a_colour(store: Store) -> None:
    """The basket has seen a model with a field that today's has not."""
    with using(model_of(Former, -1)):
        store.basket.migration.note_model()


def finding(app: AppTest, kind: str, name: str) -> str:
    return str(_card(app, kind, name)["headline"])


def _card(app: AppTest, kind: str, *path: str) -> dict[str, Any]:
    return drawn(app, f"finding {kind} {path}")


def texts(app: AppTest) -> str:
    """What the page says in its own words."""
    return "\n".join(part.value for part in (*app.markdown, *app.success, *app.info, *app.caption))


def do(app: AppTest, store: Store, label: str) -> AppTest:
    """Press the button that begins a step, and look again once it has ended."""
    press(app, label)
    _wait(store)
    return app.run()


def _wait(store: Store) -> None:
    for job in store.basket.migration._jobs.all():
        job.join()


def test_when_everything_fits_the_page_says_so(store: Store, visit: Visit) -> None:
    store.fill(["Gold", "Silver"])
    app = visit(MODEL)

    assert "All 2 assets fit today's model." in texts(app)
    assert not app.exception


def test_an_empty_basket_fits_whatever_the_model_says(store: Store, visit: Visit) -> None:
    app = visit(MODEL)

    assert "No asset is stored yet" in texts(app)
    assert "Move everything to the bin" not in [button.label for button in app.button]


def test_browse_marks_what_does_not_fit_beside_the_value(
    save: Save, store: Store, visit: Visit
) -> None:
    store.fill(["Gold"])
    store.alter(ccy={"S": "XXY"}, risk={"N": "9"})
    save()
    told = drawn(visit(BROWSE), "assets")
    (row,) = told["rows"]
    marks = dict(zip([column["label"] for column in told["columns"]], row["cells"], strict=True))

    assert marks["Currency"]["attention"].startswith("“XXY” is not a currency code.")
    assert marks["Risk"]["attention"] == "Risk has to be at most 7."
    assert "attention" not in marks["Name"]


def test_what_no_column_shows_is_told_in_the_first_one(
    save: Save, store: Store, visit: Visit
) -> None:
    store.fill(["Gold"])
    save()
    told = drawn(visit(BROWSE, columns="name,tag"), "assets")

    assert [cell.get("attention") for cell in told["rows"][0]["cells"][:2]] == [
        "Enter a risk.",
        None,
    ]


def test_the_fields_are_told_in_plain_words(save: Save, visit: Visit) -> None:
    save()
    shown = {row["cells"][0]: row["cells"][1:] for row in drawn(visit(MODEL), "fields")["rows"]}

    assert shown["Name"] == ["name", "Text", "Yes", "–", "at most 120 characters", "S&P500"]
    assert shown["Liquidity profile"][:2] == ["liquidityProfile", "Choice"]
    assert shown["Liquidity profile"][4] == "one of High, Medium, Low"
    assert shown["Risk"][1:5] == ["Whole number", "Yes", "–", "at least 1; at most 7"]
    assert shown["ESG"][1:4] == ["Yes or no", "No", "No"]


@pytest.mark.usefixtures("had_a_colour")
def test_what_the_model_changes_is_told_with_counts_and_links(
    save: Save, store: Store, visit: Visit
) -> None:
    gold, _ = store.fill(["Gold", "Silver"])
    store.alter(colour={"S": "red"}, ccy={"S": "XXY"})
    save()
    app = visit(MODEL)

    assert finding(app, "lacking", "risk") == "2 assets have no Risk, which is required."
    assert finding(app, "default", "esg") == "2 assets show the default of ESG: No."
    assert finding(app, "gone", "colour") == (
        "2 assets have a “colour”, which is no longer in the model."
    )
    assert finding(app, "misfit", "ccy") == "2 assets have a value of Currency that does not fit."
    told = _card(app, "misfit", "ccy")
    assert told["lines"][-1] == "Stored, for example: XXY"
    assert {
        "title": "Gold",
        "href": f"asset?id={gold.identifier}",
        "value": "XXY",
    } in told["more"]["entries"]
    assert "Empty in every asset so far: Shade." in texts(app)
    assert not app.exception


def test_a_default_is_stored_when_asked_for_and_the_whole_is_undone(
    save: Save, store: Store, visit: Visit
) -> None:
    store.fill(["Gold", "Silver"])
    store.alter(risk={"N": "3"})
    before = [item.get("esg") for item in store.items]
    save()
    app = press(visit(MODEL), "Store the default")

    assert "Store the default of ESG: changes 2 assets." in said(app)
    assert [item.get("esg") for item in store.items] == before
    do(app, store, "Do it: 2 assets")

    assert [item.get("esg") for item in store.items] == [{"BOOL": False}] * 2
    assert "All 2 assets fit today's model." in texts(app)
    assert "**Store the default of ESG** – 2 assets changed" in texts(app)
    do(app, store, "Undo")

    assert [item.get("esg") for item in store.items] == before
    assert "**Undo\\: Store the default of ESG** – 2 assets changed" in texts(app)
    assert "**Store the default of ESG** – nothing left to undo" in texts(app)
    assert not app.exception


def test_a_required_value_is_set_after_a_look_at_what_it_would_do(
    save: Save, store: Store, visit: Visit
) -> None:
    store.fill(["Gold", "Silver"])
    save()
    app = press(visit(MODEL), "Set a value")
    (value,) = [field for field in app.text_input if field.label == "Risk"]

    value.set_value("9").run()
    left = drawn(app, "left alone")
    assert left["headline"] == "2 assets would be left alone: Risk has to be at most 7."
    assert {entry["value"] for entry in left["more"]["entries"]} == {"Risk has to be at most 7."}
    assert "Do it" not in str([button.label for button in app.button])

    (value,) = [field for field in app.text_input if field.label == "Risk"]
    value.set_value("5").run()
    do(app, store, "Do it: 2 assets")

    assert [item["risk"] for item in store.items] == [{"N": "5"}] * 2
    assert not app.exception


def test_a_renamed_field_is_moved(save: Save, store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    store.alter(grade={"S": "6"}, esg={"BOOL": True})
    save()
    app = press(visit(MODEL), "Move to a field")
    (field,) = [box for box in app.selectbox if box.label == "Its field today"]

    field.select(("risk",)).run()
    do(app, store, "Do it: 1 asset")

    (item,) = store.items
    assert (item["risk"], "grade" in item) == ({"N": "6"}, False)
    assert "The one asset fits today's model." in texts(app)


@pytest.mark.usefixtures("had_a_colour")
def test_removing_is_asked_for_twice_and_can_be_undone(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    store.alter(colour={"B": b"\x00\xff"})
    app = press(visit(MODEL), "Remove")
    press(app, "Remove “colour”: 1 asset")
    assert store.items[0]["colour"] == {"B": b"\x00\xff"}

    do(app, store, "Yes, do it")
    assert "colour" not in store.items[0]

    do(app, store, "Undo")
    assert store.items[0]["colour"] == {"B": b"\x00\xff"}
    assert not app.exception


@pytest.mark.usefixtures("had_a_colour")
def test_who_thinks_better_of_it_has_changed_nothing(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    store.alter(colour={"S": "red"})
    app = press(visit(MODEL), "Remove")
    press(app, "Remove “colour”: 1 asset")
    press(app, "Not now")

    assert store.items[0]["colour"] == {"S": "red"}
    assert "Remove" in [button.label for button in app.button]


def test_what_another_program_stores_is_not_offered_for_removal(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    store.alter(ttl={"N": "1795176002"})
    app = visit(MODEL)

    assert finding(app, "gone", "ttl") == "1 asset has a “ttl”, which the model does not have."
    assert "another program may need it" in _card(app, "gone", "ttl")["lines"][-1]
    assert "Remove" not in [button.label for button in app.button]


def test_a_field_that_was_seen_in_the_model_is_offered_for_removal_later(
    save: Save, store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.fill(["Gold"])
    save()
    visit(BROWSE)
    store.alter(shade={"S": "dark"})
    later = model_of(AssetInput, watch().snapshot.model.generation + 1)
    monkeypatch.setattr(watch(), "snapshot", ModelSnapshot(later))
    app = visit(MODEL)

    assert (
        finding(app, "gone", "shade") == "1 asset has a “shade”, which is no longer in the model."
    )
    assert "Remove" in [button.label for button in app.button]


def test_everything_moves_to_the_bin_and_back(store: Store, visit: Visit) -> None:
    store.fill(["Gold", "Silver"])
    app = press(visit(MODEL), "Move everything to the bin")
    press(app, "Move everything to the bin: 2 assets")
    do(app, store, "Yes, do it")
    assert all(asset.deleted_at for asset in store.assets)

    do(app, store, "Undo")
    assert not any(asset.deleted_at for asset in store.assets)


@pytest.mark.usefixtures("had_a_colour")
def test_a_step_on_its_way_is_shown_and_can_be_stopped(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.fill(["Gold", "Silver", "Tin"])
    store.alter(colour={"S": "red"})
    looked, begun = threading.Event(), threading.Event()
    repository = store.basket.migration._repository
    item = repository.item

    def slow(identifier: str) -> object:
        begun.set()
        looked.wait(20)
        return item(identifier)

    monkeypatch.setattr(repository, "item", slow)
    app = press(visit(MODEL), "Remove")
    press(app, "Remove “colour”: 3 assets")
    press(app, "Yes, do it")
    assert begun.wait(20)
    app.run()
    press(app, "Stop")
    looked.set()
    _wait(store)

    assert sum("colour" in item for item in store.items) == 2
    assert "1 asset changed, stopped after 1 of 3" in texts(app.run())
    assert not app.exception


def test_what_does_not_work_in_the_file_is_shown_in_its_place(
    store: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = ModelSnapshot(watch().snapshot.model, "asset.py, line 3: invalid syntax.", 7)
    monkeypatch.setattr(watch(), "snapshot", broken)
    app = visit(MODEL)

    assert "asset.py, line 3: invalid syntax." in said(app)
    assert app.code[0].value.splitlines()[2].startswith("→    3  from typing import")


def test_a_store_that_never_answered_is_said_in_plain_words(store: Store, visit: Visit) -> None:
    store.go_away()
    app = visit(MODEL)

    assert "The store is not answering just now." in said(app)
    assert not app.exception


def test_names_and_values_of_other_programs_are_shown_as_they_are(
    store: Store, visit: Visit, hostile: str
) -> None:
    store.fill(["Gold"])
    store.alter(**{hostile: {"S": hostile}})
    app = visit(MODEL)

    assert hostile in finding(app, "gone", hostile)
    assert hostile not in said(app)
    assert not app.exception


def test_names_and_values_without_end_are_cut(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    odd: dict[str, dict[str, Any]] = {
        "n" * 5000: {"S": "v" * 300_000},
        "a.b": {"S": "1"},
        "a": {"M": {"b": {"N": "1"}}},
    }
    store.alter(**odd)
    app = visit(MODEL)

    assert "n" * 119 + "…" in finding(app, "gone", "n" * 5000)
    assert len(_card(app, "gone", "n" * 5000)["more"]["entries"][0]["value"]) == 120
    assert "“a.b”" in finding(app, "gone", "a.b")
    assert not app.exception
