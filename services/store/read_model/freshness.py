"""Freshness cache: for how long the store need not be asked for changes."""

import time
from collections.abc import Callable

_TRUST_SECONDS = 1.0
"""How long a store that gives no sign of news is not asked whether it is there at all."""


class FreshnessCache:
    """Begins when the store was asked, and lasts while its pulse is what it was before that."""

    def __init__(self, pulse: Callable[[], bytes | None]) -> None:
        self._pulse = pulse
        self._kept: tuple[bytes, float] | None = None
        """The pulse, and until when it is good enough."""

    @property
    def lasts(self) -> bool:
        """Whether there is no news; False as well where nobody can tell."""
        kept = self._kept
        return kept is not None and time.monotonic() < kept[1] and self._pulse() == kept[0]

    def broken(self) -> bytes | None:
        """End it; the pulse for `begins`, to be taken before the store is asked.

        What changes while the store is asked makes it another one.
        """
        self._kept = None
        return self._pulse()

    def begins(self, pulse: bytes | None) -> None:
        """All that was there at this pulse is known."""
        if pulse is not None:
            self._kept = pulse, time.monotonic() + _TRUST_SECONDS
