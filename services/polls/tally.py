"""Results of a question."""

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean, pstdev

from services.model.question import Answer, Question


@dataclass(frozen=True)
class Tally:
    """What came of a question so far."""

    question: Question
    answers: tuple[Answer, ...]
    """In the order in which they came."""

    @cached_property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many gave each answer that there is to choose, in the question's order."""
        number = Counter(answer.value for answer in self.answers)
        return tuple((choice, number[choice]) for choice in self.question.choices)

    @property
    def mean(self) -> float | None:
        """The mean grade; None without one."""
        grades = self._grades
        return fmean(grades) if grades else None

    @property
    def spread(self) -> float | None:
        """The standard deviation of the grades: 0 if all say the same; None without one."""
        grades = self._grades
        return pstdev(grades) if grades else None

    def here(self, present: Set[str]) -> int:
        """How many of those present have answered, as far as those without a name let one tell."""
        named = {answer.person for answer in self.answers} & present
        nameless = sum(answer.is_anonymous for answer in self.answers)
        return min(len(named) + nameless, len(present))

    @property
    def _grades(self) -> list[int]:
        scale = self.question.kind == "scale"
        return [int(answer.value) for answer in self.answers] if scale else []
