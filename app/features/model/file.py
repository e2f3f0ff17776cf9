"""The file that says what an asset is, and where it does not work."""

import re

import streamlit as st

from app.settings import ROOT
from services.model.current import FILE, seen

_AROUND = 2
"""Lines to show before and after the one that does not work."""


def file() -> None:
    """Say which file makes the model, and show its place that does not work, if there is one."""
    name = FILE.relative_to(ROOT).as_posix()
    st.markdown(f"Fields are defined in `{name}`. Save it, and every open page follows.")
    number = re.search(r", line (\d+):", seen().problem)
    if number:
        st.code(_excerpt(int(number[1])), language=None)


def _excerpt(number: int) -> str:
    try:
        lines = FILE.read_text().splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    first = max(1, number - _AROUND)
    shown = enumerate(lines[first - 1 : number + _AROUND], start=first)
    return "\n".join(f"{'→' if at == number else ' '} {at:>4}  {line}" for at, line in shown)
