"""Scenarios, checkpoints and what differs between them in words for people."""

from collections.abc import Iterator

from app.shell.words import count_of
from services.scenarios.checkpoints import AUTOMATIC
from services.scenarios.comparing import Comparison, in_the_bin
from services.scenarios.lines import Lines
from services.scenarios.replacement import Replacement
from services.scenarios.shipped import names


def title(name: str) -> str:
    """What a scenario or a checkpoint is called on screen."""
    if name.startswith(AUTOMATIC):
        what, _, _ = name.removeprefix(AUTOMATIC).rpartition(",")
        return what.capitalize()
    return name.capitalize() if name in names() else name


def replaced(last: Replacement) -> tuple[str, str]:
    """What the last replacement was: what stands before the name of the state, and after it."""
    if last.state == "running":
        return "", " is being loaded, or something stopped it halfway"
    return ("Went back: ", "") if last.to.startswith(AUTOMATIC) else ("", " was loaded")


def preview(ahead: Comparison) -> Iterator[str]:
    """What loading a state would do to the present one."""
    if ahead.is_empty:
        yield "The basket is exactly so already."
        return
    yield f"Replaces what is there now: {_contents(ahead.before)}."
    yield f"Then there will be: {_contents(ahead.after)}."
    parts = (len(ahead.added), len(ahead.removed), len(ahead.changed))
    words = ("new", "gone", "changed back")
    told = [f"{count:,} {word}" for count, word in zip(parts, words, strict=True) if count]
    yield f"{', '.join(told)}. Saved views and checkpoints stay. One step undoes it."


def _contents(lines: Lines) -> str:
    binned = in_the_bin(lines)
    there = len(lines) - binned
    if not lines:
        return "nothing"
    return f"{count_of(there)} and {binned:,} in the bin" if binned else count_of(there)
