"""Keeps an open page as new as the basket and the model, without a click."""

from app import bootstrap
from app.live import mark
from app.ui import state
from app.ui.component import component
from services.model.current import seen


def look() -> None:
    """Note what the page is about to be drawn from: what comes meanwhile is news for the next."""
    catalogue = bootstrap.basket().catalogue
    catalogue.refresh()
    state.remember(state.LOOKED, mark(catalogue.freshness, seen()))


def follow() -> None:
    """Draw the page again as soon as basket or model are not what it was drawn from."""
    _listen(model_only=False)


def follow_model() -> None:
    """Draw the page again as soon as the model has changed: a form is not for the basket's news."""
    _listen(model_only=True)


def _listen(*, model_only: bool) -> None:
    data = {"mark": state.recall(state.LOOKED), "modelOnly": model_only}
    component("live")(data=data, key="live", on_news_change=_nothing)


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
