"""Import, without a browser: what a table would do is told before anything is written."""

from html import unescape

from markupsafe import escape
from streamlit.testing.v1 import AppTest

from app.shell import state
from tests.pages.conftest import IMPORT, Store, Visit, press
from tests.pages.conftest import said as markup

TABLE = "Security;tag;Liquidity profile;Currency\nApple;IT;High;USD\nNovo;Health;Low;DKK\n"


def paste(app: AppTest, table: str) -> AppTest:
    app.text_area[0].set_value(table)
    return press(app, "Read it")


def said(app: AppTest) -> str:
    """Everything that the page says."""
    texts = [part.value for part in (*app.markdown, *app.text)]
    return "\n".join([unescape(markup(app)), *texts])


def box(app: AppTest, label: str) -> object:
    (found,) = [box.value for box in app.selectbox if box.label == label]
    return found


def finish(app: AppTest, store: Store) -> AppTest:
    """Wait for the import that this tab has begun, and look at the page again."""
    name = app.session_state[state.IMPORT_SHOWN]
    job = store.basket.imports.job(name)
    if job is not None:
        job.join(20)
    return app.run()


def names(store: Store) -> list[str]:
    return sorted(asset.name for asset in store.assets)


def test_a_pasted_table_is_matched_shown_and_imported(store: Store, visit: Visit) -> None:
    app = paste(visit(IMPORT), TABLE)

    columns = [box(app, label) for label in ("Name", "Tag", "Liquidity profile", "Currency")]
    assert columns == ["Security", "tag", "Liquidity profile", "Currency"]
    assert "2 rows will be **added**" in said(app)
    assert list(app.dataframe[0].value["Name"]) == ["Apple", "Novo"]
    assert not store.assets

    app = finish(press(app, "Import 2 assets"), store)

    assert names(store) == ["Apple", "Novo"]
    assert "**Pasted table** 2 added" in said(app)
    assert not app.exception


def test_what_is_wrong_is_listed_by_row_and_nothing_can_be_imported(
    store: Store, visit: Visit
) -> None:
    app = paste(visit(IMPORT), TABLE + "Bad;x;High;GBX\n;y;Much;GBP\n")

    found = app.dataframe[0].value.to_numpy().tolist()
    assert [row[:2] for row in found] == [
        ["4", "Currency"],
        ["5", "Security"],
        ["5", "Liquidity profile"],
    ]
    (button,) = [button for button in app.button if button.label == "Import"]
    assert button.disabled

    app = app.toggle[0].set_value(True).run()
    finish(press(app, "Import 2 assets"), store)
    assert names(store) == ["Apple", "Novo"]


def test_what_every_row_lacks_is_said_once_and_can_be_given_for_all(
    store: Store, visit: Visit
) -> None:
    app = paste(visit(IMPORT), "Name;Tag;Currency\nApple;IT;USD\nNovo;Health;DKK\n")
    assert "Every row: Choose a liquidity profile." in said(app)
    assert not app.dataframe

    app = app.segmented_control[0].set_value("HIGH").run()
    finish(press(app, "Import 2 assets"), store)

    assert {asset.liquidity_profile for asset in store.assets} == {"HIGH"}


def test_a_table_that_cannot_be_read_is_told_by_its_lines_and_kept(
    store: Store, visit: Visit
) -> None:
    app = paste(visit(IMPORT), "a,b\n1,2,3\n")

    assert "Line 2 has 3 values, but there are 2 columns." in said(app)
    assert app.text_area[0].value == "a,b\n1,2,3\n"
    assert not app.exception


def test_an_import_can_be_undone_and_another_file_can_be_taken(store: Store, visit: Visit) -> None:
    app = paste(visit(IMPORT), TABLE)
    app = press(app, "Another file")
    app = finish(press(paste(app, TABLE), "Import 2 assets"), store)

    app = finish(press(app, "Undo"), store)

    assert names(store) == []
    assert "was taken back" in said(app)


def test_the_same_table_again_updates_by_name_and_leaves_the_rest(
    store: Store, visit: Visit
) -> None:
    app = finish(press(paste(visit(IMPORT), TABLE), "Import 2 assets"), store)
    app = paste(app, TABLE.replace("Health", "Pharma"))
    (key,) = [box for box in app.selectbox if box.label.startswith("Assets that are")]
    app = key.set_value("name").run()
    assert "1 row will be **updated**" in said(app)
    assert "1 row is in the basket already, exactly so" in said(app)

    finish(press(app, "Import 1 asset"), store)

    assert sorted(asset.tag for asset in store.assets) == ["IT", "Pharma"]


def test_texts_are_shown_as_they_are(store: Store, visit: Visit, hostile: str) -> None:
    cell = hostile.replace('"', "'")
    table = f"Name\tTag\tLiquidity profile\tCurrency\t{cell}\n{cell}\tx\tHigh\tGBP\ty\n"

    app = paste(visit(IMPORT), table)

    assert list(app.dataframe[0].value["Name"]) == [cell]
    assert f"Not imported: {cell}." in said(app)
    assert escape(cell) in markup(app)
    assert not app.exception


def test_while_the_store_is_away_the_table_stays(store: Store, visit: Visit) -> None:
    app = visit(IMPORT)
    store.go_away()

    app = paste(app, TABLE)

    assert "The store is not answering just now." in said(app)
    assert app.text_area[0].value == TABLE
    assert not app.exception
