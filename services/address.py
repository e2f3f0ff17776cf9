"""Addresses of pages, relative to the app's own; whatever else a browser tells is none."""

import re
from urllib.parse import parse_qsl, urlencode

LONGEST_QUERY = 6000
_PATH = re.compile(r"[a-z]{0,20}")


def parted(address: str) -> tuple[str, str] | None:
    """The page's name and what stands after the question mark; None for what is no page of ours."""
    path, _, query = address.partition("?")
    if not _PATH.fullmatch(path) or len(query) > LONGEST_QUERY:
        return None
    return path, urlencode(parse_qsl(query, keep_blank_values=True, errors="replace"))


def joined(path: str, query: str) -> str:
    """The address that has these parts."""
    return f"{path}?{query}" if query else path
