"""What is done once, when the app starts to be served."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, Literal

import pytest

from app import serving, warm_up
from app.settings import Settings


@pytest.mark.parametrize(("wanted", "times"), [("on", 1), ("off", 0)])
def test_streamlit_is_patched_unless_the_settings_say_no(
    wanted: Literal["on", "off"], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied: list[bool] = []
    monkeypatch.setattr(serving, "apply_patches", lambda: applied.append(True))
    monkeypatch.setattr(serving, "draw_pages_over", lambda _: None)
    monkeypatch.setattr(serving, "raise_limit", lambda: "")
    monkeypatch.setattr(warm_up, "load_what_pages_need", lambda: None)
    monkeypatch.setattr(warm_up, "load_basket", lambda _: None)
    basket = SimpleNamespace(settings=Settings(streamlit_patches=wanted))
    application: Any = SimpleNamespace(services=lambda: basket, close=lambda: None)

    async def served() -> None:
        async with serving.lifespan(application)(None):
            pass

    # In a thread of its own: a browser test before may have left its event loop in this one.
    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, served()).result()
    assert len(applied) == times
