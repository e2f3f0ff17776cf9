"""What people show to be let in: keys, and the passes that they are given for them."""

import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from app.settings import Settings
from services.access import Role

PASS_SECONDS = 12 * 3600
"""How long somebody stays let in: a long day of sessions."""
_FREE_TRIES = 5
_LONGEST_WAIT = 60.0
_TRIES_A_MINUTE = 120
"""Of everybody together: the codes are a billion, so guessing one takes years."""


@dataclass(frozen=True)
class Keys:
    """What opens the door; kept beside the data, so that a restart puts nobody out."""

    secret: str
    """Signs the passes."""
    presenter: str
    token: str
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

    def role_on(self, shown: str, now: float) -> Role | None:
        """Whom a pass lets in; None if it is not ours or no longer good."""
        body, _, signature = shown.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            return None
        role, _, until = body.partition(".")
        return _role(role) if int(until) > now else None

    def is_presenter_key(self, typed: str) -> bool:
        return hmac.compare_digest(typed.strip().encode(), self.presenter.encode())

    def is_token(self, sent: str) -> bool:
        return hmac.compare_digest(sent.strip().encode(), self.token.encode())

    def _signature(self, body: str) -> str:
        # With the key in it: who changes that key puts everybody out.
        key = f"{self.secret}/{self.presenter}".encode()
        return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


class Tries:
    """How often somebody tried in vain: after a few times each takes twice as long as the last."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: dict[str, tuple[int, float]] = {}
        self._recent: list[float] = []

    def wait(self, who: str) -> float:
        """Seconds until the next try counts; 0 for now."""
        with self._lock:
            now = self._clock()
            self._recent = [at for at in self._recent if now - at < 60]
            if len(self._recent) >= _TRIES_A_MINUTE:
                return 60 - (now - self._recent[0])
            count, last = self._failed.get(who, (0, now))
            pause = min(_LONGEST_WAIT, 2.0 ** (count - _FREE_TRIES)) if count >= _FREE_TRIES else 0
            return max(0.0, last + pause - now)

    def failed(self, who: str) -> None:
        """Note that this one did not know."""
        with self._lock:
            now = self._clock()
            self._recent.append(now)
            count, last = self._failed.get(who, (0, now))
            self._failed[who] = ((count if now - last < 3600 else 0) + 1, now)
            if len(self._failed) > 10_000:
                self._failed.pop(next(iter(self._failed)))

    def succeeded(self, who: str) -> None:
        """Forget what this one tried before."""
        with self._lock:
            self._failed.pop(who, None)


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
