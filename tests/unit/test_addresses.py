"""Under which address others reach this machine."""

import socket

import pytest

from app.addresses import reachable


def test_an_address_of_ones_own_is_said_as_it_is() -> None:
    assert reachable("127.0.0.1") == "127.0.0.1"
    assert reachable("basket.example") == "basket.example"
    assert reachable("fe80::1") == "[fe80::1]"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", ""])
def test_who_is_served_at_all_addresses_is_told_one_that_can_be_typed(host: str) -> None:
    assert reachable(host) not in ("0.0.0.0", "::", "[::]", "")


def test_without_a_network_the_machine_goes_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(socket.socket, "connect", refuse)

    assert reachable("0.0.0.0") == socket.gethostname()
