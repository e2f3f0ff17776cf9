"""A tour in a report, as Markdown and for programs."""

from collections.abc import Callable, Iterator
from typing import Any

from services.feedback.board import Entry
from services.report.tour import StepTold, TourTold


def markdown_of(
    tour: TourTold, text: Callable[[str], str], entry: Callable[[Entry], str]
) -> Iterator[str]:
    """As lines of Markdown; `text`: how what somebody typed is written."""
    yield from ("", f"## Tour: {text(tour.title)}", "", f"{tour.summary}.", "")
    for number, step in enumerate(tour.steps, 1):
        strong = "**" if step.slowest else ""
        yield f"{number}. {text(step.say)} {strong}({text(numbers(step))}){strong}"
        if step.ask:
            yield f"   Asked: {text(step.ask)}"
    for step in tour.steps:
        for one in step.answers:
            yield from ("", "##" + entry(one))


def plain_of(tour: TourTold) -> dict[str, Any]:
    """As JSON has it."""
    return {
        "name": tour.name,
        "title": tour.title,
        "people": tour.people,
        "finished": tour.finished,
        "steps": [plain_step(step) for step in tour.steps],
    }


def plain_step(step: StepTold) -> dict[str, Any]:
    """One step, in the names that the API uses."""
    return {
        "step": step.name,
        "say": step.say,
        "question": step.ask,
        "came": step.came,
        "reached": step.reached,
        "skipped": step.skipped,
        "gaveUp": step.gave_up,
        "ledOn": step.carried,
        "medianSeconds": step.median,
        "longestSeconds": step.longest,
        "slowest": step.slowest,
        "answers": [entry.said.identifier for entry in step.answers],
    }


def numbers(step: StepTold) -> str:
    """What became of a step, and how long it took."""
    return f"{step.counts}; {step.times}" if step.times else step.counts
