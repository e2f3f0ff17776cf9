"""Addresses of our pages as others can open them."""

from urllib.parse import SplitResult, urlsplit

import streamlit as st

from app.addresses import reachable
from app.settings import Settings
from services.network import is_loopback


def link(page: str, settings: Settings) -> str:
    """A page, such as "join?code=K7M-2QX", as an address to give to others.

    By the public address; else by that of whoever asks, unless only they see the app there.
    """
    if public := settings.public_url:
        return f"{public}/{page}"
    here = urlsplit(st.context.url or "http://127.0.0.1:8000/")
    folder = here.path.rsplit("/", 1)[0]
    return f"{here.scheme}://{_for_others(here, settings.host)}{folder}/{page}"


def _for_others(here: SplitResult, host: str) -> str:
    if is_loopback(host) or not is_loopback(here.hostname or ""):
        return here.netloc
    return f"{reachable(host)}:{here.port or 80}"
