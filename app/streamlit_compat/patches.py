"""Streamlit as fast as it can be for a shared demo."""

import asyncio
import gc
import importlib
import sys
from functools import cache

from streamlit import config
from streamlit.components.v2.bidi_component import serialization
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.runtime import app_session, runtime

_LOOK_SECONDS = 1.0
_FLUSH_SECONDS = 0.001


def spare_needless_work() -> None:
    """Have Streamlit leave out what our pages do not need at every click.

    Measured with Streamlit 1.67 and Browse: 14.0 ms of processor time a click before, 12.3 after,
    and 18.6 ms before the answer is complete, then 13.2. Call it once, at the start.
    """
    _tell_the_same_once()
    # What a run has drawn waits for up to 5 ms for what comes next.
    vars(runtime)["MESSAGE_FLUSH_INTERVAL_SECS"] = _FLUSH_SECONDS
    # Looks through a component's data for data frames, one type after another; ours hold none.
    vars(serialization)["_extract_dataframes_from_dict"] = lambda data, _: data


def _tell_the_same_once() -> None:
    """Work out once what each run tells of settings and theme: config.toml is read at the start."""
    told, theme = Config(), cache(_theme)
    app_session._populate_config_msg(told)
    for section in _THEMES:
        theme(section)

    def tell_theme(message: CustomThemeConfig, section: str = _THEMES[0]) -> None:
        message.MergeFrom(theme(section))

    vars(app_session)["_populate_config_msg"] = lambda message: message.CopyFrom(told)
    vars(app_session)["_populate_theme_msg"] = tell_theme


_populate_theme = app_session._populate_theme_msg
_THEMES = ("theme", *(f"theme.{part.value}" for part in config.CustomThemeCategories))


def _theme(section: str) -> CustomThemeConfig:
    made = CustomThemeConfig()
    _populate_theme(made, section)
    return made


def load_what_pages_need() -> None:
    """Load what Streamlit would load in the first visitor's run, while the store is starting."""
    for module in (
        "pandas",
        "PIL.Image",
        "app.features.browse.browsing",
        "app.features.asset_form.form",
        "app.features.browse.table.table",
    ):
        importlib.import_module(module)


async def keep_frozen() -> None:
    """Take what is loaded out of the garbage collector's sight, again whenever that has grown.

    A full collection holds up every click for as long as there are objects; and the first visitor
    of a page has modules loaded (pandas alone a third of all).
    """
    frozen = 0
    while True:
        if frozen != (frozen := len(sys.modules)):
            gc.collect()
            gc.freeze()
        await asyncio.sleep(_LOOK_SECONDS)
