"""Finding, starting, restarting and stopping Moto."""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from services.errors import StartRefused, StoreUnavailable
from services.model.query import AssetQuery
from services.store.connection import FIRST, Connection, Timeouts
from services.store.moto_process import probe
from services.store.moto_process.folder import DataFolder
from services.store.moto_process.launcher import MotoLauncher
from services.store.moto_process.probe import Answer, identify
from services.store.moto_process.supervisor import MotoSupervisor
from services.store.read_model import catalogue
from services.store.table import ensure_table
from tests.bench.processes import free_port
from tests.fakes.assets import entered
from tests.integration.stores import (
    REGION,
    Kept,
    eventually,
    kill,
    motos,
    stopped,
    supervised,
    supervisor,
)
from tests.integration.strangers import (
    Talk,
    dying,
    hang_up,
    noise,
    not_found,
    plain_server,
    reset,
    web_server,
)

STRANGERS: dict[str, tuple[Callable[[], contextlib.AbstractContextManager[str]], str]] = {
    "200 to all": (lambda: web_server(200, b"{}"), "answers HTTP, but is not Moto"),
    "404 to all": (lambda: web_server(404, b"no"), "answers HTTP, but is not Moto"),
    "500 to all": (lambda: web_server(500, b"<h1>no</h1>"), "answers HTTP, but is not Moto"),
    "our own words": (
        lambda: web_server(200, b'{"server": "asset-basket-moto", "nonce": "guessed"}'),
        "answers HTTP, but is not Moto",
    ),
    "TLS garbage": (lambda: plain_server(noise), "does not speak HTTP"),
    "hangs up": (lambda: plain_server(hang_up), "does not speak HTTP"),
}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever does not answer is given up after a moment."""
    monkeypatch.setattr(probe, "_ASKING_SECONDS", 0.3)
    monkeypatch.setattr(probe, "_PATIENCE", Timeouts(0.3, 0.3))


def refused(data: Path, url: str) -> str:
    """With what sentence a start on an endpoint that was asked for is refused."""
    with pytest.raises(StartRefused) as caught:
        supervisor(data, url).start()
    assert motos(data) == []
    return str(caught.value)


def what_is_at(url: str, what: str) -> str:
    return f"BASKET_DYNAMODB_ENDPOINT is {url}, but what is there {what}."


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_on_an_endpoint_that_was_asked_for_stops_the_start_by_name(
    stranger: str, tmp_path: Path
) -> None:
    listens, what = STRANGERS[stranger]
    with listens() as url:
        assert what_is_at(url, what) in refused(tmp_path, url)


def test_who_accepts_and_does_not_answer_is_asked_twice_and_then_a_stranger(
    tmp_path: Path, hasty: None
) -> None:
    asked: list[socket.socket] = []
    with plain_server(asked.append) as url:
        said = refused(tmp_path, url)

    assert what_is_at(url, "accepts connections but does not answer") in said
    assert len(asked) == 2


def test_a_stranger_that_drips_does_not_hold_up_the_start(tmp_path: Path, hasty: None) -> None:
    def drip(plug: socket.socket) -> None:
        plug.sendall(b"HTTP/1.1 200 OK\r\nX-Drip: ")
        # Until the other side hangs up.
        while True:
            plug.sendall(b"x")
            time.sleep(0.05)

    with plain_server(drip) as url:
        said = refused(tmp_path, url)

    assert what_is_at(url, "accepts connections but does not answer") in said


@pytest.mark.parametrize("last_words", [[hang_up], [not_found, reset]])
def test_who_dies_while_it_is_asked_is_no_stranger_but_gone(last_words: list[Talk]) -> None:
    with dying(*last_words) as url:
        assert identify(Connection("moto", REGION, url)).who == "nobody"


def test_a_moto_that_is_too_busy_to_answer_when_it_starts_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, ours = (
        Answer("stranger", note="accepts connections but does not answer"),
        Answer("ours"),
    )
    said = [Answer("nobody"), silent, silent, ours]
    monkeypatch.setattr("services.store.moto_process.launcher.identify", lambda _: said.pop(0))
    monkeypatch.setattr("services.store.moto_process.launcher.MotoProcess", Running)
    launcher = MotoLauncher(
        Connection("moto", REGION, "http://127.0.0.1:1"), DataFolder(tmp_path), may_move=False
    )
    launcher.spawn()

    assert launcher.wait() == ours


def test_a_moto_that_is_killed_as_it_starts_is_started_once_more(tmp_path: Path) -> None:
    here = Connection("moto", REGION, f"http://127.0.0.1:{free_port()}")
    launcher = MotoLauncher(here, DataFolder(tmp_path), may_move=False)
    kill(launcher.spawn().pid)
    try:
        assert launcher.wait().who == "ours"
    finally:
        assert launcher.process
        launcher.process.end()


class Running:
    """A process of which nothing is known but that it runs."""

    fate = "runs"

    def __init__(self, *_: object) -> None:
        pass


def test_where_nobody_answers_a_moto_is_started_that_keeps_what_it_is_told(tmp_path: Path) -> None:
    with supervised(tmp_path) as kept:
        state = kept.supervisor.state
        assert (state.started_here, state.ours) == (True, True)
        assert motos(tmp_path) == [kept.pid]
        added = kept.assets.add(entered(), by="Ada")
    assert motos(tmp_path) == []
    # An app that has stopped starts none any more.
    with pytest.raises(StoreUnavailable):
        kept.assets.get(added.identifier)
    assert motos(tmp_path) == []

    with supervised(tmp_path) as kept:
        assert kept.assets.get(added.identifier) == added
        assert kept.assets.browse(AssetQuery()).items == (added,)


def test_moto_outlives_its_starter_and_a_crash_of_another_app_and_goes_with_the_last(
    tmp_path: Path,
) -> None:
    first = supervisor(tmp_path, f"http://127.0.0.1:{free_port()}")
    first.start()
    first.revive()
    moto = first.state.pid
    crashed = _joining(first, tmp_path)
    first.stop()
    assert motos(tmp_path) == [moto]

    # A crash: the process is gone, and its lock on the list of users with it.
    with crashed._folder.leave():
        pass
    assert motos(tmp_path) == [moto]

    _joining(first, tmp_path).stop()
    assert eventually(lambda: not motos(tmp_path))


def _joining(first: MotoSupervisor, data: Path) -> MotoSupervisor:
    """Another app on the same folder, which finds the first one's Moto."""
    joined = supervisor(data, first.connection.endpoint or "")
    joined.start()
    assert joined.state.pid == first.state.pid
    assert (joined.state.started_here, joined.state.ours) == (False, True)
    return joined


