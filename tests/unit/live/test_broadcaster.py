"""The line that every open page holds: it tells what has changed, and that the page is open."""

from collections.abc import Mapping

import pytest
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from app.live.broadcaster import ChangeBroadcaster
from services.sessions.presence import Presence
from services.store.read_model.catalogue import Catalogue
from tests.fakes.assets import stored
from tests.fakes.store import MemoryRepository, MemorySource, MemoryStore
from tests.fakes.talk import Talk


class Line:
    """A server with such lines, and what is told on one of them."""

    def __init__(self) -> None:
        self.talk, self.presence = Talk(), Presence()
        self.talk.notices.look()
        self.live = ChangeBroadcaster(
            self.talk.catalogue,
            self.talk.notices,
            self.presence,
            self.talk.leads,
            self.talk.led_tours,
        )
        self.app = Starlette(routes=[WebSocketRoute("/live", self.live.serve)])


@pytest.fixture
def line() -> Line:
    return Line()


def hear(
    socket: WebSocketTestSession, before: Mapping[str, str], parts: set[str]
) -> dict[str, str]:
    """What is told once all these parts are others than before; no other part may be.

    They need not come in one message: one part may be looked at a moment before the next.
    """
    while True:
        after: dict[str, str] = socket.receive_json()
        found = {part for part, mark in after.items() if mark != before[part]}
        assert found <= parts
        if found == parts:
            return after


def test_what_is_said_elsewhere_is_told_as_that_and_nothing_else(line: Line) -> None:
    with TestClient(line.app).websocket_connect("/live?tab=t") as socket:
        before = socket.receive_json()
        line.talk.another().say("Nice")
        hear(socket, before, {"talk"})


def test_what_is_said_of_a_column_is_told_to_tables(line: Line) -> None:
    with TestClient(line.app).websocket_connect("/live?tab=t") as socket:
        before = socket.receive_json()
        line.talk.another().say("Too wide", place={"field": "Tag"})
        hear(socket, before, {"talk", "columns"})


def test_another_s_asset_and_a_session_are_told_apart(line: Line) -> None:
    with TestClient(line.app).websocket_connect("/live?tab=t") as socket:
        first = socket.receive_json()
        MemoryRepository(line.talk.store).put(stored("one"), None)
        second = hear(socket, first, {"basket"})
        line.talk.another().sessions.start("Review", "", by="Pat", code="AAA-AAA", role="presenter")
        hear(socket, second, {"talk", "notices", "lead"})


def test_who_holds_a_line_is_here_until_it_ends(line: Line) -> None:
    line.presence.at("t", "ada", "Ada", "Browse")
    with TestClient(line.app).websocket_connect("/live?tab=t") as socket:
        socket.receive_json()
        assert line.presence.here() == {"ada": ("Browse",)}
    assert line.presence.here() == {}


def test_who_looks_at_a_copy_hears_of_it_and_of_what_is_said_until_it_is_closed(line: Line) -> None:
    store = MemoryStore()
    catalogue = Catalogue(MemorySource(store))
    catalogue.read()
    beside = line.live.beside(catalogue, "mine")
    app = Starlette(routes=[WebSocketRoute("/live", beside.serve)])
    with TestClient(app).websocket_connect("/live?tab=t") as socket:
        first = socket.receive_json()
        MemoryRepository(line.talk.store).put(stored("everybody's"), None)
        MemoryRepository(store).put(stored("mine"), None)
        second = hear(socket, first, {"basket"})
        line.talk.another().say("Nice")
        hear(socket, second, {"talk"})
        beside.close()
        with pytest.raises(WebSocketDisconnect):
            hear(socket, first, {"basket", "talk", "people"})

    # As often as there was news in the copy: a change of what all share is none of its.
    assert (first["basket"], second["basket"]) == ("mine 1", "mine 2")


def test_a_part_of_a_page_that_failed_in_browsers_is_logged_once(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    failure = {"failed": "table", "said": "TypeError: no rows\nForged line"}
    with TestClient(line.app).websocket_connect("/live?tab=t") as socket:
        socket.receive_json()
        for _ in range(3):
            socket.send_json(failure)
            # Whatever a page says, all are told anew.
            socket.receive_json()

    (said,) = [record.getMessage() for record in caplog.records if "browser" in record.getMessage()]
    assert "'table'" in said
    assert "\n" not in said
