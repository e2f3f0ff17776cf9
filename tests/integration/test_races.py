"""Starts and calls that meet a Moto just as it dies, starts or moves."""

import contextlib
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.errors import StartRefused, StoreUnavailable
from services.store.table import ensure_table
from tests.bench.processes import free_port, spawned, wait_until
from tests.bench.servers import ROOT
from tests.fakes.assets import entered
from tests.integration.stores import (
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
    reset,
    standing_before,
    web_server,
)
from tests.integration.torture.parts import cleared

_HELD_UP = """
import sys, time
from services.moto_server import __main__, discovery

take = discovery.lock

def hold(folder):
    handle = take(folder)
    while not (folder / "go").exists():
        time.sleep(0.01)
    return handle

discovery.lock = hold
del sys.argv[1]
sys.exit(__main__.main())
"""


@dataclass(frozen=True)
class Starting:
    """A Moto that does not listen yet."""

    pid: int
    _go: Path

    def go_on(self) -> None:
        """Let it start."""
        self._go.touch()


def works(kept: Kept) -> bool:
    """Whether it takes an asset and has it afterwards."""
    added = kept.assets.add(entered(), by="Ada")
    return kept.assets.get(added.identifier) == added


@contextlib.contextmanager
def starting(data: Path, endpoint: str) -> Iterator[Starting]:
    """A Moto that has taken its folder and is held up before it reads its journal."""
    data.mkdir(exist_ok=True)
    command = [
        *(sys.executable, "-c", _HELD_UP, "services.moto_server"),
        *("-p", str(port_of(endpoint)), "--data-dir", str(data.resolve())),
    ]
    lock = data / "moto.lock"
    with spawned("held up", command, folder=ROOT, log=data / "held.log") as process:
        wait_until(process, lambda: lock.exists() and lock.read_text().endswith("\n"))
        yield Starting(process.pid, data / "go")


def was_turned_away(data: Path) -> bool:
    return "is already served" in (data / "moto.log").read_text()


def port_of(url: str) -> int:
    return int(url.rsplit(":", 1)[1])


def elsewhere() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.mark.parametrize("same_port", [True, False])
def test_a_moto_that_still_reads_its_journal_is_waited_for(same_port: bool, tmp_path: Path) -> None:
    theirs = elsewhere()
    keeper = supervisor(tmp_path, theirs if same_port else elsewhere(), endpoint_is_set=False)
    with starting(tmp_path, theirs) as moto, cleared(tmp_path), ThreadPoolExecutor(1) as pool:
        keeper.start()
        kept = Kept(keeper)
        asked = pool.submit(works, kept)
        assert eventually(lambda: was_turned_away(tmp_path))
        moto.go_on()

        assert asked.result()
        assert keeper.state.endpoint == theirs
        assert keeper.state.restarts == 0
        assert motos(tmp_path) == [kept.pid]


def test_a_moto_that_dies_over_its_journal_is_replaced(tmp_path: Path) -> None:
    endpoint = elsewhere()
    keeper = supervisor(tmp_path, endpoint)
    with starting(tmp_path, endpoint) as moto, cleared(tmp_path), ThreadPoolExecutor(1) as pool:
        keeper.start()
        asked = pool.submit(works, Kept(keeper))
        assert eventually(lambda: was_turned_away(tmp_path))
        kill(moto.pid)

        assert asked.result()
        keeper.stop()


def test_a_moto_that_comes_back_on_another_port_is_followed(tmp_path: Path) -> None:
    there, here = elsewhere(), elsewhere()
    with supervised(tmp_path, there, endpoint_is_set=False) as kept:
        assert works(kept)
        kill(kept.pid)
        # An app that looks elsewhere is the first to miss it.
        with supervised(tmp_path, here) as other:
            assert other.supervisor.state.endpoint == here
            assert works(kept)
            assert kept.supervisor.state.endpoint == here
            assert motos(tmp_path) == [kept.pid]


def test_a_call_outlasts_the_end_of_a_moto(kept: Kept) -> None:
    added = kept.assets.add(entered(), by="Ada")
    kill(kept.pid)
    # While its threads end one by one, the port still takes connections and breaks them off.
    with dying(*[reset] * 3, port=port_of(kept.endpoint)):
        assert kept.assets.get(added.identifier) == added
        assert works(kept)


def test_a_moto_that_dies_once_it_was_recognized_is_started_again(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    doomed = [kept.pid]

    def die_first(client: Any, table: str) -> str:
        while doomed:
            kill(doomed.pop())
        return ensure_table(client, table)

    monkeypatch.setattr("services.store.moto_process.supervisor.ensure_table", die_first)
    kept.supervisor.revive()
    assert works(kept)


def cut_off(plug: socket.socket) -> None:
    """Die over the answer."""
    plug.recv(65536)
    plug.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{"server": "asset')
    plug.close()


def stall(plug: socket.socket) -> None:
    """Not get round to answering."""


@pytest.mark.parametrize("talk", [cut_off, reset, stall])
def test_one_bad_moment_does_not_make_our_moto_a_stranger(
    talk: Talk, tmp_path: Path, durable_url: str, impatient: None
) -> None:
    with standing_before(port_of(durable_url), talk) as url:
        keeper = supervisor(tmp_path, url)
        keeper.start()
        assert keeper.state.ours
        keeper.stop()


class Ports:
    """Which ports are said to be free, when somebody was quicker on the first ones."""

    def __init__(self, *taken: int) -> None:
        self._taken = list(taken)

    def __call__(self) -> int:
        return self._taken.pop(0) if self._taken else free_port()


@contextlib.contextmanager
def bound() -> Iterator[int]:
    """A port that is taken, although nobody answers there."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", free_port()))
        yield plug.getsockname()[1]


def test_a_port_that_is_taken_just_before_moto_gets_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_server(200, b"{}") as asked, web_server(404, b"no") as quicker, bound() as silent:
        ports = Ports(port_of(quicker), silent)
        monkeypatch.setattr("services.store.moto_process.launcher.free_port", ports)
        with supervised(tmp_path, asked, endpoint_is_set=False) as kept:
            state = kept.supervisor.state
            assert state.endpoint not in {asked, quicker}
            assert (state.ours, state.started_here) == (True, True)
            assert works(kept)


def test_a_start_that_cannot_come_about_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("in the way of a folder")
    with web_server(200, b"{}") as asked, cleared(tmp_path):
        keeper = supervisor(tmp_path, asked, endpoint_is_set=False)
        with pytest.raises(StartRefused, match=r"Moto did not start: \w"):
            keeper.start()
        keeper.stop()


def test_a_data_folder_that_is_none_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StartRefused, match="BASKET_DATA_DIR"):
        supervisor(tmp_path / "file", elsewhere()).start()


def test_an_app_that_stops_does_not_wait_for_a_moto_that_starts(tmp_path: Path) -> None:
    keeper = supervisor(tmp_path, elsewhere())
    with cleared(tmp_path), ThreadPoolExecutor(1) as pool:
        keeper.start()
        [moto] = motos(tmp_path)
        with stopped(moto):
            asked = pool.submit(keeper.revive)
            keeper.stop()
            with pytest.raises(StoreUnavailable):
                asked.result()
        assert eventually(lambda: motos(tmp_path) == [])
