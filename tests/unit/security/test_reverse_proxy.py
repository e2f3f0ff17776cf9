"""Behind a proxy the app sees who asks, and leads to where browsers can follow."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.security.reverse_proxy import Proxied, route_path
from app.settings import Settings

PROXY = "10.0.0.2"


@dataclass
class Seen:
    """The request as the app sees it, and the answer as the visitor does."""

    scope: Scope = field(default_factory=dict)
    headers: dict[bytes, bytes] = field(default_factory=dict)

    def header(self, name: bytes) -> list[bytes]:
        return [value for each, value in self.scope["headers"] if each == name]


def passed(
    settings: Settings,
    headers: list[tuple[str, str]],
    *,
    location: str = "",
    client: str = PROXY,
    **other: object,
) -> Seen:
    """One request that comes through a proxy."""
    seen = Seen()

    async def app(scope: Scope, _: Receive, send: Send) -> None:
        seen.scope = scope
        await send(
            {
                "type": "http.response.start",
                "status": 307,
                "headers": [(b"location", location.encode()), (b"x-own", location.encode())],
            }
        )
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        seen.headers.update(message.get("headers", ()))

    scope: Scope = {
        "type": "http",
        "scheme": "http",
        "path": "/add",
        "raw_path": b"/add",
        "client": (client, 40000),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        **other,
    }
    asyncio.run(Proxied(app, lambda: settings)(scope, receive, send))
    return seen


FORWARDED = [
    ("host", "demo.example"),
    ("x-forwarded-for", "1.1.1.1"),
    ("x-forwarded-proto", "https"),
]
TRUSTING = Settings(trusted_proxy=f"{PROXY}, 10.1.0.0/16")
BASED = Settings(public_url="https://demo.example/basket")


def test_a_trusted_proxy_tells_who_asks_and_how() -> None:
    seen = passed(TRUSTING, FORWARDED)

    assert seen.scope["client"] == ("1.1.1.1", 0)
    assert seen.scope["scheme"] == "https"
    assert passed(TRUSTING, FORWARDED, type="websocket").scope["scheme"] == "wss"


@pytest.mark.parametrize("settings", [Settings(), Settings(trusted_proxy="10.0.0.3")])
def test_nobody_else_is_believed(settings: Settings) -> None:
    seen = passed(settings, FORWARDED)

    assert seen.scope["client"] == (PROXY, 40000)
    assert seen.scope["scheme"] == "http"
    assert passed(TRUSTING, FORWARDED, client="9.9.9.9").scope["client"] == ("9.9.9.9", 40000)
    assert passed(TRUSTING, FORWARDED, client="testclient").scope["scheme"] == "http"


def test_what_the_visitor_has_written_before_the_proxy_does_not_count() -> None:
    both = [("x-forwarded-for", "8.8.8.8, 1.1.1.1"), ("x-forwarded-for", "2.2.2.2, 10.1.2.3")]

    assert passed(TRUSTING, both).scope["client"] == ("2.2.2.2", 0)
    proto = [("x-forwarded-proto", "https"), ("x-forwarded-proto", "http")]
    assert passed(TRUSTING, proto).scope["scheme"] == "http"


@pytest.mark.parametrize("headers", [[], [("x-forwarded-proto", "gopher")]])
def test_a_proxy_that_tells_nothing_is_the_visitor(
    headers: list[tuple[str, str]],
) -> None:
    seen = passed(TRUSTING, headers)

    assert (seen.scope["client"], seen.scope["scheme"]) == ((PROXY, 40000), "http")


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/add", "/basket/add"),
        ("/basket/add", "/basket/add"),
        ("/basket", "/basket"),
        ("/basketry", "/basket/basketry"),
        ("/", "/basket/"),
    ],
)
def test_a_path_is_below_the_base_whether_the_proxy_has_left_it_or_not(
    path: str, there: str
) -> None:
    seen = passed(BASED, [], path=path, raw_path=path.encode())

    assert seen.scope["path"] == there
    assert seen.scope["raw_path"] == there.encode()
    assert seen.scope["root_path"] == "/basket"
    assert f"/basket{route_path(seen.scope)}" == there


def test_without_a_base_a_path_stays_as_it_is() -> None:
    seen = passed(Settings(public_url="https://demo.example"), [], path="/basket/add")

    assert route_path(seen.scope) == "/basket/add"


@pytest.mark.parametrize(
    ("location", "there"),
    [
        ("/", "/basket/"),
        ("/add?x=1", "/basket/add?x=1"),
        ("/basket/add", "/basket/add"),
        ("/basket?x=1", "/basket?x=1"),
        ("http://demo.example/basket/asset/", "/basket/asset/"),
        ("https://demo.example/asset/", "/basket/asset/"),
        ("http://demo.example.org/asset/", "http://demo.example.org/asset/"),
        ("https://login.example/", "https://login.example/"),
        ("//login.example/", "//login.example/"),
        ("add", "add"),
    ],
)
def test_a_redirect_leads_below_the_base(location: str, there: str) -> None:
    seen = passed(BASED, [("host", "demo.example")], location=location)

    assert seen.headers[b"location"] == there.encode()
    assert seen.headers[b"x-own"] == location.encode()


def test_the_public_name_takes_the_place_of_the_one_that_the_proxy_has_put_there() -> None:
    hidden = [("host", "127.0.0.1:8000"), ("origin", "https://demo.example")]

    assert passed(BASED, hidden).header(b"host") == [b"demo.example"]
    assert passed(Settings(), hidden).header(b"host") == [b"127.0.0.1:8000"]
    for origin in ("https://evil.example", "null", "http://["):
        other = [("host", "127.0.0.1:8000"), ("origin", origin)]
        assert passed(BASED, other).header(b"host") == [b"127.0.0.1:8000"]
    assert passed(BASED, hidden[:1]).header(b"host") == [b"127.0.0.1:8000"]


def test_the_lifespan_passes() -> None:
    reached = []

    async def app(scope: Scope, *_: object) -> None:
        reached.append(scope["type"])

    async def nothing(*_: object) -> Any:
        raise AssertionError

    asyncio.run(Proxied(app, Settings)({"type": "lifespan"}, nothing, nothing))

    assert reached == ["lifespan"]
