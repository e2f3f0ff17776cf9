"""What a benchmark says: one line for people, one object for machines."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal


class NotMeasured(Exception):  # noqa: N818 - a statement, not an error: the subject is not there
    """The subject of a benchmark does not exist (yet); the text says what is missing."""


@dataclass(frozen=True)
class Bar:
    """A limit that a figure must keep."""

    direction: Literal["≤", "≥"]
    limit: float

    def holds(self, figure: float) -> bool:
        return figure <= self.limit if self.direction == "≤" else figure >= self.limit

    def __str__(self) -> str:
        return f"{self.direction} {self.limit:g}"


def at_most(limit: float) -> Bar:
    return Bar("≤", limit)


def at_least(limit: float) -> Bar:
    return Bar("≥", limit)


@dataclass(frozen=True)
class Result:
    """One claim: our figure against the rival's, or against the bar itself without a rival."""

    name: str
    unit: str
    bar: Bar | None
    ours: float | None = None
    rival: float | None = None
    why_not: str = ""

    @property
    def ratio(self) -> float | None:
        if self.ours is None or self.rival is None:
            return None
        return self.ours / self.rival

    @property
    def holds(self) -> bool | None:
        """Whether the bar is kept; None if it was not measured."""
        figure = self.ours if self.rival is None else self.ratio
        return None if figure is None or self.bar is None else self.bar.holds(figure)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "ours": self.ours,
            "rival": self.rival,
            "ratio": self.ratio,
            "unit": self.unit,
            "bar": self.bar and str(self.bar),
            "holds": self.holds,
        }


def not_measured(name: str, reason: NotMeasured) -> Result:
    """What stands in the report for a benchmark without its subject."""
    return Result(name, "", None, why_not=str(reason))


VERDICTS = {True: "held", False: "MISSED", None: "not measured"}


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def line(result: Result) -> str:
    """The result as one row of the printed table."""
    figures = "".join(f"{_figure(v):>10}" for v in (result.ours, result.rival, result.ratio))
    # An absolute bar limits our figure, so it carries the unit; the others limit the ratio.
    bar = f"{result.bar or '–'} {'' if result.rival else result.unit}"
    verdict = VERDICTS[result.holds] + (f": {result.why_not}" if result.why_not else "")
    return f"{result.name:<62}{figures}  {result.unit:<10}{bar:<13}{verdict}"


def heading() -> str:
    """The printed table's first row."""
    columns = "".join(f"{title:>10}" for title in ("ours", "rival", "ratio"))
    return f"{'benchmark':<62}{columns}  {'unit':<10}{'bar':<13}verdict"


def summary(results: Sequence[Result]) -> str:
    """The last line: how many bars are held and missed."""
    verdicts = [result.holds for result in results]
    return (
        f"{verdicts.count(True)} held, {verdicts.count(False)} missed, "
        f"{verdicts.count(None)} not measured"
    )


def write(results: Sequence[Result], path: Path) -> None:
    """Write the results as a JSON list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [result.as_json() for result in results]
    path.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
