"""Our own pieces of browser code: plain text in, never markup; real links and buttons out."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent / "assets"


@cache
def component(name: str) -> Callable[..., Any]:
    """The component of that name, from its .js and .css file in `app/ui/assets/`."""
    return st.components.v2.component(
        f"basket_{name}",
        css=(_HERE / "shared.css").read_text() + (_HERE / f"{name}.css").read_text(),
        js=(_HERE / "shared.js").read_text() + (_HERE / f"{name}.js").read_text(),
    )
