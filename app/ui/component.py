"""Our own pieces of browser code: plain text in, never markup; real links and buttons out."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent / "assets"
_DRAWS = "export default function"


@cache
def component(name: str, *parts: str) -> Callable[..., Any]:
    """The component of that name, from its .js file in `app/ui/assets/`, and its .css file.

    `parts`: further files that it is made of.
    """
    files = ("shared", name, *parts)
    return st.components.v2.component(
        f"basket_{name}",
        css="".join(
            style.read_text() for file in files if (style := _HERE / f"{file}.css").exists()
        ),
        js=script(name, *parts),
    )


def script(name: str, *parts: str) -> str:
    """The JavaScript module of a component: when it throws, what it drew before stays."""
    files = ("shared", name, *parts)
    joined = "".join((_HERE / f"{file}.js").read_text() for file in files)
    drawing = joined.replace(_DRAWS, "function drawPiece", 1)
    return f"{drawing}\nexport default guarded({name!r}, drawPiece);\n"
