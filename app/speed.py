"""Streamlit as fast as it can be for a shared demo."""

import gc
from functools import cache

from streamlit import config, string_util
from streamlit.runtime import app_session


def spare_what_never_changes() -> None:
    """Have the theme worked out once instead of at every click.

    It takes about a fifth of a click's time (measured, Streamlit 1.67), and config.toml is read
    at the start only.
    """
    config.get_options_for_section = cache(config.get_options_for_section)
    vars(app_session)["to_snake_case"] = cache(string_util.to_snake_case)


def freeze() -> None:
    """Take what is loaded by now out of the garbage collector's sight.

    Streamlit collects all garbage after each click, which takes as long as there are objects.
    """
    gc.collect()
    gc.freeze()
