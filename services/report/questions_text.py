"""What was asked in a session, as Markdown and as text for an issue tracker."""

from collections.abc import Iterator

from services.polls.tally import Tally
from services.report.content import Report
from services.report.escaped import quoted, text
from services.report.words import counted, graded, readable, teller

_WIDEST = 20
"""How many signs the longest bar has."""


def lines(report: Report) -> Iterator[str]:
    """Each question with its bars and every answer; nothing if none was asked."""
    if report.questions:
        yield from ("", f"## What was asked ({len(report.questions)})")
    for tally in report.questions:
        yield from ("", "##" + issue(report, tally))


def issue(report: Report, tally: Tally) -> str:
    """A question and what came of it as the title and text of an issue."""
    return "\n".join(_issue(report, tally))


def _issue(report: Report, tally: Tally) -> Iterator[str]:
    question = tally.question
    asked = f"{text(question.created_by)}, {readable(question.created_at)}"
    yield f"# {text(f'Question: {question.text}')}"
    yield from ("", f"- Asked by {asked}, in {text(report.session.title)}", f"- {counted(tally)}")
    if tally.counts:
        yield from ("", *_bars(tally), "")
    for answer in tally.answers:
        name, when = teller(answer)
        if tally.counts:
            yield f"- {text(name)}{when}: {text(answer.value)}"
        else:
            yield from ("", f"{text(name)}{when}:", "", *quoted(answer.value))


def _bars(tally: Tally) -> Iterator[str]:
    most = max(1, *(number for _, number in tally.counts))
    for label, number in graded(tally):
        bar = "█" * round(_WIDEST * number / most)
        yield f"- {text(label)} {bar} {number}" if bar else f"- {text(label)} {number}"
