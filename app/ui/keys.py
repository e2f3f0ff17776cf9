"""Keys for what is done most often; never while somebody types."""

from typing import Any

from app.ui import selection
from app.ui.component import component

_HELP: tuple[tuple[str, str], ...] = (
    ("/", "Search"),
    ("a", "Add an asset"),
    ("Esc", "Leave a field; select nothing any more"),
    ("Shift + click", "Select all up to here"),
    ("?", "Show these keys"),
)


def keys() -> None:
    """Listen for keys, and draw the way to the list of them."""
    data: dict[str, Any] = {
        "picked": bool(selection.picked("basket") or selection.picked("bin")),
        "help": [{"keys": pressed, "does": does} for pressed, does in _HELP],
    }
    component("keys")(data=data, key="keys", on_let_go_change=_let_go, width="content")


def _let_go() -> None:
    selection.let_go("basket")
    selection.let_go("bin")
