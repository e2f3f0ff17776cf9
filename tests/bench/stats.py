"""What many measurements say together, and how rivals take turns."""

import math
import statistics
from collections.abc import Callable, Sequence
from typing import TypeVar

Name = TypeVar("Name")


def p50(samples: Sequence[float]) -> float:
    """The middle sample, in the samples' own unit: a busy machine's outliers do not move it."""
    if not samples:
        raise ValueError("nothing was measured")
    return statistics.median(samples)


def p95(samples: Sequence[float]) -> float:
    """What 95 of 100 samples are not above."""
    if not samples:
        raise ValueError("nothing was measured")
    return sorted(samples)[math.ceil(0.95 * len(samples)) - 1]


def in_turns(
    subjects: dict[Name, Callable[[], list[float]]], rounds: int
) -> dict[Name, list[float]]:
    """All samples of each subject, taken a round at a time.

    Taking turns lets a slow minute of the machine slow every subject alike. The order is turned
    round after each round, so nobody always runs on the heels of the same neighbour.
    """
    samples: dict[Name, list[float]] = {name: [] for name in subjects}
    order = list(subjects)
    for _ in range(rounds):
        for name in order:
            samples[name] += subjects[name]()
        order.reverse()
    return samples
