"""What a page does while the app is away: says so, keeps what is typed, and comes back by itself.

An app that was restarted knows nothing of the pages that are open. What such a page needs to go on
is kept by the browser, and told with its first run.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from app.shell import state
from app.shell.components.component import component

_HEX = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Kept:
    """One thing that a page can be in the middle of, kept by its browser."""

    name: str
    """In what the browser keeps."""
    key: str
    """Of the tab's state, from which it is kept and to which it comes back."""
    to_keep: Callable[[], Any]
    """As JSON; None if nothing of the kind has begun."""
    resumed: Callable[[Any], Any]
    """What a browser tells, which may be anything that JSON can say, as the tab's state holds it;
    None if it cannot be."""


def resume(parts: Iterable[Kept]) -> None:
    """At the start of a run: if this is the first of a page that was open before, go on with it."""
    told = component("shell/connection/memory.js")(data={}, key="memory", on_kept_change=_nothing)
    if state.recall(state.TAB) is None and isinstance(told.kept, Mapping):
        for key, value in recalled(told.kept, parts).items():
            state.remember(key, value)


def strip(parts: Iterable[Kept], copy: str) -> None:
    """Draw what is said while the connection is lost, and just after; mostly nothing.

    `copy`: the name of the copy that the page shows, if it is one.
    """
    memory = {"tab": state.recall(state.TAB)}
    memory |= {part.name: kept for part in parts if (kept := part.to_keep()) is not None}
    # Another number each time: only what is drawn anew tells a page that the app is back.
    data = {"memory": memory, "copy": copy, "drawn": uuid4().hex}
    component("shell/connection/connection.js")(
        data=data, key="connection", on_again_change=_nothing
    )


def recalled(kept: Mapping[str, Any], parts: Iterable[Kept]) -> dict[str, Any]:
    """By keys of the tab's state: what may be what the tab was told; what cannot be is left out."""
    found: dict[str, Any] = {}
    tab = kept.get("tab")
    if isinstance(tab, str) and _HEX.fullmatch(tab):
        found[state.TAB] = tab
    for part in parts:
        if (value := part.resumed(kept.get(part.name))) is not None:
            found[part.key] = value
    return found


def _nothing() -> None:
    """Without a callback a component has no value; the run itself is what the browser asks for."""
