"""Keys for what is done most often; never while somebody types."""

from app.shell.components.component import component

_HELP: tuple[tuple[str, str], ...] = (
    ("/", "Search"),
    ("a", "Add an asset"),
    ("q", "Answer what the presenter asks"),
    ("Esc", "Leave a field; select nothing any more"),
    ("Shift + click", "Select all up to here"),
    ("?", "Show these keys"),
)


def keys() -> None:
    """Listen for keys, and draw the way to the list of them."""
    data = {"help": [{"keys": pressed, "does": does} for pressed, does in _HELP]}
    component("shell/keyboard/keys.js")(data=data, key="keys", width="content")
