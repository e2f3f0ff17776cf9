"""The scenarios that come with the product."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from services.scenarios.crowded import crowded
from services.scenarios.lines import Lines, by_key, read_lines


@dataclass(frozen=True)
class Scenario:
    """A named set of assets, the same ones each time: their identifiers and their clock, too."""

    name: str
    about: str
    """What it is good for, in a sentence for people."""


SHIPPED = (
    Scenario("empty", "Nothing at all: what a first visitor sees."),
    Scenario("starter", "Three assets, to explain what an asset is."),
    Scenario("portfolio", "Some 60 real instruments across tags, liquidity and currencies."),
    Scenario("crowded", "5,000 made-up assets: lists, filters and charts at a size."),
    Scenario("edge", "The longest names, every script, emoji, right to left."),
)


class Shipped:
    """Where the assets of the scenarios come from: a file each, or a generator."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lines(self, name: str) -> Lines | None:
        """The assets of the scenario of that name; None if there is none."""
        if name not in names():
            return None
        return by_key(crowded()) if name == "crowded" else read_lines(self._folder / _file(name))


def names() -> Iterable[str]:
    """What the scenarios are called."""
    return [scenario.name for scenario in SHIPPED]


def _file(name: str) -> str:
    return f"{name}.jsonl"
