"""Keys, session tokens, and a rate limiter for wrong tries."""

import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import get_args

from app.settings import Settings
from services.access import Role
from services.store.moto_process.privacy import OWNERS_FILE, make_private

PASS_SECONDS = 12 * 3600
"""How long somebody stays let in: a long day of sessions."""
_FREE_TRIES = 5
_LONGEST_WAIT = 30.0
"""Proxies give up on an answer after a minute."""
_FORGET_ONE_SECONDS = 60.0
_REMEMBERED = 10_000
_TRIES_A_MINUTE = 120
"""Of everybody together: when more are wrong, each answer is held back for the longest time."""


@dataclass(frozen=True)
class SessionToken:
    """Whom somebody is let in as, and until when."""

    role: Role
    until: float
    id: str = ""
    """By which it can be ended; empty for what is no pass: a token, somebody at this machine."""
    session: str = ""
    """The code that it was given for; it ends with that session."""


@dataclass(frozen=True)
class Keys:
    """The presenter key and the API token; kept beside the data over restarts."""

    # None of them is told by accident, in the trace of an error for instance.
    secret: str = field(repr=False)
    """Signs the passes."""
    presenter: str = field(repr=False)
    token: str = field(repr=False)
    """Programs send it as a bearer token."""

    @classmethod
    def kept_in(cls, folder: Path, *, presenter: str = "", token: str = "") -> "Keys":
        """The keys of a data folder, made when there are none; a given one takes its place."""
        file = folder / "keys.json"
        if not file.exists():
            _write(file, {name: secrets.token_urlsafe(24) for name in ("secret", "token")})
        kept = json.loads(file.read_text(encoding="utf-8"))
        if "presenter" not in kept:
            kept["presenter"] = "-".join(secrets.token_hex(2) for _ in range(4))
            _write(file, kept)
        return cls(kept["secret"], presenter or kept["presenter"], token or kept["token"])

    def pass_for(self, role: Role, now: float, session: str = "") -> str:
        """A pass that lets its bearer in for a while."""
        body = f"{role}.{int(now + PASS_SECONDS)}.{secrets.token_hex(8)}.{session}"
        return f"{body}.{self._signature(body)}"

    def read(self, shown: str, now: float) -> SessionToken | None:
        """What a pass is good for; None if it is not ours or no longer good."""
        body, _, signature = shown.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            return None
        role, until, *rest = body.split(".", 3)
        known = _role(role)
        # A pass of an earlier release has neither, and nothing to end it by.
        if len(rest) < 2 or known is None or int(until) <= now:
            return None
        return SessionToken(known, int(until), *rest)

    def is_presenter_key(self, typed: str) -> bool:
        return hmac.compare_digest(typed.strip().encode(), self.presenter.encode())

    def is_token(self, sent: str) -> bool:
        return hmac.compare_digest(sent.strip().encode(), self.token.encode())

    def _signature(self, body: str) -> str:
        # With the key in it: who changes that key puts everybody out.
        key = f"{self.secret}/{self.presenter}".encode()
        return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


class RevokedTokens:
    """Revoked passes, kept beside the keys for as long as they would have been good."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ended.json"
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}
        if self._file.exists():
            self._until = json.loads(self._file.read_text(encoding="utf-8"))

    def end(self, passes: Iterable[SessionToken], now: float) -> None:
        """None of these lets anybody in any more."""
        with self._lock:
            left = {name: until for name, until in self._until.items() if until > now}
            self._until = left | {one.id: one.until for one in passes}
            _write(self._file, self._until)

    def has(self, one: SessionToken) -> bool:
        """Whether it has been ended."""
        return one.id in self._until


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


def keys_of(settings: Settings) -> Keys:
    """The keys of the app with these settings."""
    given = (settings.presenter_key, settings.api_token)
    return _keys_of(settings.data_dir, *(key.get_secret_value() for key in given))


def revoked_tokens_of(settings: Settings) -> RevokedTokens:
    """The passes that were ended of the app with these settings."""
    return _revoked_tokens_in(settings.data_dir)


@lru_cache(maxsize=4)
def _revoked_tokens_in(folder: Path) -> RevokedTokens:
    return RevokedTokens(folder)


@lru_cache(maxsize=4)
def _keys_of(folder: Path, presenter: str, token: str) -> Keys:
    return Keys.kept_in(folder, presenter=presenter, token=token)


def _role(text: str) -> Role | None:
    return next((role for role in get_args(Role) if role == text), None)


def _write(file: Path, kept: Mapping[str, str | float]) -> None:
    """For its owner's eyes only, whole or not at all."""
    make_private(file.parent)
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNERS_FILE), "w") as out:
        json.dump(kept, out)
    draft.replace(file)
