"""Starting, being found, refusing company, stopping."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.moto_server.conftest import Launch, MotoProcess, key, make_table


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A server that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "services.moto_server", *arguments],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_can_be_found_and_recognized_until_it_stops_cleanly(
    launch: Launch, tmp_path: Path
) -> None:
    server = launch()
    status = server.status()
    card = tmp_path / "data" / "moto.json"
    found = json.loads(card.read_text())
    assert f"http://{found['host']}:{found['port']}" == server.url
    assert (found["pid"], found["boot"]) == (server.process.pid, status["boot"])
    assert (status["server"], status["nonce"]) == ("asset-basket-moto", "abc")
    assert (status["durable"], status["dataDir"]) == (True, str(tmp_path / "data"))
    assert status["journal"] == {"bytes": 0, "records": 0, "failing": None}

    make_table(server).list_tables()  # leaves a connection open
    assert server.stop(signal.SIGTERM) == (0, "")
    assert not card.exists()
    again = launch()
    assert again.status()["boot"] != status["boot"]
    assert again.stop(signal.SIGINT) == (0, "")
    assert not card.exists()


def test_a_second_server_on_the_same_folder_is_turned_away(launch: Launch, tmp_path: Path) -> None:
    server = launch()
    before = sorted(path.name for path in (tmp_path / "data").rglob("*"))
    second = command("-p", "0", "--data-dir", str(tmp_path / "data"))
    assert second.returncode == os.EX_TEMPFAIL
    assert f"pid {server.process.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert sorted(path.name for path in (tmp_path / "data").rglob("*")) == before
    assert server.status()["durable"]


def test_nobody_else_of_this_machine_can_read_what_it_remembers(
    launch: Launch, tmp_path: Path, table: str
) -> None:
    server = launch()
    make_table(server, table).put_item(TableName=table, Item=key("a"))

    kept = [tmp_path / "data", *(tmp_path / "data").rglob("*")]
    assert [one.name for one in kept if one.stat().st_mode & 0o77] == []


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        second = command("-p", str(taken.getsockname()[1]))
    assert second.returncode == os.EX_UNAVAILABLE
    assert "Cannot listen on 127.0.0.1:" in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.1", "example.com"])
def test_only_this_machine_may_be_served(host: str) -> None:
    refused = command("-p", "0", "-H", host)
    assert refused.returncode == 2
    assert "is not a loopback address" in refused.stderr


def test_without_a_folder_it_says_that_it_forgets(forgetful: MotoProcess, table: str) -> None:
    assert "in memory only" in forgetful.greeting
    assert forgetful.status()["durable"] is False
    make_table(forgetful, table).put_item(TableName=table, Item=key("a"))
