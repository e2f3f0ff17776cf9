"""Streamlit as fast as it can be for a shared demo."""

import asyncio
import gc
import importlib
import sys
from functools import cache

from streamlit import config, string_util
from streamlit.runtime import app_session

_LOOK_SECONDS = 1.0


def spare_what_never_changes() -> None:
    """Have the theme worked out once instead of at every click.

    It takes about a fifth of a click's time (measured, Streamlit 1.67), and config.toml is read
    at the start only.
    """
    config.get_options_for_section = cache(config.get_options_for_section)
    vars(app_session)["to_snake_case"] = cache(string_util.to_snake_case)


def load_what_pages_need() -> None:
    """Load what Streamlit would load in the first visitor's run, while the store is starting."""
    for module in ("pandas", "PIL.Image", "app.ui.browsing", "app.ui.form", "app.ui.table"):
        importlib.import_module(module)


async def keep_frozen() -> None:
    """Take what is loaded out of the garbage collector's sight, again whenever that has grown.

    Streamlit collects all garbage after each click, which takes as long as there are objects; and
    the first visitor of a page has modules loaded (pandas alone a third of all).
    """
    frozen = 0
    while True:
        if frozen != (frozen := len(sys.modules)):
            gc.collect()
            gc.freeze()
        await asyncio.sleep(_LOOK_SECONDS)
