"""Streamlit's OpenID Connect sign-in, read outside of a page: its settings, route and cookie."""

from collections.abc import Mapping

from streamlit import auth_util
from streamlit.user_info import generate_login_redirect_url
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

USER_COOKIE = "_streamlit_user"


def has_provider() -> bool:
    """Whether the secrets name an identity provider."""
    return bool(auth_util.get_secrets_auth_section())


def login_address() -> str:
    """The address that leads to the provider."""
    return generate_login_redirect_url("default")


def user_cookie(cookies: Mapping[str, str]) -> bytes | None:
    """The verified content of the user cookie, as JSON; None if there is none that is valid."""
    return auth_util.get_cookie_with_chunks(lambda name: _verified(cookies, name), USER_COOKIE)


def _verified(cookies: Mapping[str, str], name: str) -> bytes | None:
    value = cookies.get(name)
    return decode_signed_value(get_cookie_secret(), name, value) if value else None
