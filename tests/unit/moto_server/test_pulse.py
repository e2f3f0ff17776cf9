"""When the pulse beats: after a change, and before whoever made it is told so."""

from pathlib import Path

import pytest

from services.moto_server.http.wire import Answer, Request, WsgiApp, run
from services.moto_server.pulse import Pulse
from services.moto_server.write_ahead import Ledger
from tests.unit.moto_server.conftest import Server
from tests.unit.moto_server.requests import create_table, dynamodb, put


def felt(folder: Path) -> bytes:
    return (folder / "moto.pulse").read_bytes()


class Watched:
    """A server, and what its pulse was at the moment Moto had made the change."""

    def __init__(self, moto: WsgiApp, folder: Path) -> None:
        server = Server(moto, folder / "journal")
        self._moto, self._folder, self.during = moto, folder, b""
        self._ledger = Ledger(server.journal, server.compaction.consider, Pulse(folder))

    def ask(self, request: Request) -> Answer:
        return self._ledger.entered(request, self._asked)

    def _asked(self, request: Request) -> Answer:
        answer = run(self._moto, request)
        self.during = felt(self._folder)
        return answer


@pytest.fixture
def watched(moto: WsgiApp, tmp_path: Path) -> Watched:
    made = Watched(moto, tmp_path)
    made.ask(create_table())
    return made


@pytest.mark.parametrize("headers", [{}, {"HTTP_X_BASKET_EPHEMERAL": "1"}])
def test_it_beats_between_the_change_and_the_answer(
    watched: Watched, tmp_path: Path, headers: dict[str, str]
) -> None:
    request = put("a")
    request.headers.update(headers)

    assert watched.ask(request).succeeded
    assert felt(tmp_path) != watched.during


def test_a_look_leaves_it_as_it_is(watched: Watched, tmp_path: Path) -> None:
    before = felt(tmp_path)

    watched.ask(dynamodb("Scan", {"TableName": "Things"}))

    assert felt(tmp_path) == before == watched.during
