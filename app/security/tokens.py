"""Keys and session tokens."""

import hashlib
import hmac
import json
import secrets
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import get_args

from app.settings import Settings
from services.access import Role
from services.disk import make_private, written_whole

PASS_SECONDS = 12 * 3600
"""How long somebody stays let in: a long day of sessions."""


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
    with written_whole(file) as draft:
        draft.write_text(json.dumps(kept), encoding="utf-8")
