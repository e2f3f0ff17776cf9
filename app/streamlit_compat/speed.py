"""Patches that spare each click what our pages do not need.

Measured with Streamlit 1.67 and Browse, all together: 14.0 ms of processor time a click before,
12.3 after, and 18.6 ms before the answer is complete, then 13.2. That is lost without them.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from app.streamlit_compat.names import Patch, PrivateName

if TYPE_CHECKING:
    from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig

_FLUSH_SECONDS = 0.001
_SESSION = "streamlit.runtime.app_session:"
_NEW_SESSION = f"{_SESSION}AppSession._create_new_session_message"

FLUSH_INTERVAL = PrivateName(
    "streamlit.runtime.runtime:MESSAGE_FLUSH_INTERVAL_SECS",
    used_by="streamlit.runtime.runtime:Runtime._loop_coroutine",
)
EXTRACT = PrivateName(
    "streamlit.components.v2.bidi_component.serialization:_extract_dataframes_from_dict",
    parameters="data, arrow_blobs",
    used_by="streamlit.components.v2.bidi_component.serialization:serialize_mixed_data",
)
TELL_CONFIG = PrivateName(f"{_SESSION}_populate_config_msg", "msg", used_by=_NEW_SESSION)
TELL_THEME = PrivateName(f"{_SESSION}_populate_theme_msg", "msg, section", used_by=_NEW_SESSION)
_CONFIG = PrivateName("streamlit.proto.NewSession_pb2:Config", attributes="CopyFrom")
_THEME = PrivateName("streamlit.proto.NewSession_pb2:CustomThemeConfig", attributes="MergeFrom")


def flush_sooner() -> None:
    """Send what a run has drawn at once; without it, that waits for up to 5 ms for more."""
    FLUSH_INTERVAL.replace(_FLUSH_SECONDS)


def spare_data_frames() -> None:
    """Do not look for data frames in a component's data; without it, each run looks in vain."""
    EXTRACT.replace(_as_it_is)


def _as_it_is(data: dict[str, Any], _: object = None) -> dict[str, Any]:
    return data


def tell_the_same_once() -> None:
    """Work out once what each run tells of settings and theme: config.toml is read at the start.

    Without it, each run works it out again.
    """
    told, tell_theme = _CONFIG.get()(), TELL_THEME.get()
    TELL_CONFIG.get()(told)

    @cache
    def theme(section: str) -> "CustomThemeConfig":
        made: CustomThemeConfig = _THEME.get()()
        tell_theme(made, section)
        return made

    def populate_config(msg: "Config") -> None:
        msg.CopyFrom(told)

    def populate_theme(msg: "CustomThemeConfig", section: str = "theme") -> None:
        msg.MergeFrom(theme(section))

    TELL_CONFIG.replace(populate_config)
    TELL_THEME.replace(populate_theme)


PATCHES = (
    Patch("flush interval", "sends what is drawn at once", (FLUSH_INTERVAL,), flush_sooner),
    Patch("data frames", "does not search our components' data", (EXTRACT,), spare_data_frames),
    Patch(
        "session message",
        "works out settings and theme once",
        (TELL_CONFIG, TELL_THEME, _CONFIG, _THEME),
        tell_the_same_once,
    ),
)
