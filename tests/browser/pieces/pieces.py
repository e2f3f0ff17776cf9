"""Pieces of page by themselves: what the app tells them, and what they tell the app."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route

from app import browser_files
from app.shell.components.component import script

_HERE = "http://127.0.0.1/piece"
_DRAW = """async ([script, data]) => {
  window.sent ??= [];
  if (!window.root) {
    window.root = document.body.attachShadow({mode: "open"});
    window.root.innerHTML = "<div><style></style></div>";
  }
  const file = new Blob([script], {type: "text/javascript"});
  window.module ??= await import(URL.createObjectURL(file));
  const tell = (_, value) => window.sent.push(value);
  await window.module.default({
    data, parentElement: window.root, setTriggerValue: tell, setStateValue: tell});
}"""
Draw = Callable[[Mapping[str, Any]], None]


def piece(page: Page, path: str) -> Draw:
    """An empty page, and what draws a component on it; `window.sent` is what it has told."""
    page.route(_HERE, lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.route("**/browser/**", serve_module)
    page.goto(_HERE)
    return lambda data: page.evaluate(_DRAW, [script(path), data])


def still_piece(page: Page, path: str) -> Draw:
    """The same on a page whose clock goes only when a test moves it (`page.clock.run_for`)."""
    page.clock.install()
    draw = piece(page, path)
    page.clock.pause_at("2100-01-01")
    return draw


def serve_module(route: Route) -> None:
    """As the app serves its modules."""
    path = urlsplit(route.request.url).path.split("/", 3)[3]
    route.fulfill(body=browser_files.text(path), content_type="text/javascript")
