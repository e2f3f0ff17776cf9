"""What the request guard lets through and what it turns away: the ASGI app is driven by hand."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.security import request_guard
from app.security.request_guard import RequestGuard

OWN = {"host": "127.0.0.1:8000"}


@dataclass
class Answered:
    """What came back, and what reached the app behind the request guard."""

    messages: list[Message] = field(default_factory=list)
    reached: bool = False
    body: bytes = b""

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.messages[0]["headers"])


def knock(
    headers: dict[str, str] | list[tuple[str, str]],
    *,
    kind: str = "http",
    server: str = "127.0.0.1",
    method: str = "GET",
    path: str = "/",
    chunks: Iterable[bytes] = (b"",),
    app: ASGIApp | None = None,
    at_home: bool = True,
) -> Answered:
    """Send one request through the request guard."""
    answered = Answered()
    waiting = list(chunks)

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        answered.reached = True
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        while (message := await receive()).get("more_body"):
            answered.body += message["body"]
        answered.body += message["body"]
        own = [(b"referrer-policy", b"no-referrer")]
        await send({"type": "http.response.start", "status": 200, "headers": own})
        await send({"type": "http.response.body", "body": b"ok"})

    async def receive() -> Message:
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    async def send(message: Message) -> None:
        answered.messages.append(message)

    sent = headers.items() if isinstance(headers, dict) else headers
    scope = {
        "type": kind,
        "method": method,
        "path": path,
        "server": (server, 8000),
        "headers": [(name.encode(), value.encode()) for name, value in sent],
    }
    asyncio.run(RequestGuard(app or behind, lambda: at_home)(scope, receive, send))
    return answered


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000", "127.0.0.1"]
)
def test_this_machines_own_names_are_let_in(host: str) -> None:
    assert knock({"host": host}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "localhost.evil.example:8000",
        "[::1",
        "",
        "10.0.0.1:8000",
    ],
)
@pytest.mark.parametrize("server", ["127.0.0.1", "::1", "127.0.0.2"])
def test_a_foreign_name_for_this_machine_is_turned_away(host: str, server: str) -> None:
    answered = knock({"host": host}, server=server)

    assert answered.status == 403
    assert not answered.reached


def test_a_request_without_a_host_is_turned_away() -> None:
    assert knock({}).status == 403


def test_served_on_another_address_every_name_is_let_in() -> None:
    assert knock({"host": "demo.example"}, server="192.168.1.7").status == 200


def test_served_to_others_a_proxy_on_this_machine_may_use_its_own_name() -> None:
    assert knock({"host": "demo.example"}, at_home=False).status == 200


@pytest.mark.parametrize("name", ["host", "origin", "sec-fetch-site", "content-length"])
def test_a_request_that_says_two_things_at_once_is_turned_away(name: str) -> None:
    own = {**OWN, "origin": "http://127.0.0.1:8000", "sec-fetch-site": "none"}
    twice = [*own.items(), (name, own.get(name, "0")), (name, own.get(name, "1"))]

    assert knock(list(own.items())).status == 200
    assert not knock(twice).reached


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8000", ""]
)
def test_a_page_of_another_origin_is_turned_away(origin: str) -> None:
    answered = knock({**OWN, "origin": origin}, method="POST")

    assert answered.status == 403
    assert not answered.reached


def test_our_own_pages_are_let_in() -> None:
    own = {**OWN, "origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}

    assert knock(own, method="POST").status == 200


def test_a_page_of_another_site_may_link_to_us_and_nothing_else() -> None:
    foreign = {**OWN, "sec-fetch-site": "cross-site"}

    assert knock({**foreign, "sec-fetch-mode": "navigate"}).status == 200
    assert knock({**foreign, "sec-fetch-mode": "navigate"}, method="POST").status == 403
    assert knock({**foreign, "sec-fetch-mode": "no-cors"}).status == 403
    assert knock(foreign).status == 403


@pytest.mark.parametrize("site", ["none", "same-origin", "same-site"])
def test_a_person_who_types_our_address_is_let_in(site: str) -> None:
    assert knock({**OWN, "sec-fetch-site": site}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {**OWN, "origin": "http://evil.example"},
        {**OWN, "sec-fetch-site": "cross-site", "sec-fetch-mode": "websocket"},
    ],
)
def test_a_foreign_websocket_is_closed_before_it_is_accepted(headers: dict[str, str]) -> None:
    answered = knock(headers, kind="websocket")

    assert [message["type"] for message in answered.messages] == ["websocket.close"]
    assert answered.messages[0]["code"] == 1008
    assert not answered.reached


def test_our_own_websocket_is_let_in() -> None:
    own = {**OWN, "origin": "http://127.0.0.1:8000"}

    assert knock(own, kind="websocket").messages == [{"type": "websocket.accept"}]


def test_the_lifespan_passes_without_a_host() -> None:
    reached = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["type"])

    async def nothing(*_: Any) -> Any:
        raise AssertionError("nobody is asked")

    asyncio.run(RequestGuard(app)({"type": "lifespan"}, nothing, nothing))

    assert reached == ["lifespan"]


def test_a_body_in_pieces_arrives_whole() -> None:
    assert knock(OWN, method="POST", chunks=[b"a", b"", b"bc"]).body == b"abc"


def test_a_body_is_refused_when_too_much_has_arrived_whatever_it_said_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(request_guard, "_LARGEST_ELSEWHERE", 10)

    fits = knock({**OWN, "content-length": "2"}, method="POST", chunks=[b"12345", b"67890"])
    too_large = knock({**OWN, "content-length": "2"}, method="POST", chunks=[b"12345", b"678901"])

    assert fits.status == 200
    assert too_large.status == 413
    assert len([m for m in too_large.messages if m["type"] == "http.response.start"]) == 1


def test_a_body_that_says_that_it_is_too_large_is_not_read_at_all() -> None:
    refused = knock({**OWN, "content-length": "300000000"}, method="POST")

    assert refused.status == 413
    assert not refused.reached


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/_stcore/upload_file/a/b", 201 * 1024 * 1024),
        ("/asset/import", 200 * 1024 * 1024),
        ("/asset/", 2 * 1024 * 1024),
        ("/asset/some", 2 * 1024 * 1024),
        ("/enter", 64 * 1024),
        ("/_stcore/upload_files", 64 * 1024),
    ],
)
def test_only_where_files_arrive_may_a_body_be_large(path: str, most: int) -> None:
    def status(size: int) -> int:
        sent = {**OWN, "content-length": str(size)}
        return knock(sent, method="POST", path=path).status

    assert status(most) == 200
    assert status(most + 1) == 413


def test_no_more_is_read_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_guard, "_LARGEST_ELSEWHERE", 10)
    taken: list[int] = []

    def endless() -> Iterable[bytes]:
        for number in range(1000):
            taken.append(number)
            yield b"x"

    chunks = iter(endless())

    async def receive() -> Message:
        return {"type": "http.request", "body": next(chunks), "more_body": True}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while True:
            await receive()

    async def send(_: Message) -> None:
        pass

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "server": ("127.0.0.1", 8000),
        "headers": [(b"host", b"127.0.0.1:8000")],
    }
    asyncio.run(RequestGuard(app)(scope, receive, send))

    assert len(taken) == 11


def test_answers_carry_the_headers_that_keep_other_sites_out() -> None:
    headers = knock(OWN).headers

    policy = headers[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "object-src 'none'" in policy
    assert "connect-src 'self' ws://127.0.0.1:8000 wss://127.0.0.1:8000 data: blob:;" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"cross-origin-resource-policy"] == b"same-origin"


@pytest.mark.parametrize("host", ["a; script-src *", "a b", "a,b", "ä"])
def test_a_name_cannot_write_the_policy(host: str) -> None:
    headers = knock({"host": host}, at_home=False).headers

    assert b"connect-src 'self' data: blob:;" in headers[b"content-security-policy"]
    assert headers[b"content-security-policy"].count(b"script-src") == 0


def test_a_header_that_the_app_has_set_itself_stays() -> None:
    assert knock(OWN).headers[b"referrer-policy"] == b"no-referrer"


def test_an_error_of_the_app_is_not_hidden() -> None:
    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        knock(OWN, app=broken)


def test_an_origin_that_is_no_address_is_turned_away() -> None:
    assert knock({**OWN, "origin": "http://["}).status == 403
