"""Keeps an open page as new as the basket and the model, without a click."""

from app import bootstrap
from app.live import mark
from app.ui.component import component
from services.model.current import seen


def follow() -> None:
    """Draw the page again as soon as basket or model are not what it was drawn from."""
    _listen(model_only=False)


def follow_model() -> None:
    """Draw the page again as soon as the model has changed: a form is not for the basket's news."""
    _listen(model_only=True)


def _listen(*, model_only: bool) -> None:
    drawn_from = mark(bootstrap.basket().catalogue.freshness, seen())
    data = {"mark": drawn_from, "modelOnly": model_only}
    component("live")(data=data, key="live", on_news_change=_nothing)


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
