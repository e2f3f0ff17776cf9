"""Values that lie on a line: what filters by range and histograms need to know of them."""

from abc import ABC, abstractmethod
from typing import Literal


class Range(ABC):
    """Bounds of a kind's values, as a URL and a filter have them: as text."""

    of: Literal["numbers", "days"]
    """How they are entered, and kept in columns."""
    whole: bool = False
    """Whether there is nothing between a number and the next one."""
    no_bound: str
    """What is said of a text that is no bound."""

    @abstractmethod
    def is_bound(self, text: str) -> bool:
        """Whether values can be compared with it."""

    @abstractmethod
    def in_words(self, least: str, most: str, below: str, unit: str) -> str:
        """The bounds of a filter, as they continue the field's label; "" for one that is not."""

    @abstractmethod
    def bound(self, text: str) -> str:
        """One bound in words."""

    @abstractmethod
    def most_below(self, text: str) -> str:
        """The last bound that is below this one, where there is a last one; else this one."""

    @abstractmethod
    def place(self, text: str) -> float:
        """Where on the line a bound lies."""
