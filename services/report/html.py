"""A report as one HTML file that opens anywhere: no script, nothing fetched, all text escaped."""

from collections.abc import Iterator
from pathlib import Path

from services import markup
from services.feedback.board import Entry
from services.model.feedback import KINDS
from services.report import questions_text, words
from services.report.content import Report, done
from services.report.markdown import issue
from services.report.tour_text import numbers

_TEMPLATE = Path(__file__).with_name("report.html").read_text(encoding="utf-8")
_STYLE = Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def html(report: Report) -> str:
    """The whole report."""
    return markup.html(
        _TEMPLATE,
        report=report,
        style=markup.trusted(_STYLE),
        said=tuple(_by_kind(report)),
        issue_of=issue,
        issue_of_question=questions_text.issue,
        numbers=numbers,
        done=done,
        readable=words.readable,
        heading_of=words.heading_of,
        show_words=words.show_words,
        detail=words.detail,
        counted=words.counted,
        graded=words.graded,
        teller=words.teller,
    )


def _by_kind(report: Report) -> Iterator[tuple[str, list[Entry]]]:
    """What was said of each kind, most agreed with first; answers stand with what was asked."""
    for kind in (kind for kind in KINDS if kind != "answer"):
        entries = [entry for entry in report.entries if entry.said.kind == kind]
        if entries:
            yield kind, sorted(entries, key=lambda entry: -len(entry.supporters))
