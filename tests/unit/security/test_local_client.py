"""Who is taken for somebody at this machine: by what is sent, and by what the system tells."""

import os
from ipaddress import ip_address

import pytest
from starlette.types import Scope

from app.security import local_client
from app.security.local_client import is_local_client
from app.security.sockets import Listens, Socket
from app.settings import Settings

HOME = Settings()


def asked(headers: dict[str, str] | None = None, **other: object) -> Scope:
    """A request as curl sends it, as uvicorn hands it over."""
    sent = {"host": "127.0.0.1:8000", "user-agent": "curl/8", "accept": "*/*", **(headers or {})}
    return {
        "type": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        **other,
    }


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> "Seen":
    return Seen(monkeypatch)


class Seen:
    """What the system tells of who asks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch
        self.nobody()

    def nobody(self) -> None:
        self._patch.setattr(local_client, "other_end", lambda *_: None)

    def process(self, where: Listens | None, owner: int) -> None:
        peer = Socket(2, 1, ip_address("127.0.0.1"), owner, 7)
        self._patch.setattr(local_client, "other_end", lambda *_: peer)
        self._patch.setattr(local_client, "listens", lambda *_: where)


def test_curl_and_a_browser_on_this_machine_are_at_home(seen: Seen) -> None:
    assert is_local_client(asked(), HOME)
    assert is_local_client(asked({"host": "localhost:8000", "connection": "keep-alive"}), HOME)
    assert is_local_client(asked({"host": "[::1]:8000"}, server=("::1", 8000)), HOME)
    assert is_local_client(asked({"connection": "Upgrade"}, type="websocket"), HOME)


@pytest.mark.parametrize(
    "name",
    [
        "forwarded",
        "via",
        "x-forwarded-for",
        "x-forwarded-proto",
        "x-forwarded-prefix",
        "x-real-ip",
        "x-client-ip",
        "cf-connecting-ip",
        "true-client-ip",
        "fly-client-ip",
    ],
)
def test_what_a_proxy_adds_tells_of_it(seen: Seen, name: str) -> None:
    seen.process("nowhere", os.geteuid())

    assert not is_local_client(asked({name: "127.0.0.1"}), HOME)


@pytest.mark.parametrize(
    "host", ["demo.example", "192.168.1.7:8000", "127.0.0.1.evil.example", "["]
)
def test_another_name_than_this_machines_tells_of_a_proxy(seen: Seen, host: str) -> None:
    assert not is_local_client(asked({"host": host}), HOME)


def test_old_http_tells_of_a_proxy(seen: Seen) -> None:
    seen.process("nowhere", os.geteuid())

    assert not is_local_client(asked(http_version="1.0"), HOME)


def test_a_closed_connection_tells_of_a_proxy_unless_the_program_is_seen(seen: Seen) -> None:
    closing = asked({"connection": "close"})

    assert not is_local_client(closing, HOME)
    seen.process(None, os.geteuid())
    assert not is_local_client(closing, HOME)
    seen.process("nowhere", os.geteuid())
    assert is_local_client(closing, HOME)


def test_a_process_of_another_owner_is_not_at_home(seen: Seen) -> None:
    seen.process("nowhere", os.geteuid() + 1)
    assert not is_local_client(asked(), HOME)
    seen.process("nowhere", 0)
    assert is_local_client(asked(), HOME)


@pytest.mark.parametrize(
    ("where", "home"), [("nowhere", True), ("here", True), ("beyond", False), (None, True)]
)
def test_a_process_that_others_can_connect_to_may_ask_for_them(
    seen: Seen, where: Listens | None, home: bool
) -> None:
    seen.process(where, os.geteuid())

    assert is_local_client(asked(), HOME) == home


@pytest.mark.parametrize(
    "settings",
    [
        Settings(host="0.0.0.0"),
        Settings(public_url="https://demo.example"),
        Settings(trusted_proxy="127.0.0.1"),
    ],
)
def test_nobody_is_at_home_where_people_come_from_elsewhere(seen: Seen, settings: Settings) -> None:
    assert not is_local_client(asked(), settings)


@pytest.mark.parametrize("server", [("192.168.1.7", 8000), ("/run/basket.sock", None), None])
def test_who_reaches_the_app_otherwise_is_not_at_home(seen: Seen, server: object) -> None:
    assert not is_local_client(asked(server=server), HOME)
