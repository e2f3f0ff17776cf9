"""Values of fields, as JSON has them, as texts."""

import json
from typing import Any

YES, NO = "true", "false"


def texts_of(value: Any) -> tuple[str, ...]:
    """The value of a field as filters and groups know it: no text for nothing, several of a list.

    Takes what JSON has: true is "true", 3 is "3".
    """
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return tuple(text for inner in value for text in texts_of(inner))
    if isinstance(value, bool):
        return (YES if value else NO,)
    return (str(value),)


def as_stored(value: Any) -> str:
    """A value as it stands in JSON, a text without its quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
