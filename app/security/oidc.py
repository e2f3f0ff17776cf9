"""Sign-in with an OpenID Connect provider, where one is configured.

Streamlit serves the way to the provider and back (`st.login`) and keeps what the provider told in a
signed cookie; the authentication middleware reads it, since it stands before Streamlit.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.security.tokens import PASS_SECONDS, SessionToken
from app.streamlit_compat import oidc
from app.streamlit_compat.oidc import USER_COOKIE as USER_COOKIE
from services.access import Role

OUT = "/auth/logout"
WAYS = ("/auth/login", OUT, "/oauth2callback")
"""Streamlit's own routes to the provider and back; of use only where one is configured."""


@dataclass(frozen=True)
class SignedIn:
    """What the provider has told of somebody."""

    email: str
    domain: str
    until: float
    """When the sign-in ends, in seconds since 1970."""
    id: str
    """Another one each time that somebody signs in."""

    def role(self, presenters: Collection[str]) -> Role:
        """Presenters are named by their e-mail address, or by its domain: @example.org."""
        names = {self.email, f"@{self.email.rpartition('@')[2]}"} if self.email else set()
        if self.domain:
            names.add(f"@{self.domain}")
        return "presenter" if names & set(presenters) else "guest"

    def pass_on(self, presenters: Collection[str], now: float) -> SessionToken | None:
        """What it is good for; None once it is old."""
        return (
            SessionToken(self.role(presenters), self.until, self.id) if self.until > now else None
        )


@cache
def is_configured() -> bool:
    """Whether the secrets name a provider. Told once: nothing else costs anything without one."""
    return oidc.has_provider()


def way_in() -> str:
    """The address that leads to the provider."""
    return oidc.login_address()


def signed_in(cookies: Mapping[str, str]) -> SignedIn | None:
    """Who has signed in, by the cookies of a request; None for nobody."""
    if USER_COOKIE not in cookies or not is_configured():
        return None
    told = oidc.user_cookie(cookies)
    if not told:
        return None
    try:
        return _signed_in(json.loads(told), hashlib.sha256(told).hexdigest()[:32])
    except (ValueError, TypeError, AttributeError):
        return None


def _signed_in(told: Mapping[str, Any], known_by: str) -> SignedIn | None:
    if told.get("is_logged_in") is not True:
        return None
    # An address that the provider has not checked could be anybody's.
    email = str(told.get("email") or "") if told.get("email_verified") is not False else ""
    domain = str(told.get("hd") or "")
    until = float(told.get("iat", 0)) + PASS_SECONDS
    return SignedIn(email.casefold(), domain.casefold(), until, known_by)
