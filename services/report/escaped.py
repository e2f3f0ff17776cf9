"""Texts and addresses as Markdown shows them unchanged."""

import re

_MARKS = re.compile(r"([!#$&)*+\-.:<=>@\[\\\]^_`{|}~])")


def text(typed: str) -> str:
    """What somebody typed, so that Markdown shows it as it is, and fetches and links nothing."""
    return _MARKS.sub(r"\\\1", " ".join(typed.split()))


def link(address: str) -> str:
    """An address of ours; what somebody typed is percent-encoded in it."""
    return f"<{address.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')}>"


def quoted(typed: str) -> list[str]:
    """What somebody typed as a quotation, a line for each of its lines."""
    return [f"> {text(line)}  " for line in typed.splitlines() or [""]]
