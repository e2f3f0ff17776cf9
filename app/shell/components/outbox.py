"""Commands from a browser: sent until they are acknowledged, carried out once."""

from collections.abc import Mapping
from typing import Any

from app.shell import state


def new_commands(component: str, done: str) -> list[Mapping[str, Any]]:
    """What this tab's component wants, each once, in the order in which it was wanted.

    `done`: the key of the number of the last one that was seen to.
    """
    told = state.recall(component, {}).get("commands") or []
    last: float = state.recall(done, 0)
    new: list[Mapping[str, Any]] = [
        one for one in told if isinstance(one, dict) and _number(one) > last
    ]
    state.remember(done, max([last, *map(_number, new)]))
    return new


def _number(told: Mapping[str, Any]) -> float:
    number = told.get("n", 0)
    return number if isinstance(number, int | float) else 0
