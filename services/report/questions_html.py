"""What was asked in a session, for its report as HTML."""

from collections.abc import Iterator
from html import escape

from services.model.question import Answer
from services.polls.tally import Tally
from services.report.content import Report
from services.report.markup import bars, small
from services.report.questions_text import issue
from services.report.words import counted, graded, readable, teller


def questions(report: Report) -> Iterator[str]:
    """Each question with its chart and every answer; nothing if none was asked."""
    if report.questions:
        yield f"<h2>What was asked ({len(report.questions)})</h2>"
    for tally in report.questions:
        yield from _question(report, tally)


def _question(report: Report, tally: Tally) -> Iterator[str]:
    question = tally.question
    yield f'<article id="{escape(question.identifier)}"><h3>{escape(question.text)}</h3>'
    yield small(f"<b>{escape(question.created_by)}</b>, {readable(question.created_at)}")
    yield bars(counted(tally), graded(tally)) or f"<h4>{counted(tally)}</h4>"
    if question.kind == "text":
        yield from map(_words, tally.answers)
    elif tally.answers:
        told = "".join(f"<li>{escape(one.value)}: {_by(one)}</li>" for one in tally.answers)
        yield f"<details><summary>Every answer</summary><ul>{told}</ul></details>"
    yield "<details><summary>Copy for issue tracker</summary>"
    yield f"<pre>{escape(issue(report, tally))}</pre>"
    yield "</details></article>"


def _words(answer: Answer) -> str:
    return f'<p class="reply">{escape(answer.value)}</p>{small(_by(answer))}'


def _by(answer: Answer) -> str:
    return escape("".join(teller(answer)))
