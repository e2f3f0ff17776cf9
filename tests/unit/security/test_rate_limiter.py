"""Wrong tries wait longer and longer, and nobody else does."""

import pytest

from app.security import rate_limiter
from app.security.rate_limiter import RateLimiter

NOW = 1_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_each_wrong_code_waits_longer_than_the_last() -> None:
    tries = RateLimiter(Clock())

    assert [tries.failed("them") for _ in range(12)] == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30]
    assert tries.failed("somebody else") == 0


def test_many_who_guess_together_are_slowed_down_together() -> None:
    clock = Clock()
    tries = RateLimiter(clock)
    for number in range(119):
        assert tries.failed(f"guesser {number}") == 0

    assert tries.failed("the last one") == 0
    assert tries.failed("a newcomer") == 30
    clock.now = 60
    assert tries.failed("another one") == 0


def test_a_wrong_try_is_forgotten_each_minute() -> None:
    clock = Clock()
    tries = RateLimiter(clock)
    for _ in range(8):
        tries.failed("them")

    clock.now = 120
    assert tries.failed("them") == 2
    clock.now = 3600
    assert tries.failed("them") == 0


def test_who_guesses_for_days_waits_the_longest_each_time() -> None:
    clock = Clock()
    tries = RateLimiter(clock)
    for _ in range(3000):
        clock.now += tries.failed("them")

    assert tries.failed("them") == 30


def test_who_has_many_addresses_of_one_network_is_one() -> None:
    tries = RateLimiter(Clock())
    held = [tries.failed(f"2001:db8:1:2:{number:x}::1") for number in range(7)]

    assert held == [0, 0, 0, 0, 0, 1, 2]
    assert tries.failed("2001:db8:1:3::1") == 0
    assert [tries.failed(f"192.0.2.{number}") for number in range(7)] == [0] * 7
    assert [tries.failed(f"::ffff:192.0.3.{number}") for number in range(7)] == [0] * 7
    assert [tries.failed("testclient") for _ in range(7)] == [0, 0, 0, 0, 0, 1, 2]


def test_only_so_many_guessers_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limiter, "_REMEMBERED", 2)
    tries = RateLimiter(Clock())
    for name in ["first"] * 6 + ["second", "third"]:
        tries.failed(name)

    assert tries.failed("first") == 0
