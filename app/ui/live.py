"""Keeps an open page as new as the basket, without a click."""

from app import bootstrap
from app.ui.component import component


def follow() -> None:
    """Draw the page again as soon as the basket is not what it was drawn from."""
    mark = bootstrap.basket().catalogue.freshness.mark
    component("live")(data={"mark": mark}, key="live", on_news_change=_nothing)


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
