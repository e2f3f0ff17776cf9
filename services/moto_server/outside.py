"""Keeps a replay from reaching other servers: what was sent when it happened is not sent again.

Moto delivers some things over HTTP (an SNS message to a subscriber, an event to an API
destination, a Firehose record), always through `requests`.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import requests


@contextlib.contextmanager
def unreachable() -> Iterator[None]:
    """Within, whatever is sent over HTTP goes nowhere, and is answered 200 with nothing."""
    send = requests.Session.send
    requests.Session.send = _sent  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        requests.Session.send = send  # type: ignore[method-assign]


def _sent(
    _: requests.Session, request: requests.PreparedRequest, **_options: Any
) -> requests.Response:
    answer = requests.Response()
    answer.status_code = 200
    answer.url = request.url or ""
    answer.request = request
    answer._content = b""
    return answer
