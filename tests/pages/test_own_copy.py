"""A copy of one's own, without a browser: what it shows, how one leaves it, what is told of it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app.basket import Basket
from app.features.feedback.inbox import Acknowledgement, Author, FeedbackInbox
from services.model.query import AssetQuery
from services.sandbox.service import SandboxService
from tests.fakes.assets import entered
from tests.fakes.copies import with_copies
from tests.pages.conftest import BROWSE, FEEDBACK, TOUR, Store, Visit, drawn, press, said

PRIVATE = "first-asset"
BADGE = "Your own copy: nobody else sees it"


def badges(app: AppTest) -> str:
    return "\n".join(part.value for part in app.markdown)


def names(app: AppTest) -> list[str]:
    return [row["cells"][0]["text"] for row in drawn(app, "assets")["rows"]]


def only_copy(store: Store) -> Basket:
    (copy,) = store.basket.copies._copies.values()
    return copy.thing


@pytest.fixture
def mine(store: Store, visit: Visit) -> AppTest:
    """A visitor who has just begun a private tour, with something else in the shared basket."""
    store.fill(["Everybody's"])
    return visit(BROWSE, tour=PRIVATE)


def test_a_private_tour_shows_its_scenario_and_says_whose_it_is(
    mine: AppTest, visit: Visit
) -> None:
    assert BADGE in badges(mine)
    assert "Your basket is empty" in badges(mine)
    assert "for everybody" not in badges(mine)
    other = visit(BROWSE)
    assert BADGE not in badges(other)
    assert names(other) == ["Everybody's"]


def test_who_leaves_is_back_on_the_shared_data_and_the_copy_is_gone(
    mine: AppTest, store: Store
) -> None:
    only_copy(store).assets.add(entered(name="Mine"), by="Ada")
    assert names(mine.run()) == ["Mine"]

    app = press(mine, "Back to the shared data")

    assert BADGE not in badges(app)
    assert names(app) == ["Everybody's"]
    assert len(store.basket.copies) == 0
    assert not app.exception


def test_an_app_that_was_restarted_gives_a_fresh_copy_and_says_so(
    mine: AppTest, store: Store
) -> None:
    person = only_copy(store).tours.in_session("OPEN")[0].person
    store.basket.tours.go(person, 1, at="empty-basket")
    store.basket.copies.close()
    store.basket = with_copies(store.basket, store.basket.copies._folder / "next")

    app = mine.run()

    assert BADGE in badges(app)
    assert "This is a fresh copy: anything you did in the one before is gone." in said(app)
    assert "This is a fresh copy" not in said(app.run())


def test_where_there_can_be_no_copy_the_tour_is_not_begun_and_it_is_said_why(
    store: Store, visit: Visit
) -> None:
    store.fill(["Everybody's"])
    full: SandboxService[Basket] = SandboxService(store.basket.copies._folder, None)
    store.basket = replace(store.basket, copies=full)

    app = visit(BROWSE, tour=PRIVATE)

    assert "on AWS there are none" in said(app)
    assert BADGE not in badges(app)
    assert not [one for one in store.basket.tours.in_session("OPEN") if one.active]


def test_what_is_said_in_a_copy_is_known_to_have_been_said_there(
    mine: AppTest, store: Store, visit: Visit
) -> None:
    assert drawn(mine, "talk")["copy"] == "empty"
    told = {"id": "000000000001", "kind": "idea", "text": "Nice", "copy": "empty", "page": "Browse"}
    basket = store.basket
    intake = FeedbackInbox(basket.sessions, basket.feedback, basket.assets)
    intake.take([told], Author("ada", "Ada", "presenter"), Acknowledgement())

    (entry,) = drawn(visit(FEEDBACK), "board")["entries"]
    assert entry["show"] == "Show this page in the shared data"
    assert entry["detail"].startswith("in a copy of their own that began with “empty”")


def test_links_to_files_lead_to_the_copy(mine: AppTest, store: Store) -> None:
    copy = only_copy(store)
    copy.assets.add(entered(name="Mine"), by="Ada")
    mine.session_state["toolbar"] = {"open": "exports"}

    scopes = drawn(mine.run(), "toolbar")["body"]["scopes"]

    assert f"copy={copy.copy}" in scopes[0]["links"][0]["href"]
    named = store.basket.copies.named(copy.copy)
    assert named is not None
    assert named.exports is copy.exports


def test_the_page_of_tours_says_what_does_not_fit_and_a_presenter_can_cure_it(
    store: Store, visit: Visit
) -> None:
    app = visit(TOUR)
    assert "The basket is empty just now" in said(app)

    app = app.button(key="load story").click().run()

    assert store.service.browse(AssetQuery()).everything == 59
    assert "The basket is empty just now" not in said(app)
    nvidia = store.service.browse(AssetQuery(text="NVIDIA")).items[0]
    store.service.bin(nvidia.identifier, by="Ada")
    assert "Its steps speak of what is not in the basket just now: “NVIDIA”." in said(app.run())
    assert [part for part in app.caption if "On a copy of your own" in part.value]


def test_a_guest_is_told_and_cannot_load(store: Store, visit: Visit) -> None:
    store.serve_for("guest")
    app = visit(TOUR)

    assert "The basket is empty just now" in said(app)
    assert not [button for button in app.button if button.label.startswith("Load")]
