"""What the system tells of the other end of a connection, asked about real ones."""

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.security import sockets
from app.security.sockets import listens, other_end

_PEER = """
import socket, sys
kinds = {True: socket.AF_INET6, False: socket.AF_INET}
kept = [socket.create_server((each, 0), family=kinds[":" in each]) for each in sys.argv[2:]]
line = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
line.sendall(b"x")
line.recv(1)
"""


@contextlib.contextmanager
def connected(*listening: str) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """A process that listens at these addresses and has connected: its end, and ours."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", _PEER, str(server.getsockname()[1]), *listening]
        server.settimeout(20)
        with subprocess.Popen(command) as peer:
            line, client = server.accept()
            with line:
                line.recv(1)
                yield client, line.getsockname()
            peer.wait(10)


def where(*listening: str) -> str | None:
    with connected(*listening) as ends:
        peer = other_end(*ends)
        assert peer is not None
        assert peer.owner == os.geteuid()
        return listens(peer.inode, peer.owner)


def test_a_program_that_only_asks_listens_nowhere() -> None:
    assert where() == "nowhere"


def test_a_program_that_listens_on_loopback_can_be_reached_from_here_alone() -> None:
    assert where("127.0.0.1", "::1") == "here"


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_a_proxy_listens_beyond_this_machine(address: str) -> None:
    assert where("127.0.0.1", address) == "beyond"


def test_who_connects_by_ipv6_to_an_address_of_ipv4_is_found_too() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_INET6) as client,
    ):
        client.connect(("::ffff:127.0.0.1", server.getsockname()[1]))
        line, (address, port) = server.accept()
        with line:
            peer = other_end((address, port), line.getsockname())
            assert peer is not None
            assert peer.inode == os.fstat(client.fileno()).st_ino


def test_who_is_not_there_is_not_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert other_end(("127.0.0.1", 1), server.getsockname()) is None
    assert other_end(("testclient", 50000), ("127.0.0.1", 1)) is None
    assert other_end(("::1", 1), ("::1", 2)) is None


def test_a_process_that_cannot_be_looked_at_is_not_told() -> None:
    with connected() as ends:
        peer = other_end(*ends)
        assert peer is not None
        assert listens(peer.inode, peer.owner + 1) is None


def test_where_the_system_is_not_asked_that_way_nothing_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with connected() as ends:
        monkeypatch.delattr(socket, "AF_NETLINK")
        assert other_end(*ends) is None
        assert list(sockets._listeners()) == []
