"""Makes a component for the browser of a JavaScript module; data goes in as text only.

A component is a module of ours whose default export draws it:
`component("shell/connection/updates.js")`. The CSS files beside the module, and beside those that
it imports, are its styles. What Streamlit gets of it is `loading.js`, which fetches the module and
draws with it.
"""

import json
from collections.abc import Callable
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import streamlit as st

from app import browser_files

_GUARD = "shell/components/component.js"


@cache
def component(path: str) -> Callable[..., Any]:
    """The component whose module has this path in `app/`."""
    return st.components.v2.component(
        f"basket_{_name(path)}", css=browser_files.styles(_GUARD, path), js=script(path)
    )


def script(path: str) -> str:
    """What fetches the module, and draws with it."""
    paths = [browser_files.address(_GUARD), browser_files.address(path)]
    made = f"component({json.dumps(_name(path))}, {json.dumps(paths)})"
    return f"{browser_files.text('shell/components/loading.js')}\nexport default {made};\n"


def _name(path: str) -> str:
    return PurePosixPath(path).stem
