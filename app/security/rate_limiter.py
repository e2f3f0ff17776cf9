"""Rate limiter for wrong tries: the more of them an address has made, the longer it waits."""

import threading
import time
from collections import deque
from collections.abc import Callable
from ipaddress import ip_address, ip_network

_FREE_TRIES = 5
_LONGEST_WAIT = 30.0
"""Proxies give up on an answer after a minute."""
_FORGET_ONE_SECONDS = 60.0
_REMEMBERED = 10_000
_TRIES_A_MINUTE = 120
"""Of everybody together: when more are wrong, each answer is held back for the longest time."""


class RateLimiter:
    """Rate limiter of wrong keys and codes: the answer to each is held back longer than the last.

    It counts by network, and only what is wrong: many people come from one address, and whoever
    has the right code among them does not wait for who guesses there. What is wrong counts from
    its beginning, so that many guesses at once are as slow as one after the other; one is
    forgotten each minute.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: dict[str, tuple[float, float]] = {}
        self._recent: deque[float] = deque(maxlen=_TRIES_A_MINUTE)

    def failed(self, address: str) -> float:
        """Count a wrong try; the seconds for which its answer is to be held back."""
        who = _network(address)
        with self._lock:
            now = self._clock()
            many = len(self._recent) == _TRIES_A_MINUTE and now - self._recent[0] < 60
            self._recent.append(now)
            count, last = self._failed.pop(who, (0.0, now))
            count = max(0.0, count - (now - last) / _FORGET_ONE_SECONDS) + 1
            self._failed[who] = (count, now)
            if len(self._failed) > _REMEMBERED:
                self._failed.pop(next(iter(self._failed)))
            return _LONGEST_WAIT if many else _pause(round(count) - 1)


def _network(address: str) -> str:
    """What one person cannot easily change of an address: all of IPv4, half of IPv6."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    # A socket of IPv6 tells addresses of IPv4 as ones of its own.
    known = getattr(known, "ipv4_mapped", None) or known
    return str(known) if known.version == 4 else str(ip_network((known, 64), strict=False))


def _pause(failed: int) -> float:
    """Seconds after so many wrong tries."""
    if failed < _FREE_TRIES:
        return 0.0
    # 2.0 ** 10_000 is no number any more.
    return min(_LONGEST_WAIT, 2.0 ** min(failed - _FREE_TRIES, 10))
