"""Starting, being found, refusing company, stopping."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.integration.moto_server.conftest import Launch, key, make_table


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A server that is expected to end by itself."""
    return subprocess.run(
        [sys.executable, "-m", "services.moto_server", *arguments],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_within_a_second(launch: Launch, tmp_path: Path, number: int) -> None:
    server = launch()
    make_table(server).list_tables()  # leaves a connection open
    assert (tmp_path / "data" / "moto.json").exists()
    began = time.monotonic()
    assert server.stop(number) == (0, "")
    assert time.monotonic() - began < 1
    assert not (tmp_path / "data" / "moto.json").exists()


def test_it_can_be_found_and_recognized(launch: Launch, tmp_path: Path) -> None:
    server = launch()
    status = server.status()
    found = json.loads((tmp_path / "data" / "moto.json").read_text())
    assert f"http://{found['host']}:{found['port']}" == server.url
    assert (found["pid"], found["boot"]) == (server.process.pid, status["boot"])
    assert (status["server"], status["nonce"]) == ("asset-basket-moto", "abc")
    assert (status["durable"], status["dataDir"]) == (True, str(tmp_path / "data"))
    assert status["journal"] == {"bytes": 0, "records": 0, "failing": None}
    server.stop()
    assert launch().status()["boot"] != status["boot"]


def test_a_second_server_on_the_same_folder_is_turned_away(launch: Launch, tmp_path: Path) -> None:
    server = launch()
    before = sorted(path.name for path in (tmp_path / "data").rglob("*"))
    second = command("-p", "0", "--data-dir", str(tmp_path / "data"))
    assert second.returncode == os.EX_TEMPFAIL
    assert f"pid {server.process.pid}" in second.stderr
    assert "Traceback" not in second.stderr
    assert sorted(path.name for path in (tmp_path / "data").rglob("*")) == before
    server.kill()
    assert launch().status()["durable"]


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


def test_without_a_folder_it_says_that_it_forgets(launch: Launch) -> None:
    server = launch(memory_only=True)
    assert "in memory only" in server.greeting
    assert server.status()["durable"] is False
    make_table(server).put_item(TableName="Things", Item=key("a"))


def test_the_status_answers_while_a_request_holds_the_lock(launch: Launch) -> None:
    server = launch()
    client = make_table(server)
    for start in range(0, 3000, 25):
        entries = [{"PutRequest": {"Item": key(f"k{start + n}")}} for n in range(25)]
        client.batch_write_item(RequestItems={"Things": entries})
    scanning = threading.Thread(target=lambda: client.scan(TableName="Things"))
    scanning.start()
    time.sleep(0.1)
    began = time.monotonic()
    server.status()
    took = time.monotonic() - began
    still_scanning = scanning.is_alive()
    scanning.join()
    assert still_scanning
    assert took < 0.3
