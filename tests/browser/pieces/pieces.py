"""Pieces of page by themselves: what the app tells them, and what they tell the app."""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

from app.shell.component import script

_HERE = "http://127.0.0.1/piece"
_DRAW = """async ([script, data]) => {
  window.sent ??= [];
  window.root ??= document.body.attachShadow({mode: "open"});
  const file = new Blob([script], {type: "text/javascript"});
  window.module ??= await import(URL.createObjectURL(file));
  const tell = (_, value) => window.sent.push(value);
  window.module.default({
    data, parentElement: window.root, setTriggerValue: tell, setStateValue: tell});
}"""
Draw = Callable[[Mapping[str, Any]], None]


def piece(page: Page, name: str, *parts: str) -> Draw:
    """An empty page, and what draws a piece on it; `window.sent` is what the piece has told."""
    page.route(_HERE, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(_HERE)
    return lambda data: page.evaluate(_DRAW, [script(name, *parts), data])


def still_piece(page: Page, name: str, *parts: str) -> Draw:
    """The same on a page whose clock goes only when a test moves it (`page.clock.run_for`)."""
    page.clock.install()
    draw = piece(page, name, *parts)
    page.clock.pause_at("2100-01-01")
    return draw
