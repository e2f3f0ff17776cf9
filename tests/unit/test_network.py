"""Which addresses are this machine's own."""

from ipaddress import ip_address

import pytest

from services.network import is_loopback


@pytest.mark.parametrize("own", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "localhost"])
def test_an_address_of_this_machine_is_one(own: str) -> None:
    assert is_loopback(own)


@pytest.mark.parametrize(
    "other",
    [
        "",
        "0.0.0.0",
        "::",
        "10.0.0.1",
        "::ffff:10.0.0.1",
        "localhost.example",
        "127.1",
        "2130706433",
    ],
)
def test_whatever_may_be_another_machine_is_none(other: str) -> None:
    assert not is_loopback(other)


def test_an_address_may_be_parsed_already() -> None:
    assert is_loopback(ip_address("::ffff:127.0.0.1"))
    assert not is_loopback(ip_address("192.0.2.1"))
