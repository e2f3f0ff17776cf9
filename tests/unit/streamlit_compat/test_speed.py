"""What Streamlit is spared must not change what it tells the browser."""

import pytest
from streamlit.components.v2.bidi_component import serialization
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.NewSession_pb2 import Config, CustomThemeConfig
from streamlit.runtime import app_session

from app.streamlit_compat import speed
from tests.unit.streamlit_compat.kept import keep


@pytest.fixture
def spared(monkeypatch: pytest.MonkeyPatch) -> None:
    for patch in speed.PATCHES:
        keep(patch, monkeypatch)
        patch.apply()


def settings() -> Config:
    told = Config()
    app_session._populate_config_msg(told)
    return told


def theme() -> CustomThemeConfig:
    told = CustomThemeConfig()
    app_session._populate_theme_msg(told)
    app_session._populate_theme_msg(told.dark, "theme.dark")
    return told


def sent(data: object) -> BidiComponent:
    told = BidiComponent()
    serialization.serialize_mixed_data(data, told)
    return told


DATA = {"rows": [{"name": "a"}], "words": ["b"], "none": None}
BEFORE = settings(), theme(), sent(DATA)


def test_the_browser_is_told_the_same_each_time(spared: None) -> None:
    assert (settings(), theme(), sent(DATA)) == BEFORE
    assert (settings(), theme(), sent(DATA)) == BEFORE


def test_there_is_a_theme_to_tell() -> None:
    assert BEFORE[1].ByteSize() > 100
    assert BEFORE[1].dark.ByteSize() > 10


def test_what_is_drawn_is_sent_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = speed.FLUSH_INTERVAL.get()
    keep(speed.PATCHES[0], monkeypatch)
    speed.flush_sooner()
    assert 0 < speed.FLUSH_INTERVAL.get() < shipped
