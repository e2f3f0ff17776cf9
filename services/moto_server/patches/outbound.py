"""Blocks outbound HTTP during a replay: what was delivered the first time is not delivered again.

Moto delivers some things over HTTP (an SNS message to a subscriber, an event to an API
destination, a Firehose record), always through `requests`.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import requests


@contextlib.contextmanager
def blocked() -> Iterator[None]:
    """Within, no HTTP request leaves the process; each is answered with an empty 200."""
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
