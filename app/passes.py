"""What people show to be let in: keys, and the passes that they are given for them."""

import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import get_args

from app.settings import Settings
from services.access import Role

PASS_SECONDS = 12 * 3600
"""How long somebody stays let in: a long day of sessions."""
_FREE_TRIES = 5
_LONGEST_WAIT = 60.0
_FORGOTTEN_SECONDS = 3600.0
_REMEMBERED = 10_000
_TRIES_A_MINUTE = 120
"""Of everybody together: the codes are a billion, so guessing one takes years."""


@dataclass(frozen=True)
class Pass:
    """Whom somebody is let in as, and until when."""

    role: Role
    until: float


@dataclass(frozen=True)
class Keys:
    """What opens the door; kept beside the data, so that a restart puts nobody out."""

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

    def pass_for(self, role: Role, now: float) -> str:
        """A pass that lets its bearer in for a while."""
        body = f"{role}.{int(now + PASS_SECONDS)}"
        return f"{body}.{self._signature(body)}"

    def read(self, shown: str, now: float) -> Pass | None:
        """What a pass is good for; None if it is not ours or no longer good."""
        body, _, signature = shown.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            return None
        role, _, until = body.partition(".")
        known = _role(role)
        return Pass(known, int(until)) if known and int(until) > now else None

    def is_presenter_key(self, typed: str) -> bool:
        return hmac.compare_digest(typed.strip().encode(), self.presenter.encode())

    def is_token(self, sent: str) -> bool:
        return hmac.compare_digest(sent.strip().encode(), self.token.encode())

    def _signature(self, body: str) -> str:
        # With the key in it: who changes that key puts everybody out.
        key = f"{self.secret}/{self.presenter}".encode()
        return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


class Tries:
    """How often somebody tried in vain: after a few times each takes twice as long as the last.

    A try counts as one in vain from its beginning, so that many at once are as slow as one after
    the other.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._failed: dict[str, tuple[int, float]] = {}
        self._recent: list[float] = []

    def wait(self, who: str) -> float:
        """Seconds until the next try may be made; 0 for now."""
        with self._lock:
            now = self._clock()
            self._recent = [at for at in self._recent if now - at < 60]
            if len(self._recent) >= _TRIES_A_MINUTE:
                return 60 - (now - self._recent[0])
            count, last = self._failed.get(who, (0, now))
            return max(0.0, last + _pause(count) - now)

    def begin(self, who: str) -> float:
        """Begin a try; if it may not be made yet, the seconds until then, else 0."""
        with self._lock:
            if (wait := self.wait(who)) <= 0:
                self._note(who)
            return wait

    def succeeded(self, who: str) -> None:
        """Forget what this one tried before."""
        with self._lock:
            _, last = self._failed.pop(who, (0, 0.0))
            if last in self._recent:
                self._recent.remove(last)

    def _note(self, who: str) -> None:
        now = self._clock()
        self._recent.append(now)
        count, last = self._failed.pop(who, (0, now))
        self._failed[who] = ((count if now - last < _FORGOTTEN_SECONDS else 0) + 1, now)
        if len(self._failed) > _REMEMBERED:
            self._failed.pop(next(iter(self._failed)))


def _pause(failed: int) -> float:
    """Seconds after so many tries in vain."""
    if failed < _FREE_TRIES:
        return 0.0
    # 2.0 ** 10_000 is no number any more.
    return min(_LONGEST_WAIT, 2.0 ** min(failed - _FREE_TRIES, 10))


def keys_of(settings: Settings) -> Keys:
    """The keys of the app with these settings."""
    given = (settings.presenter_key, settings.api_token)
    return _keys_of(settings.data_dir, *(key.get_secret_value() for key in given))


@lru_cache(maxsize=4)
def _keys_of(folder: Path, presenter: str, token: str) -> Keys:
    return Keys.kept_in(folder, presenter=presenter, token=token)


def _role(text: str) -> Role | None:
    return next((role for role in get_args(Role) if role == text), None)


def _write(file: Path, kept: dict[str, str]) -> None:
    """For its owner's eyes only, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(kept, out)
    draft.replace(file)
