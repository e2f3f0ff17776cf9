"""Scenarios, without a browser: previewed, loaded, undone, saved, compared."""

from html import unescape

from streamlit.testing.v1 import AppTest

from services.scenarios.service import NOW
from tests.pages.conftest import SCENARIOS, Store, Visit, press
from tests.pages.conftest import said as markup


def said(app: AppTest) -> str:
    """Everything that the page says."""
    texts = [part.value for part in (*app.markdown, *app.caption)]
    return "\n".join([unescape(markup(app)), *texts])


def consider(app: AppTest, name: str) -> AppTest:
    return app.button(key=f"consider {name}").click().run()


def names(store: Store) -> list[str]:
    return sorted(asset.name for asset in store.assets if asset.deleted_at is None)


def test_what_would_be_replaced_is_told_before_it_is_and_can_be_undone(
    store: Store, visit: Visit
) -> None:
    store.fill(["Mine", "Yours"])
    app = consider(visit(SCENARIOS), "portfolio")
    assert "Replaces what is there now: 2 assets." in said(app)
    assert "Then there will be: 59 assets and 2 in the bin." in said(app)
    assert names(store) == ["Mine", "Yours"]

    app = press(app, "Replace everything")
    assert len(names(store)) == 59
    assert "<strong>Portfolio</strong> was loaded" in said(app)

    app = press(app, "Undo")
    assert names(store) == ["Mine", "Yours"]
    assert "Went back: <strong>Before portfolio</strong>" in said(app)
    assert not app.exception


def test_what_an_undo_takes_along_is_counted_and_asked_for(store: Store, visit: Visit) -> None:
    store.fill(["Mine"])
    app = press(consider(visit(SCENARIOS), "starter"), "Replace everything")
    store.fill(["New", "Newer"])
    app = press(app, "Undo")
    assert "Since then: 2 added. That goes." in said(app)
    assert len(names(store)) == 5

    app = press(app, "Not now")
    assert len(names(store)) == 5
    app = press(press(app, "Undo"), "Undo all the same")
    assert names(store) == ["Mine"]
    assert not app.exception


def test_a_checkpoint_is_saved_compared_and_gone_back_to(store: Store, visit: Visit) -> None:
    (kept, *_) = store.fill(["Kept"])
    app = visit(SCENARIOS)
    app.text_input[0].set_value("the demo: so far")
    app = press(app, "Save")
    (asset,) = store.assets
    patch = {"name": "Changed"}
    store.service.set_fields(kept.identifier, patch, version=asset.version, by="x", draft="d")

    app = app.selectbox(key="compare Before").set_value("the demo: so far").run()
    assert app.dataframe[0].value.to_numpy().tolist() == [
        ["Changed", "changed", "Name", "Kept", "Changed"]
    ]

    press(consider(app, "the demo: so far"), "Replace everything")
    assert names(store) == ["Kept"]
    assert store.basket.scenarios.compare("the demo: so far", NOW).is_empty

    press(consider(app.run(), "the demo: so far"), "Remove this checkpoint")
    assert not [each for each in store.basket.scenarios.checkpoints() if not each.automatic]


def test_a_name_that_is_taken_is_told_and_the_page_stands(store: Store, visit: Visit) -> None:
    app = visit(SCENARIOS)
    app.text_input[0].set_value("portfolio")

    app = press(app, "Save")

    assert "“portfolio” is taken already." in said(app)
    assert "Compare" in [part.value for part in app.subheader]


def test_texts_are_shown_as_they_are(store: Store, visit: Visit, hostile: str) -> None:
    store.fill([hostile])
    name = store.basket.scenarios.save(hostile[:40], role="presenter")
    app = visit(SCENARIOS)
    app = app.selectbox(key="compare Before").set_value("empty").run()

    assert app.dataframe[0].value["Asset"].tolist() == [hostile]
    app = app.button(key=f"consider {name}").click().run()
    assert not app.exception


def test_while_the_store_is_away_nothing_breaks(store: Store, visit: Visit) -> None:
    app = consider(visit(SCENARIOS), "starter")
    store.go_away()

    app = press(app, "Replace everything")

    assert "The store is not answering just now." in said(app)
    assert not app.exception