def test_who_serves_is_known_when_another_app_has_started_moto_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.store.moto_process.supervisor._LOOK_SECONDS", 0)
    with supervised(tmp_path) as first, supervised(tmp_path, first.endpoint) as second:
        kill(first.pid)
        second.supervisor.revive()
        first.supervisor.look()
        assert [first.pid, second.pid] == motos(tmp_path) * 2


def test_an_app_without_an_endpoint_finds_its_folders_moto_on_whatever_port(kept: Kept) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with supervised(kept.data, nobody, endpoint_is_set=False) as other:
        assert other.endpoint == kept.endpoint
        assert motos(kept.data) == [kept.pid]


def test_a_folder_that_is_served_where_nobody_asked_is_said(kept: Kept) -> None:
    keeper = supervisor(kept.data, f"http://127.0.0.1:{free_port()}", endpoint_is_set=True)
    keeper.start()
    with pytest.raises(StoreUnavailable, match="is already served by the Moto at"):
        keeper.revive()
    keeper.stop()
    assert motos(kept.data) == [kept.pid]


def test_nobody_is_shown_another_folders_data_without_a_word(tmp_path: Path) -> None:
    endpoint = f"http://127.0.0.1:{free_port()}"
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    with supervised(theirs, endpoint) as first:
        added = first.assets.add(entered(), by="Ada")
        guest = supervisor(ours, endpoint)
        guest.start()
        guest.revive()
        assert guest.state.foreign_data_dir == str(theirs.resolve())
        assert first.supervisor.state.foreign_data_dir == ""
    away = f"The data shown until now is kept in {theirs.resolve()}, and the Moto server of that"
    try:
        # Nobody is there, and then one that keeps something else.
        for serves in (contextlib.nullcontext, lambda: supervised(tmp_path / "third", endpoint)):
            with serves(), pytest.raises(StoreUnavailable, match=away):
                guest.revive()
        assert guest.state.unavailable.startswith(away)
        assert motos(ours) == []
        with supervised(theirs, endpoint) as again:
            guest.revive()
            assert guest.state.unavailable == ""
            assert again.assets.get(added.identifier) == added
            assert guest.state.foreign_data_dir == str(theirs.resolve())
    finally:
        guest.stop()


def test_an_old_pid_file_does_not_lead_into_another_folders_data(
    kept: Kept, tmp_path: Path
) -> None:
    (tmp_path / "moto.json").write_bytes((kept.data / "moto.json").read_bytes())
    here = Connection("moto", REGION, f"http://127.0.0.1:{free_port()}")
    launcher = MotoLauncher(here, DataFolder(tmp_path), may_move=True)

    launcher.follow()

    assert launcher.connection == here


def test_of_two_apps_that_start_at_the_same_moment_one_has_the_moto_and_the_last_stops_it(
    tmp_path: Path,
) -> None:
    endpoint = f"http://127.0.0.1:{free_port()}"
    both = [supervisor(tmp_path, endpoint) for _ in range(2)]
    barrier = threading.Barrier(2)

    def start(keeper: Any) -> None:
        barrier.wait()
        keeper.start()
        keeper.revive()

    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(start, both))
        [moto] = motos(tmp_path)
        assert [keeper.state.pid for keeper in both] == [moto, moto]
        added = Kept(both[0]).assets.add(entered(), by="Ada")
        assert Kept(both[1]).assets.get(added.identifier) == added
        # The slower one leaves last.
        both.sort(key=lambda keeper: not keeper.state.started_here)
        assert [keeper.state.started_here for keeper in both] == [True, False]
    finally:
        both[0].stop()
        still_there = motos(tmp_path)
        both[1].stop()
    assert still_there == [moto]
    assert eventually(lambda: not motos(tmp_path))


