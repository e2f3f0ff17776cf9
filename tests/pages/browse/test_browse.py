"""Browse, without a browser: what is asked for, what is answered, what is said when all fails."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.fakes.talk import given
from tests.pages.conftest import ACTIVITY, BROWSE, Store, Visit, drawn, said


def rows(app: AppTest) -> list[str]:
    """The names in the table, from top to bottom."""
    return [row["cells"][0]["text"] for row in drawn(app, "assets")["rows"]]


def tally(app: AppTest) -> str:
    """How much is said to be in the table."""
    return "".join(text for text, _ in drawn(app, "toolbar")["tally"])


def test_an_empty_basket_invites_to_add_the_first_asset(visit: Visit) -> None:
    app = visit(BROWSE)
    assert "Add the first asset" in [button.label for button in app.button]
    assert not app.selectbox
    assert not app.exception


def test_three_assets_are_shown_newest_first(store: Store, visit: Visit) -> None:
    store.fill(["Gold", "Silver", "Bronze"])
    app = visit(BROWSE)
    assert rows(app) == ["Bronze", "Silver", "Gold"]
    assert tally(app) == "3 assets"
    assert drawn(app, "glance")["number"] == "3"
    assert not app.exception
    assert drawn(app, "toolbar")["clear"] is None


def test_thousands_of_assets_are_shown_a_page_at_a_time(store: Store, visit: Visit) -> None:
    store.fill([f"Asset {number:04}" for number in range(3000)])
    app = visit(BROWSE, sort="name")
    assert rows(app) == [f"Asset {number:04}" for number in range(25)]
    assert drawn(app, "glance")["number"] == "3,000"
    app.pagination[0].set_value(120).run()
    assert rows(app) == [f"Asset {number:04}" for number in range(2975, 3000)]
    assert tally(app) == "2,976–3,000 of 3,000 assets"
    assert not app.exception


def test_a_link_to_a_page_opens_that_page(store: Store, visit: Visit) -> None:
    store.fill([f"Asset {number:03}" for number in range(60)])
    app = visit(BROWSE, sort="name", page="2")
    assert rows(app) == [f"Asset {number:03}" for number in range(25, 50)]


def test_the_address_reopens_what_its_sender_saw(store: Store, visit: Visit) -> None:
    store.fill([f"Asset {number}" for number in range(6)])
    app = visit(BROWSE, q="asset", tag="SIPP", ccy="USD", sort="name")
    assert rows(app) == ["Asset 1"]
    assert app.text_input[0].value == "asset"
    assert [box.value for box in app.multiselect] == [["SIPP"], [], ["USD"]]
    assert drawn(app, "toolbar")["tools"]["order"]["now"] == "Name A–Z"


def test_what_the_address_asks_for_is_there_from_the_first_moment(
    store: Store, visit: Visit
) -> None:
    store.fill([f"Asset {number}" for number in range(60)])
    app = visit(BROWSE, ccy="USD", page="2")
    # A widget that is only told its value says in between that it has none, if asked then.
    tag, _, ccy = (box.proto for box in app.multiselect)
    assert (list(tag.default), list(ccy.default)) == ([], [list(ccy.options).index("USD")])
    assert app.pagination[0].proto.default == 2
    assert [ccy.set_value, app.pagination[0].proto.set_value] == [False, False]


@pytest.mark.parametrize("words", ["GOLD", "  gold ", "isa gold", "ol"])
def test_a_search_takes_words_in_any_case_order_and_part(
    store: Store, visit: Visit, words: str
) -> None:
    store.fill(["Gold", "Silver", "Bronze"])
    assert rows(visit(BROWSE, q=words)) == ["Gold"]


def test_what_matches_nothing_says_so_and_all_that_narrows_can_be_cleared(
    store: Store, visit: Visit
) -> None:
    store.fill(["Gold", "Silver"])
    app = visit(BROWSE, q="platinum", tag="ISA", sort="name", gone="x")
    assert tally(app) == "No asset matches. Try fewer words or filters."
    with pytest.raises(KeyError):
        rows(app)
    assert set(drawn(app, "toolbar")["clear"]) == {"q", "tag", "gone"}


def test_another_filter_goes_back_to_the_first_page(store: Store, visit: Visit) -> None:
    store.fill([f"Asset {number:03}" for number in range(90)])
    app = visit(BROWSE, sort="name")
    app.pagination[0].set_value(3).run()
    assert rows(app)[0] == "Asset 050"
    app.multiselect[2].set_value(["GBP"]).run()
    assert rows(app)[0] == "Asset 000"


@pytest.mark.parametrize(
    "address",
    [
        {"sort": "nonsense"},
        {"sort": "-"},
        {"page": "0"},
        {"page": "-3"},
        {"page": "99999999999"},
        {"page": "two"},
        {"tag": "no such tag"},
        {"liquidityProfile": "SOLID"},
        {"ccy": "<script>"},
        {"q": "\x00\u202e"},
        {"unknown": "x"},
        {"name~from": "2026-13-01"},
        {"createdAt~from": "yesterday"},
        {"createdAt~to": "2026-02-30"},
        {"createdAt~below": "20261101"},
        {"tag~empty": "perhaps"},
        {"columns": ",,no such column,"},
        {"columns": ""},
        {"charts": "no such field"},
        {"charts": ""},
    ],
    ids=ascii,
)
def test_a_mistyped_address_shows_the_page_nevertheless(
    store: Store, visit: Visit, address: dict[str, str]
) -> None:
    store.fill(["Gold"])
    app = visit(BROWSE, **address)
    assert not app.exception
    assert tally(app) in {"1 asset", "No asset matches. Try fewer words or filters."}


def test_a_value_that_the_model_has_no_option_for_is_filtered_by_all_the_same(
    store: Store, visit: Visit
) -> None:
    store.fill(["Gold", "Silver"])
    store.rewrite("Silver", liquidityProfile={"S": "FROZEN"})
    app = visit(BROWSE, liquidityProfile="FROZEN")
    assert rows(app) == ["Silver"]
    assert app.multiselect[1].value == ["FROZEN"]
    assert rows(visit(BROWSE, liquidityProfile=["FROZEN", "HIGH"])) == ["Silver", "Gold"]


def test_a_blank_value_that_another_program_wrote_is_filtered_by(
    store: Store, visit: Visit
) -> None:
    store.fill(["Gold", "Silver"])
    store.rewrite("Silver", tag={"S": ""})
    assert rows(visit(BROWSE, tag="")) == ["Silver"]


def test_a_filter_by_a_field_that_is_gone_is_told_with_the_way_to_be_rid_of_it(
    store: Store, visit: Visit
) -> None:
    store.fill(["Gold"])
    toolbar = drawn(visit(BROWSE, region="EU"), "toolbar")
    assert [chip["text"] for chip in toolbar["chips"]] == [
        "Not applied: There is no field “region” to filter by."
    ]
    assert toolbar["chips"][0]["parameters"] == ["region"]
    assert "region" in toolbar["clear"]


def test_a_page_past_the_last_one_shows_assets(store: Store, visit: Visit) -> None:
    store.fill([f"Asset {number:03}" for number in range(30)])
    app = visit(BROWSE, page="9")
    assert rows(app)
    assert not app.exception


def test_a_store_that_never_answered_is_said_in_plain_words(store: Store, visit: Visit) -> None:
    store.go_away()
    app = visit(BROWSE)
    assert "The store is not answering just now." in said(app)
    assert not app.exception


def test_a_store_that_went_away_leaves_what_was_last_seen(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    app = visit(BROWSE)
    store.go_away()
    app.run()
    assert rows(app) == ["Gold"]
    assert any("not answering" in text.value for text in app.markdown)
    assert not app.exception


def test_why_a_store_is_away_and_what_to_do_is_told_as_long_as_it_is(
    store: Store, visit: Visit
) -> None:
    store.server.unavailable = "Its Moto has stopped. Start that app again."
    app = visit(BROWSE)
    assert "Start that app again." not in said(app)
    store.go_away()
    app.run()
    assert "The store is not answering: this is what was last seen." in said(app)
    assert "Start that app again." in said(app)


def test_a_plain_moto_is_said_not_to_keep_anything(store: Store, visit: Visit) -> None:
    store.server.ours = False
    app = visit(BROWSE)
    assert any("not durable" in text.value for text in app.markdown)


@pytest.mark.parametrize("page", [BROWSE, ACTIVITY])
def test_a_store_that_cannot_keep_changes_or_has_lost_some_is_told_above_every_page(
    store: Store, visit: Visit, page: str
) -> None:
    store.server.refusing = "The data folder was deleted. Put it back."
    store.server.note = "tail-1 at byte 3: a record damaged beyond repair"
    app = visit(page)
    assert "Nothing can be changed" in said(app)
    assert "The data folder was deleted. Put it back." in said(app)
    assert "bring it back from a checkpoint" in said(app)
    assert "a record damaged beyond repair" in said(app)


def test_what_others_add_appears_at_the_next_click(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    app = visit(BROWSE)
    store.fill(["Silver"])
    assert rows(app.run()) == ["Silver", "Gold"]


def test_hostile_text_is_data_and_never_markup(store: Store, visit: Visit, hostile: str) -> None:
    store.fill([hostile])
    app = visit(BROWSE)
    assert rows(app) == [hostile]
    assert all(hostile not in str(text.value) for text in app.markdown)
    assert hostile not in said(app)
    assert not app.exception


def test_what_was_said_of_a_column_is_pinned_to_its_header(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    for number in range(7):
        said_of = given(f"Remark {number}", place={"field": "Tag"})
        store.basket.feedback.give("OPEN", said_of, person="ada", by="Ada")
    app = visit(BROWSE, columns="name,tag")
    name, tag = drawn(app, "assets")["columns"]
    assert "pin" not in name
    assert (tag["pin"]["count"], tag["pin"]["board"]) == (7, "feedback?where=Browse&field=Tag")
    told = tag["pin"]["told"].splitlines()
    assert (told[0], told[-1], len(told)) == ("Ada: Remark 6", "and 2 more", 6)
    assert drawn(app, "talk")["fields"] == ["Name", "Tag"]
    assert "columns" in drawn(app, "live")["marks"]


def test_what_was_said_elsewhere_is_pinned_to_no_column(store: Store, visit: Visit) -> None:
    store.fill(["Gold"])
    elsewhere = given("Odd", place={"page": "Add asset", "field": "Tag"})
    for remark in (elsewhere, given("Odd"), given("Odd", place={"field": "No such"})):
        store.basket.feedback.give("OPEN", remark, person="ada", by="Ada")
    columns = drawn(visit(BROWSE), "assets")["columns"]
    assert not [column for column in columns if "pin" in column]
