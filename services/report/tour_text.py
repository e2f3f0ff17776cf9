"""A tour in a report, as HTML, as Markdown, and for programs."""

from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from services.feedback.board import Entry
from services.report.tour import StepTold, TourTold


def html_of(tour: TourTold, entry: Callable[[Entry], str]) -> Iterator[str]:
    """As HTML; `entry`: how something that was said is written."""
    yield f"<h2>Tour: {escape(tour.title)}</h2>"
    yield f'<p class="small">{escape(tour.summary)}</p><ol class="tour">'
    for step in tour.steps:
        slow = ' class="slowest"' if step.slowest else ""
        yield f'<li{slow}><p class="words">{escape(step.say)}</p>'
        yield f'<p class="small">{escape(_numbers(step))}</p>'
        if step.ask:
            yield f"<p><b>Asked:</b> {escape(step.ask)}</p>"
        yield from map(entry, step.answers)
        yield "</li>"
    yield "</ol>"


def markdown_of(
    tour: TourTold, text: Callable[[str], str], entry: Callable[[Entry], str]
) -> Iterator[str]:
    """As lines of Markdown; `text`: how what somebody typed is written."""
    yield from ("", f"## Tour: {text(tour.title)}", "", f"{tour.summary}.", "")
    for number, step in enumerate(tour.steps, 1):
        strong = "**" if step.slowest else ""
        yield f"{number}. {text(step.say)} {strong}({text(_numbers(step))}){strong}"
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


def _numbers(step: StepTold) -> str:
    return f"{step.counts}; {step.times}" if step.times else step.counts
