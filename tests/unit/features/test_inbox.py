"""What browsers send: kept once with where it was said, refused by name, or asked for again."""

from typing import Any

import pytest

from app.features.feedback.inbox import Acknowledgement, Author, FeedbackInbox
from app.features.feedback.page_context import way_to
from services.assets.service import AssetService
from services.model.feedback import PageContext
from tests.fakes.assets import entered
from tests.fakes.store import MemoryRepository
from tests.fakes.talk import Talk

ADA = Author("ada", "Ada", "presenter")
GUEST = Author("ada", "Ada", "guest")
NUMBER = "0mabc1234567890"


class Desk:
    """Where what browsers send comes in."""

    def __init__(self) -> None:
        self.talk = Talk()
        self.assets = AssetService(MemoryRepository(self.talk.store), self.talk.catalogue)
        self.intake = FeedbackInbox(self.talk.sessions, self.talk.feedback, self.assets)
        self.received = Acknowledgement()

    def send(self, author: Author = ADA, **told: Any) -> None:
        usual = {"id": NUMBER, "kind": "idea", "text": "Nice", "page": "Browse", "address": ""}
        self.intake.take([usual | told], author, self.received)

    @property
    def place(self) -> PageContext:
        (one,) = self.talk.feedback.all()
        return one.place


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_is_sent_again_is_kept_once_and_acknowledged_each_time(desk: Desk) -> None:
    desk.send()
    desk.send()
    assert desk.received.kept == [NUMBER, NUMBER]
    assert len(desk.talk.feedback.all()) == 1


def test_it_belongs_to_the_session_in_which_it_was_begun(desk: Desk) -> None:
    desk.talk.sessions.start("First", "", by="Pat", code="AAA-AAA", role="presenter")
    desk.talk.sessions.start("Second", "", by="Pat", code="BBB-BBB", role="presenter")
    desk.send(session="AAA-AAA")
    assert [one.session for one in desk.talk.feedback.all()] == ["AAA-AAA"]


def test_a_guest_who_says_something_without_having_joined_is_counted(desk: Desk) -> None:
    session = desk.talk.sessions.start("Review", "", by="Pat", code="AAA-AAA", role="presenter")
    desk.send(session=session.code)
    assert desk.talk.sessions.attendance(session.code) == ()
    desk.send(GUEST, session=session.code, id=NUMBER + "0")
    desk.send(GUEST, session="")
    (ada,) = desk.talk.sessions.attendance(session.code)
    assert (ada.person, ada.name) == ("ada", "Ada")


def test_while_the_store_is_away_it_is_asked_for_again_and_then_kept(desk: Desk) -> None:
    desk.talk.catalogue.refresh()
    desk.talk.store.away = True
    desk.send()
    assert (desk.received.kept, desk.received.refused, desk.received.waiting) == ([], {}, True)
    desk.talk.store.away = False
    desk.send()
    assert (desk.received.kept, desk.received.waiting) == ([NUMBER], False)


def test_the_asset_looked_at_is_noted_with_its_version(desk: Desk) -> None:
    asset = desk.assets.add(entered(name="Gold"), by="Ada")
    desk.assets.bin(asset.identifier, by="Ada")
    desk.send(address=f"asset?id={asset.identifier}", page="Asset")
    assert (desk.place.asset, desk.place.asset_name) == (asset.identifier, "Gold")
    assert (desk.place.asset_version, len(desk.place.model)) == (2, 8)


def test_the_way_back_is_exactly_what_was_looked_at(desk: Desk) -> None:
    desk.send(address="?tag=ISA&tag=a%26b&sort=-name&q=", viewport="390×844", theme="dark")
    assert way_to(desk.place) == "./?tag=ISA&tag=a%26b&sort=-name&q="
    assert (desk.place.viewport, desk.place.theme) == ("390×844", "dark")


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example/x",
        "https://evil.example",
        "javascript:alert(1)",
        "../x",
        "Add",
        "?" + "x" * 7000,
    ],
)
def test_the_way_back_never_leads_out_of_the_app(desk: Desk, address: str) -> None:
    desk.send(address=address)
    assert way_to(desk.place) == "./"


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"kind": "rant"}, {"kind": 7}, {"rating": "many"}, {"id": "../x"}, {"id": None}],
    ids=str,
)
def test_what_cannot_be_kept_is_refused_with_a_reason(desk: Desk, wrong: dict[str, Any]) -> None:
    desk.send(**wrong)
    assert (desk.received.kept, desk.received.waiting) == ([], False)
    assert all(desk.received.refused.values())
    assert len(desk.received.refused) == 1


@pytest.mark.parametrize("told", [None, "x", {}, [None], [[]], 7])
def test_what_no_page_sends_is_passed_over(desk: Desk, told: Any) -> None:
    desk.intake.take(told, ADA, desk.received)
    assert desk.received == Acknowledgement()


def test_what_came_of_it_is_not_remembered_for_ever(desk: Desk) -> None:
    for number in range(200):
        desk.send(id=f"{number:015}")
        desk.send(id=f"x{number:015}", text="")
    assert len(desk.received.kept) == len(desk.received.refused) == 60
    assert desk.received.kept[-1] == f"{199:015}"


def test_it_may_be_about_a_field_that_there_is(desk: Desk) -> None:
    desk.send(field="Liquidity profile")
    assert desk.place.field == "Liquidity profile"


def test_what_is_no_field_is_about_the_page(desk: Desk) -> None:
    desk.send(field="<b>")
    assert desk.place.field == ""


def test_what_is_said_on_a_tour_keeps_its_step_and_an_answer_the_question(desk: Desk) -> None:
    desk.send(step="story/narrow-down", kind="answer")
    assert (desk.place.tour, desk.place.step) == ("story", "narrow-down")
    assert desk.place.question == "Which filter do you miss?"
    (one,) = desk.talk.feedback.all()
    assert one.kind == "answer"


@pytest.mark.parametrize("step", ["", "story/search", "story/no-such", "<b>/x", "story"])
def test_an_answer_to_nothing_is_kept_as_an_idea(desk: Desk, step: str) -> None:
    desk.send(step=step, kind="answer")
    (one,) = desk.talk.feedback.all()
    assert (one.kind, one.text, one.place.question) == ("idea", "Nice", "")
