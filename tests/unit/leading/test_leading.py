"""Leading: who may, from which window, where to, and who goes along."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocket

from app.live.broadcaster import ChangeBroadcaster
from app.shell import routes
from services.access import Role
from services.errors import NoSession, NotAllowed
from services.leading import lead
from services.leading.lead import Whereabouts, whereabouts
from services.leading.service import LeadService, Showing
from services.sessions.presence import Presence
from tests.fakes.talk import Talk


@pytest.fixture
def talk() -> Talk:
    """A session is live, and Ann leads from her window."""
    made = Talk()
    made.sessions.start("Review", "", by="Ann", code="AAA-AAA", role="presenter")
    for window in ("hers", "her other", "his"):
        made.leads.opened(window)
    made.leads.start("hers", person="ann", by="Ann", role="presenter")
    return made


def showing(leads: LeadService) -> Showing:
    leads.look()
    found = leads.now()
    assert found
    return found


@pytest.mark.parametrize(
    ("address", "led_to"),
    [
        ("", Whereabouts("")),
        ("?tag=ISA&tag=a%26b&q=", Whereabouts("?tag=ISA&tag=a%26b&q=")),
        ("asset?id=7", Whereabouts("asset?id=7")),
        ("?tour=story&tag=ISA", Whereabouts("?tag=ISA")),
        *((page, Whereabouts(apart=True)) for page in ("present", "model", "scenarios", "join")),
        *(
            (hostile, Whereabouts(apart=True))
            for hostile in ("//evil.example", "https://evil.example", "javascript:alert(1)", "/add")
        ),
        *((hostile, Whereabouts(apart=True)) for hostile in ("../x", "\\\\evil", "?" + "x" * 7000)),
    ],
)
def test_one_is_led_to_pages_for_everybody_and_nowhere_else(
    address: str, led_to: Whereabouts
) -> None:
    assert whereabouts(address) == led_to


def test_only_the_window_that_leads_counts(talk: Talk) -> None:
    talk.leads.move("hers", "?tag=ISA", role="presenter")
    talk.leads.move("her other", "add", role="presenter")
    assert showing(talk.leads).where == Whereabouts("?tag=ISA")
    talk.leads.take_over("her other", person="ann", role="presenter")
    talk.leads.move("her other", "add", role="presenter")
    talk.leads.move("hers", "bin", role="presenter")
    assert showing(talk.leads).where == Whereabouts("add")


def test_after_a_reload_it_goes_on_but_not_from_a_copy_of_the_window(talk: Talk) -> None:
    lead = showing(talk.leads).lead
    talk.leads.resume("her other", lead.identifier, person="ann", role="presenter")
    assert showing(talk.leads).window == "hers"
    talk.leads.closed("hers")
    talk.leads.resume("his", lead.identifier, person="bob", role="presenter")
    assert showing(talk.leads).window == ""
    talk.leads.resume("her other", lead.identifier, person="ann", role="presenter")
    assert showing(talk.leads).window == "her other"


def test_who_follows_is_counted_once_and_gone_with_the_last_window(talk: Talk) -> None:
    lead = showing(talk.leads).lead
    for window in ("his", "his other"):
        talk.leads.opened(window)
        talk.leads.follow(window, lead.identifier, person="bob")
    talk.leads.follow("her other", lead.identifier, person="ann")
    assert showing(talk.leads).followers == {"bob"}
    talk.leads.closed("his other")
    talk.leads.follow("his", "", person="bob")
    assert showing(talk.leads).followers == frozenset()


def test_a_restart_of_the_app_ends_nothing(talk: Talk) -> None:
    lead = showing(talk.leads).lead
    after = talk.another().leads
    after.opened("hers anew")
    assert showing(after).lead == lead
    assert showing(after).where is None
    after.resume("hers anew", lead.identifier, person="ann", role="presenter")
    after.move("hers anew", "bin", role="presenter")
    assert showing(after).where == Whereabouts("bin")


def test_it_ends_when_it_is_switched_off_and_with_the_session(talk: Talk) -> None:
    first = showing(talk.leads).lead
    talk.leads.stop(role="presenter")
    assert talk.leads.now() is None
    talk.leads.start("hers", person="ann", by="Ann", role="presenter")
    assert showing(talk.leads).lead.identifier != first.identifier
    talk.sessions.close("AAA-AAA", by="Ann", role="presenter")
    talk.leads.look()
    assert talk.leads.now() is None
    with pytest.raises(NoSession):
        talk.leads.start("hers", person="ann", by="Ann", role="presenter")


def test_a_guest_neither_leads_nor_ends_it(talk: Talk) -> None:
    lead = showing(talk.leads).lead
    deeds: list[Callable[[], None]] = [
        lambda: talk.leads.start("his", person="bob", by="Bob", role="guest"),
        lambda: talk.leads.stop(role="guest"),
        lambda: talk.leads.move("hers", "bin", role="guest"),
        lambda: talk.leads.take_over("his", person="bob", role="guest"),
        lambda: talk.leads.resume("his", lead.identifier, person="bob", role="guest"),
    ]
    for deed in deeds:
        with pytest.raises(NotAllowed):
            deed()
    assert showing(talk.leads).lead == lead


class House:
    """A server with lines on which pages tell of leading, and two people who hold one each."""

    def __init__(self) -> None:
        self.talk, presence = Talk(), Presence()
        self.talk.sessions.start("Review", "", by="Ann", code="AAA-AAA", role="presenter")
        self.talk.leads.look()
        live = ChangeBroadcaster(
            self.talk.catalogue, self.talk.notices, presence, self.talk.leads, self.talk.led_tours
        )
        presence.at("a", "ann", "Ann", "Browse")
        presence.at("b", "bob", "Bob", "Browse")

        async def serve(websocket: WebSocket) -> None:
            role: Role = "presenter" if websocket.query_params["tab"] == "a" else "guest"
            await live.serve(websocket, role)

        self.client = TestClient(Starlette(routes=[WebSocketRoute("/live", serve)]))


@pytest.fixture
def lines() -> Iterator[tuple[WebSocketTestSession, WebSocketTestSession]]:
    """Ann's, who presents, and Bob's."""
    with House().client as client:  # one event loop for both
        ann = client.websocket_connect("/live?tab=a&window=1")
        bob = client.websocket_connect("/live?tab=b&window=2")
        with ann, bob:
            yield ann, bob


def told(line: WebSocketTestSession, **expected: Any) -> dict[str, Any]:
    """What a page is told of the lead, as soon as it is this."""
    for _ in range(30):
        leading = line.receive_json()["leading"]
        shown: dict[str, Any] = (leading["lead"] or {}) | leading
        if expected.items() <= shown.items():
            return shown
    raise AssertionError(f"never told {expected}")


@pytest.mark.timeout(20)
def test_everybody_is_told_where_they_are_led_and_the_presenter_how_many_follow(
    lines: tuple[WebSocketTestSession, WebSocketTestSession],
) -> None:
    ann, bob = lines
    told(ann, may=True, lead=None)
    ann.send_json({"lead": "start"})
    ann.send_json({"at": "?tag=ISA"})
    lead = told(bob, name="Ann", mine=False, address="?tag=ISA", may=False)
    bob.send_json({"follow": lead["id"]})
    told(ann, here=True, followers=1, others=1)
    ann.send_json({"at": "present"})
    told(bob, apart=True, address=None)
    ann.close()
    told(bob, held=False)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("said", ['{"lead": "start"}', "[" * 9999, "{", "7", '{"at": 7}', "\x00"])
def test_a_guest_s_line_starts_nothing_whatever_it_says(
    lines: tuple[WebSocketTestSession, WebSocketTestSession], said: str
) -> None:
    ann, bob = lines
    bob.send_text(said)
    bob.send_json({"lead": "start"})
    told(bob, lead=None, problem="Only the presenter can do this.")
    told(ann, lead=None)


def test_every_page_to_which_one_can_be_led_can_be_come_in_by_as_well() -> None:
    to_browse = {path for path in lead._FOR_EVERYBODY if routes.way(f"/{path}")[0] == routes.BROWSE}
    assert to_browse == {""}