def test_a_moto_of_somebody_elses_is_used_and_never_stopped(stock_url: str, tmp_path: Path) -> None:
    with supervised(tmp_path, stock_url) as kept:
        state = kept.supervisor.state
        assert (state.ours, state.started_here) == (False, False)
        assert not kept.supervisor.safe_for_several_writers
        added = kept.assets.add(entered(), by="Ada")

    assert motos(tmp_path) == []
    with supervised(tmp_path, stock_url) as kept:
        assert kept.assets.get(added.identifier) == added


def test_a_killed_moto_is_restarted_once_however_many_ask_and_has_kept_everything(
    kept: Kept,
) -> None:
    added = [kept.assets.add(entered(name=f"{n}"), by="Ada") for n in range(8)]
    before, log = kept.pid, kept.data / "moto.log"
    starts = log.read_text().count("listens on")
    kill(before)
    barrier = threading.Barrier(8)

    def read(identifier: str) -> str:
        barrier.wait()
        return kept.assets.get(identifier).name

    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(read, [asset.identifier for asset in added]))

    assert names == [asset.name for asset in added]
    assert motos(kept.data) == [kept.pid]
    assert kept.pid != before
    assert log.read_text().count("listens on") == starts + 1
    assert kept.assets.add(entered(), by="Ada").version == 1


class Sent:
    """What the clients of a store have sent."""

    def __init__(self, kept: Kept) -> None:
        self.names: list[str] = []
        gateway = kept.gateway
        for client in (gateway.quick, gateway.write, gateway.bulk, gateway.streams):
            client.meta.events.register("before-send", self._note)

    def _note(self, request: Any, **_: object) -> None:
        self.names.append(request.headers["X-Amz-Target"].decode().partition(".")[2])

    def while_(self, do: Callable[[], object]) -> list[str]:
        """What is sent meanwhile."""
        before = len(self.names)
        do()
        return self.names[before:]


def test_a_moto_that_hangs_is_asked_once_by_a_write_and_left_in_peace_by_who_browses(
    kept: Kept, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long each attempt may take: see tests/unit/store/test_connection.py."""
    monkeypatch.setattr(catalogue, "_PAUSE_SECONDS", 600)
    here = Kept(kept.supervisor, kept.table)
    sent, forms = Sent(here), here.assets
    old = forms.add(entered(name="old"), by="Ada")
    forms.browse(AssetQuery())

    def add() -> None:
        with pytest.raises(StoreUnavailable):
            forms.add(entered(name="new"), by="Ada", identifier="mine")

    with stopped(kept.pid):
        written = sent.while_(add)
        page = forms.browse(AssetQuery())
        browsed = sent.while_(lambda: [forms.browse(AssetQuery()) for _ in range(5)])
        away = here.catalogue.freshness.away_since
    again = kept.assets.add(entered(name="new"), by="Ada", identifier="mine")
    time.sleep(0.3)  # whatever the first request still does, it has done by now

    assert written == ["PutItem", "GetItem"]
    assert page.items == (old,)
    assert browsed == []
    assert away is not None
    assert again.name == "new"
    assert kept.assets.get("mine").version == 1
    scanned = kept.gateway.bulk.scan(TableName=kept.table)["Items"]
    assert len([i for i in scanned if i["PK"] == {"S": "ASSET#mine"}]) == 1
    assert motos(kept.data) == [kept.pid]


def test_a_moto_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("in the way of a folder")
    keeper = supervisor(tmp_path, f"http://127.0.0.1:{free_port()}")
    keeper.start()
    try:
        with pytest.raises(StoreUnavailable, match=r"Moto did not start: \w"):
            keeper.revive()
    finally:
        keeper.stop()


def test_ctrl_c_in_the_terminal_does_not_reach_moto(kept: Kept) -> None:
    assert os.getpgid(kept.pid) == kept.pid != os.getpgid(0)


def test_stopping_twice_does_no_harm(kept: Kept) -> None:
    second = supervisor(kept.data, kept.endpoint)
    second.start()
    second.stop()
    second.stop()
    assert motos(kept.data) == [kept.pid]


def test_a_moto_that_has_just_started_may_take_its_time_over_its_first_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    def ensure(client: Any, table: str) -> str:
        waited.append(client.meta.config.read_timeout)
        return ensure_table(client, table)

    monkeypatch.setattr("services.store.moto_process.supervisor.ensure_table", ensure)
    monkeypatch.setattr(
        "services.store.moto_process.supervisor.WRITE", Timeouts(connect=60, read=61)
    )
    with supervised(tmp_path) as kept:
        kept.supervisor.revive()
        kill(kept.pid)
        kept.supervisor.revive()

    assert waited == [FIRST.read, 61, FIRST.read]
