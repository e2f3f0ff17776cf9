"""Who has signed in with the organisation's own provider, where one is configured (OIDC).

Streamlit serves the way to the provider and back (`st.login`) and keeps what the provider told in a
signed cookie; the door reads it, since it stands before Streamlit.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from streamlit import auth_util
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from app.passes import PASS_SECONDS, Pass
from services.access import Role

OUT = "/auth/logout"
WAYS = ("/auth/login", OUT, "/oauth2callback")
"""Streamlit's own routes to the provider and back; of use only where one is configured."""
USER_COOKIE = "_streamlit_user"


@dataclass(frozen=True)
class SignedIn:
    """What the provider has told of somebody."""

    email: str
    domain: str
    until: float
    """Told anew after so long, like a pass."""
    id: str
    """Another one each time that somebody signs in."""

    def role(self, presenters: Collection[str]) -> Role:
        """Presenters are named by their e-mail address, or by its domain: @example.org."""
        names = {self.email, f"@{self.email.rpartition('@')[2]}"} if self.email else set()
        if self.domain:
            names.add(f"@{self.domain}")
        return "presenter" if names & set(presenters) else "guest"

    def pass_on(self, presenters: Collection[str], now: float) -> Pass | None:
        """What it is good for; None once it is old."""
        return Pass(self.role(presenters), self.until, self.id) if self.until > now else None


@cache
def is_configured() -> bool:
    """Whether the secrets name a provider. Told once: nothing else costs anything without one."""
    return bool(auth_util.get_secrets_auth_section())


def way_in() -> str:
    """The address that leads to the provider."""
    return generate_login_redirect_url("default")


def signed_in(cookies: Mapping[str, str]) -> SignedIn | None:
    """Who has signed in, by the cookies of a request; None for nobody."""
    if USER_COOKIE not in cookies or not is_configured():
        return None
    told = auth_util.get_cookie_with_chunks(lambda name: _opened(cookies, name), USER_COOKIE)
    if not told:
        return None
    try:
        return _signed_in(json.loads(told), hashlib.sha256(told).hexdigest()[:32])
    except (ValueError, TypeError, AttributeError):
        return None


def _opened(cookies: Mapping[str, str], name: str) -> bytes | None:
    value = cookies.get(name)
    return decode_signed_value(get_cookie_secret(), name, value) if value else None


def _signed_in(told: Mapping[str, Any], known_by: str) -> SignedIn | None:
    if told.get("is_logged_in") is not True:
        return None
    # An address that the provider has not checked could be anybody's.
    email = str(told.get("email") or "") if told.get("email_verified") is not False else ""
    domain = str(told.get("hd") or "")
    until = float(told.get("iat", 0)) + PASS_SECONDS
    return SignedIn(email.casefold(), domain.casefold(), until, known_by)
