"""What became of a tour: how far people came, how long each step took, what they answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from services.feedback.board import Entry
from services.model.feedback import PageContext
from services.tour.progress import Passage, Progress
from services.tour.script import Script, Step


@dataclass(frozen=True)
class StepTold:
    """What became of one step."""

    name: str
    say: str
    ask: str
    came: int = 0
    """How many came to it."""
    reached: int = 0
    skipped: int = 0
    gave_up: int = 0
    """How many left the tour there."""
    carried: int = 0
    """How many had not reached it when whoever leads went on."""
    median: int | None = None
    """Seconds until it was done, or until they went on; None before anybody has."""
    longest: int | None = None
    slowest: bool = False
    """Whether no other step of its tour has a larger median."""
    answers: tuple[Entry, ...] = ()

    @property
    def counts(self) -> str:
        """What became of it, in words."""
        numbers = [
            (self.reached, "done"),
            (self.skipped, "skipped"),
            (self.gave_up, "gave up here"),
            (self.carried, "led on before it was done"),
        ]
        told = [f"{number} {word}" for number, word in numbers if number]
        return ", ".join([f"{self.came or 'nobody'} came to it", *told])

    @property
    def times(self) -> str:
        """How long it took, in words; empty before anybody has gone on."""
        if self.median is None:
            return ""
        said = f"median {self.median} s, longest {self.longest} s"
        return f"{said}, the slowest step" if self.slowest else said


@dataclass(frozen=True)
class TourTold:
    """What became of one tour in a session."""

    name: str
    title: str
    people: int
    finished: int
    steps: tuple[StepTold, ...]

    @property
    def summary(self) -> str:
        """How many were on it, in words."""
        noun = "person" if self.people == 1 else "people"
        return f"{self.people} {noun}, {self.finished} to the end"


def tours_told(
    scripts: Mapping[str, Script],
    ways: Iterable[Progress],
    entries: Sequence[Entry],
    *,
    is_over: bool,
) -> tuple[TourTold, ...]:
    """Each tour that anybody was on or answered; `is_over`: nobody will go on any more."""
    known = list(ways)
    answers = [entry for entry in entries if entry.said.kind == "answer"]
    names = dict.fromkeys([one.script for one in known] + [e.said.place.tour for e in answers])
    return tuple(
        _tour(
            name,
            scripts.get(name),
            [one for one in known if one.script == name],
            [entry for entry in answers if entry.said.place.tour == name],
            is_over,
        )
        for name in names
    )


def _tour(
    name: str,
    script: Script | None,
    ways: Sequence[Progress],
    answers: Sequence[Entry],
    is_over: bool,
) -> TourTold:
    there = script.steps if script else ()
    bare = [*map(_of_script, there), *_gone({step.name for step in there}, ways, answers)]
    steps = [_results(step, ways, answers, is_over) for step in bare]
    longest = max((step.median or 0 for step in steps), default=0)
    marked = (replace(one, slowest=bool(one.median) and one.median == longest) for one in steps)
    title = script.title if script else name
    return TourTold(name, title, len(ways), sum(one.finished for one in ways), tuple(marked))


def _of_script(step: Step) -> StepTold:
    return StepTold(step.name, step.say, step.ask or "")


def _gone(
    there: set[str], ways: Sequence[Progress], answers: Sequence[Entry]
) -> Iterable[StepTold]:
    """Steps that were gone through and that the script has lost since."""
    asked: dict[str, PageContext] = {one.said.place.step: one.said.place for one in answers}
    names = dict.fromkeys([name for one in ways for name in one.passages] + list(asked))
    for name in names:
        if name not in there:
            yield StepTold(name, name, asked[name].question if name in asked else "")


def _results(
    step: StepTold, ways: Sequence[Progress], answers: Sequence[Entry], is_over: bool
) -> StepTold:
    came = [one for one in ways if _came(one, step.name)]
    passages = [one.passage(step.name) for one in came]
    times = [_seconds(one.passage(step.name)) for one in came if _has_time(one, step.name)]
    return replace(
        step,
        came=len(came),
        reached=sum(one.reached for one in passages),
        skipped=sum(one.skipped for one in passages),
        gave_up=sum(_gave_up(one, step.name, is_over) for one in came),
        carried=sum(one.carried and not one.reached for one in passages),
        median=round(median(times)) if times else None,
        longest=max(times, default=None),
        answers=tuple(entry for entry in answers if entry.said.place.step == step.name),
    )


def _came(way: Progress, step: str) -> bool:
    return way.step == step or step in way.passages


def _has_time(way: Progress, step: str) -> bool:
    """Whether the time of a step is known: of the one that somebody is still at, it is not."""
    passage = way.passages.get(step)
    return passage is not None and (passage.reached or way.step != step or not way.active)


def _seconds(passage: Passage) -> int:
    return passage.seconds if passage.took is None else passage.took


def _gave_up(way: Progress, step: str, is_over: bool) -> bool:
    left = way.step == step and not way.finished and (is_over or not way.active)
    return left and not way.passage(step).reached
