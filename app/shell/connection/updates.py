"""Live updates: a page is drawn again when what it shows has changed."""

from app.live.broadcaster import Marks
from app.shell import state
from app.shell.components.component import component
from app.shell.context import Context
from app.shell.identity import tab


def look(context: Context) -> None:
    """Note what the page is about to be drawn from: what comes meanwhile is news for the next."""
    state.remember(state.LOOKED, context.basket.live.look(context.snapshot))


def follow(context: Context) -> None:
    """Draw the page again as soon as basket or model are not what it was drawn from."""
    _listen(context, "basket", "model")


def follow_table(context: Context) -> None:
    """The same for a table: also as soon as something is said of one of its columns."""
    _listen(context, "basket", "model", "columns")


def follow_model(context: Context) -> None:
    """Draw the page again as soon as the model has changed: a form is not for the basket's news."""
    _listen(context, "model")


def follow_talk(context: Context) -> None:
    """Draw the page again as soon as somebody says something."""
    _listen(context, "model", "notices", "talk")


def follow_people(context: Context) -> None:
    """Draw the page again as soon as somebody says something, comes or leaves."""
    _listen(context, "model", "notices", "talk", "people")


def follow_tours(context: Context) -> None:
    """Draw the page again as soon as everybody is led to another step, or by nobody any more."""
    _listen(context, "model", "notices", "tour")


def follow_notices(context: Context) -> None:
    """Draw what is on every page again as soon as there is something to hear for everybody."""
    # While a tour goes along, its panel sees by itself where everybody is led.
    tour = () if state.recall(state.TOURING, False) else ("tour",)
    _listen(context, "notices", *tour, key="live notices")


def follow_for_the_tour(context: Context) -> None:
    """See at once whether a step of the tour is done, or everybody is led to another one."""
    _listen(context, "basket", "tour", key="live tour")


def _listen(context: Context, *parts: str, key: str = "live") -> None:
    drawn_from: Marks = state.recall(state.LOOKED, {})
    marks = {part: drawn_from.get(part, "") for part in parts}
    data = {"marks": marks, "tab": tab(), "copy": context.basket.copy}
    component("shell/connection/updates.js")(data=data, key=key, on_news_change=_nothing)


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
