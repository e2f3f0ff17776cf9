"""Live updates: a page is drawn again when what it shows has changed."""

from app import bootstrap
from app.live.broadcaster import Marks
from app.shell import state
from app.shell.component import component
from app.shell.identity import tab
from services.model.current import seen


def look() -> None:
    """Note what the page is about to be drawn from: what comes meanwhile is news for the next."""
    state.remember(state.LOOKED, bootstrap.basket().live.look(seen()))


def follow() -> None:
    """Draw the page again as soon as basket or model are not what it was drawn from."""
    _listen("basket", "model")


def follow_table() -> None:
    """The same for a table: also as soon as something is said of one of its columns."""
    _listen("basket", "model", "columns")


def follow_model() -> None:
    """Draw the page again as soon as the model has changed: a form is not for the basket's news."""
    _listen("model")


def follow_talk() -> None:
    """Draw the page again as soon as somebody says something."""
    _listen("model", "notices", "talk")


def follow_people() -> None:
    """Draw the page again as soon as somebody says something, comes or leaves."""
    _listen("model", "notices", "talk", "people")


def follow_tours() -> None:
    """Draw the page again as soon as everybody is led to another step, or by nobody any more."""
    _listen("model", "notices", "tour")


def follow_notices() -> None:
    """Draw what is on every page again as soon as there is something to hear for everybody."""
    # While a tour goes along, its panel sees by itself where everybody is led.
    tour = () if state.recall(state.TOURING, False) else ("tour",)
    _listen("notices", *tour, key="live notices")


def follow_for_the_tour() -> None:
    """See at once whether a step of the tour is done, or everybody is led to another one."""
    _listen("basket", "tour", key="live tour")


def _listen(*parts: str, key: str = "live") -> None:
    drawn_from: Marks = state.recall(state.LOOKED, {})
    marks = {part: drawn_from.get(part, "") for part in parts}
    data = {"marks": marks, "tab": tab(), "copy": bootstrap.basket().copy}
    component("live/updates.js")(data=data, key=key, on_news_change=_nothing)


def _nothing() -> None:
    """Without a callback a component's trigger has no value."""
