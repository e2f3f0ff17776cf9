"""Only this machine's programs come through."""

import pytest

from services.moto_server.http.guard import guarded, reason_to_refuse
from services.moto_server.http.wire import Request, run


def environ(**changes: str) -> dict[str, str]:
    return {"PATH_INFO": "/", "HTTP_HOST": "127.0.0.1:3000", **changes}


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:3000",
        "localhost:1",
        "LOCALHOST",
        "b.s3.localhost:3000",
        "[::1]:3000",
    ],
)
def test_this_machine_may(host: str) -> None:
    assert reason_to_refuse(environ(HTTP_HOST=host)) is None
    assert reason_to_refuse(environ(HTTP_ORIGIN=f"http://{host}")) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "example.com",
        "127.0.0.1.example.com",
        "localhost.example.com",
        "examplelocalhost",
        "127.0.0.1@example.com",
        "localhost:80@example.com",
        "[::2]:3000",
        "169.254.169.254",
        "localhost:x",
        "[::1",
        "localhost/../example.com",
    ],
)
def test_other_hosts_may_not(host: str) -> None:
    assert reason_to_refuse(environ(HTTP_HOST=host))


@pytest.mark.parametrize("origin", ["null", "https://example.com", "http://localhost.evil.com", ""])
def test_pages_of_other_machines_may_not(origin: str) -> None:
    assert reason_to_refuse(environ(HTTP_ORIGIN=origin))


@pytest.mark.parametrize(
    "path", ["/moto-api/reset", "/moto-api", "/moto-api/", "/moto-api/data.json"]
)
def test_motos_control_routes_are_off(path: str) -> None:
    assert reason_to_refuse(environ(PATH_INFO=path))


def test_cross_site_requests_may_not() -> None:
    assert reason_to_refuse(environ(HTTP_SEC_FETCH_SITE="cross-site"))
    assert reason_to_refuse(environ(HTTP_SEC_FETCH_SITE="same-origin")) is None


def test_permissive_headers_are_taken_off() -> None:
    def app(_environ: object, start_response: object) -> list[bytes]:
        headers = [("Access-Control-Allow-Origin", "*"), ("Content-Type", "text/plain")]
        start_response("200 OK", headers)  # type: ignore[operator]
        return [b"hello"]

    answer = run(guarded(app), Request("GET", "/", {"HTTP_HOST": "localhost"}, b""))
    assert answer.headers == [("Content-Type", "text/plain")]
    assert answer.body == b"hello"


def test_a_refusal_is_one_sentence_of_json() -> None:
    answer = run(guarded(lambda *_: []), Request("GET", "/", {"HTTP_HOST": "evil"}, b""))
    assert answer.status == "403 Forbidden"
    assert b'{"message": "This server answers only' in answer.body
