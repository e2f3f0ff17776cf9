"""Our own pieces of browser code: plain text in, never markup; real links and buttons out."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent / "assets"


@cache
def component(name: str, *parts: str) -> Callable[..., Any]:
    """The component of that name, from its .js and .css file in `app/ui/assets/`; `parts`: files
    of which it is made besides."""
    files = ("shared", *parts, name)
    return st.components.v2.component(
        f"basket_{name}",
        css="".join(_text(f"{file}.css") for file in files),
        js="".join(_text(f"{file}.js") for file in files),
    )


def _text(name: str) -> str:
    file = _HERE / name
    return file.read_text() if file.exists() else ""
