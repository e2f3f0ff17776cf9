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
from services.store.connection import Timeouts
from tests.bench.processes import free_port
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
from tests.integration.strangers import dying, hang_up, noise, plain_server, web_server

_SHORTER_THAN_ANY_ANSWER = 0.0001
STRANGERS: dict[str, tuple[Callable[[], contextlib.AbstractContextManager[str]], str]] = {
    "200 to all": (lambda: web_server(200, b"{}"), "answers HTTP, but is not Moto"),
    "404 to all": (lambda: web_server(404, b"no"), "answers HTTP, but is not Moto"),
    "500 to all": (lambda: web_server(500, b"<h1>no</h1>"), "answers HTTP, but is not Moto"),
    "our own words": (
        lambda: web_server(200, b'{"server": "asset-basket-moto", "nonce": "guessed"}'),
        "answers HTTP, but is not Moto",
    ),
    "accepts and hangs": (
        lambda: plain_server(lambda _: None),
        "accepts connections but does not answer",
    ),
    "TLS garbage": (lambda: plain_server(noise), "does not speak HTTP"),
    "hangs up": (lambda: plain_server(hang_up), "does not speak HTTP"),
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_on_an_endpoint_that_was_asked_for_stops_the_start_by_name(
    stranger: str, tmp_path: Path
) -> None:
    listens, what = STRANGERS[stranger]
    with listens() as url:
        keeper = supervisor(tmp_path, url, endpoint_is_set=True)
        began = time.monotonic()
        with pytest.raises(StartRefused) as caught:
            keeper.start()

    assert f"BASKET_DYNAMODB_ENDPOINT is {url}, but what is there {what}." in str(caught.value)
    assert time.monotonic() - began < 4
    assert motos(tmp_path) == []


@pytest.mark.parametrize("stranger", ["200 to all", "accepts and hangs"])
def test_a_stranger_on_the_default_endpoint_is_stepped_around(
    stranger: str, tmp_path: Path
) -> None:
    with (
        STRANGERS[stranger][0]() as url,
        supervised(tmp_path, url, endpoint_is_set=False) as kept,
    ):
        assert kept.supervisor.state.endpoint != url
        assert kept.supervisor.state.started_here
        added = kept.assets.add(entered(), by="Ada")
        assert kept.assets.get(added.identifier) == added


def test_a_moto_that_is_killed_while_it_is_asked_is_no_stranger(tmp_path: Path) -> None:
    with dying(hang_up) as endpoint, supervised(tmp_path, endpoint) as kept:
        added = kept.assets.add(entered(), by="Ada")
        assert kept.assets.get(added.identifier) == added


def test_where_nobody_answers_a_moto_is_started_that_keeps_what_it_is_told(tmp_path: Path) -> None:
    with supervised(tmp_path) as kept:
        state = kept.supervisor.state
        assert (state.started_here, state.ours) == (True, True)
        assert motos(tmp_path) == [kept.pid]
        added = kept.assets.add(entered(), by="Ada")
    assert motos(tmp_path) == []

    with supervised(tmp_path) as kept:
        assert kept.assets.get(added.identifier) == added
        assert kept.assets.browse(AssetQuery()).items == (added,)


def test_a_second_app_finds_the_firsts_moto_and_the_last_one_to_leave_stops_it(
    tmp_path: Path,
) -> None:
    first = supervisor(tmp_path, f"http://127.0.0.1:{free_port()}")
    second = supervisor(tmp_path, first.connection.endpoint or "")
    first.start()
    first.revive()
    try:
        second.start()
        assert second.state.pid == first.state.pid
        assert (second.state.started_here, second.state.ours) == (False, True)
    finally:
        first.stop()
    still_there = motos(tmp_path)
    second.stop()

    assert still_there == [second.state.pid]
    assert eventually(lambda: not motos(tmp_path), 3)


def test_an_app_without_an_endpoint_finds_its_folders_moto_on_whatever_port(
    tmp_path: Path,
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with supervised(tmp_path) as first, supervised(tmp_path, nobody, endpoint_is_set=False) as kept:
        assert kept.supervisor.state.endpoint == first.supervisor.state.endpoint
        assert motos(tmp_path) == [first.pid]


def test_two_apps_that_start_at_the_same_moment_end_up_with_one_moto(tmp_path: Path) -> None:
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
        kept = Kept(both[0]).assets.add(entered(), by="Ada")
        assert Kept(both[1]).assets.get(kept.identifier) == kept
    finally:
        for keeper in sorted(both, key=lambda keeper: keeper.state.pid == moto):
            keeper.stop()
    assert eventually(lambda: not motos(tmp_path), 3)


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
    tmp_path: Path,
) -> None:
    with supervised(tmp_path) as kept:
        added = [kept.assets.add(entered(name=f"{n}"), by="Ada") for n in range(8)]
        before = kept.pid
        kill(before)
        barrier = threading.Barrier(8)

        def read(identifier: str) -> str:
            barrier.wait()
            return kept.assets.get(identifier).name

        with ThreadPoolExecutor(8) as pool:
            names = list(pool.map(read, [asset.identifier for asset in added]))

        assert names == [asset.name for asset in added]
        assert len(motos(tmp_path)) == 1
        assert kept.pid != before
        log = (tmp_path / "moto.log").read_text()
        assert log.count("listens on") == 2
        assert kept.assets.add(entered(), by="Ada").version == 1


def test_a_moto_that_hangs_makes_a_write_wait_less_than_three_seconds(tmp_path: Path) -> None:
    with supervised(tmp_path) as kept:
        old = kept.assets.add(entered(name="old"), by="Ada")
        kept.assets.browse(AssetQuery())
        with stopped(kept.pid):
            began = time.monotonic()
            with pytest.raises(StoreUnavailable):
                kept.assets.add(entered(name="new"), by="Ada", identifier="mine")
            waited = time.monotonic() - began

            page = kept.assets.browse(AssetQuery())
            began = time.monotonic()
            for _ in range(5):
                kept.assets.browse(AssetQuery())
            browsed = time.monotonic() - began
            away = kept.catalogue.freshness.away_since
        again = kept.assets.add(entered(name="new"), by="Ada", identifier="mine")
        time.sleep(0.3)  # whatever the first request still does, it has done by now

        assert waited < 3
        assert browsed < 2
        assert page.items == (old,)
        assert away is not None
        assert again.name == "new"
        assert kept.assets.get("mine").version == 1
        scanned = kept.gateway.bulk.scan(TableName="AssetBasket")["Items"]
        assert len([i for i in scanned if i["PK"] == {"S": "ASSET#mine"}]) == 1
        assert motos(tmp_path) == [kept.pid]


def test_a_moto_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("in the way of a folder")
    keeper = supervisor(tmp_path, f"http://127.0.0.1:{free_port()}")
    keeper.start()
    try:
        with pytest.raises(StoreUnavailable, match=r"Moto did not start: \w"):
            keeper.revive()
    finally:
        keeper.stop()


def test_moto_outlives_a_crash_of_the_app_and_is_found_again(tmp_path: Path) -> None:
    crashed = supervisor(tmp_path, f"http://127.0.0.1:{free_port()}")
    crashed.start()
    crashed.revive()
    pid = crashed.state.pid
    assert pid is not None
    # A crash: the process is gone, and its lock on the list of users with it.
    with crashed._folder.leave():
        pass

    with supervised(tmp_path, crashed.connection.endpoint) as kept:
        assert kept.pid == pid
        assert not kept.supervisor.state.started_here
    assert eventually(lambda: not motos(tmp_path), 3)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def test_ctrl_c_in_the_terminal_does_not_reach_moto(tmp_path: Path) -> None:
    with supervised(tmp_path) as kept:
        assert os.getpgid(kept.pid) == kept.pid != os.getpgid(0)


def test_the_slower_of_two_starters_stops_moto_when_it_leaves_last(tmp_path: Path) -> None:
    endpoint = f"http://127.0.0.1:{free_port()}"
    both = [supervisor(tmp_path, endpoint) for _ in range(2)]
    for keeper in both:
        keeper.start()
    for keeper in both:
        keeper.revive()
    [moto] = motos(tmp_path)
    told = [keeper.state for keeper in both]

    for keeper in both:
        keeper.stop()

    assert [state.pid for state in told] == [moto, moto]
    assert [state.started_here for state in told].count(True) == 1
    assert eventually(lambda: not motos(tmp_path), 3)


def test_stopping_twice_does_no_harm(tmp_path: Path) -> None:
    with supervised(tmp_path) as kept:
        second = supervisor(tmp_path, kept.supervisor.connection.endpoint or "")
        second.start()
        second.stop()
        second.stop()
        assert motos(tmp_path)


def test_an_old_pid_file_does_not_lead_into_another_folders_data(tmp_path: Path) -> None:
    with supervised(tmp_path / "theirs") as theirs:
        mine = tmp_path / "mine"
        mine.mkdir()
        port = str(theirs.supervisor.connection.endpoint).rsplit(":", 1)[1]
        (mine / "moto.json").write_text(f'{{"port": {port}, "pid": 1}}')
        nobody = f"http://127.0.0.1:{free_port()}"
        with supervised(mine, nobody, endpoint_is_set=False) as kept:
            assert kept.supervisor.state.endpoint != theirs.supervisor.state.endpoint


def test_a_stranger_that_drips_does_not_hold_up_the_start(tmp_path: Path) -> None:
    def drip(plug: socket.socket) -> None:
        plug.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(40):
            time.sleep(0.3)
            plug.sendall(b"X-Drip: 1\r\n")

    with plain_server(drip) as url:
        began = time.monotonic()
        with pytest.raises(StartRefused):
            supervisor(tmp_path, url).start()
        assert time.monotonic() - began < 5


def test_a_moto_that_has_just_started_may_take_its_time_over_its_first_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "services.store.supervisor.WRITE", Timeouts(connect=0.5, read=_SHORTER_THAN_ANY_ANSWER)
    )
    with supervised(tmp_path) as kept:
        with pytest.raises(StoreUnavailable):
            kept.supervisor.revive()
        kill(kept.pid)
        kept.supervisor.revive()
        assert kept.supervisor.state.restarts == 1
