"""Makes our components for the browser of their JavaScript and CSS; data goes in as text only."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from app import browser_files

_DRAWS = "export default function"


@cache
def component(name: str, *parts: str) -> Callable[..., Any]:
    """The component of that name, from its .js file and, if it has one, its .css file.

    `parts`: further files that it is made of.
    """
    files = ("shared", name, *parts)
    return st.components.v2.component(
        f"basket_{name}",
        css="".join(
            browser_files.text(style)
            for file in files
            if (style := f"{file}.css") in browser_files.paths()
        ),
        js=script(name, *parts),
    )


def script(name: str, *parts: str) -> str:
    """The JavaScript module of a component: when it throws, what it drew before stays."""
    files = ("shared", name, *parts)
    joined = "".join(browser_files.text(f"{file}.js") for file in files)
    drawing = joined.replace(_DRAWS, "function drawPiece", 1)
    return f"{drawing}\nexport default guarded({name!r}, drawPiece);\n"
