"""Streamlit's OpenID Connect sign-in, read outside of a page: its settings, route and cookie.

Without one of the names that this needs, nobody can sign in with an account, as if there were no
provider; codes, keys and tokens go on working.
"""

from collections.abc import Mapping

from app.streamlit_compat.names import PrivateName, Reach, holds

USER_COOKIE = "_streamlit_user"
_PROVIDERS = PrivateName("streamlit.auth_util:get_secrets_auth_section")
_LOGIN = PrivateName("streamlit.user_info:generate_login_redirect_url", parameters="provider")
_COOKIE = PrivateName(
    "streamlit.auth_util:get_cookie_with_chunks", parameters="get_single_cookie_fn, cookie_name"
)
_SECRET = PrivateName("streamlit.web.server.server_util:get_cookie_secret")
_VERIFY = PrivateName(
    "streamlit.web.server.starlette.starlette_app_utils:decode_signed_value",
    parameters="secret, name, value, max_age_days",
)
REACH = Reach(
    "sign-in",
    "lets people sign in with an account",
    (_PROVIDERS, _LOGIN, _COOKIE, _SECRET, _VERIFY),
)


def has_provider() -> bool:
    """Whether the secrets name an identity provider."""
    return holds(REACH) and bool(_PROVIDERS.get()())


def login_address() -> str:
    """The address that leads to the provider."""
    return str(_LOGIN.get()("default"))


def user_cookie(cookies: Mapping[str, str]) -> bytes | None:
    """The verified content of the user cookie, as JSON; None if there is none that is valid."""
    content: bytes | None = _COOKIE.get()(lambda name: _verified(cookies, name), USER_COOKIE)
    return content


def _verified(cookies: Mapping[str, str], name: str) -> bytes | None:
    value = cookies.get(name)
    content: bytes | None = _VERIFY.get()(_SECRET.get()(), name, value) if value else None
    return content
