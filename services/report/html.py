"""A report as one HTML file that opens anywhere: no script, nothing fetched, all text escaped."""

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from services.feedback.board import Entry
from services.model.feedback import KINDS, Feedback
from services.model.history import Event
from services.report.content import Report, done
from services.report.markdown import issue
from services.report.markup import bars, small
from services.report.questions_html import questions
from services.report.tour_text import html_of
from services.report.words import detail, heading_of, readable, show_words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = Path(__file__).with_name("report.css").read_text()


def html(report: Report) -> str:
    """The whole report."""
    title = escape(report.session.title)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f"{''.join(_parts(report))}</body></html>\n"
    )


def _parts(report: Report) -> Iterator[str]:
    session = report.session
    yield f"<h1>{escape(session.title)}</h1>"
    end = f", closed {readable(session.closed_at)}" if session.closed_at else ", still open"
    by = escape(session.created_by)
    yield small(f"Code {session.code}, begun {readable(session.created_at)} by {by}{end}")
    if session.goal:
        yield f'<h2>Goal</h2><p class="words">{escape(session.goal)}</p>'
    yield f"<h2>Who was there ({len(report.people)})</h2><ul>"
    for one in report.people:
        yield f"<li>{escape(one.name)}, joined {readable(one.joined_at)}</li>"
    yield "</ul>"
    yield from questions(report)
    for tour in report.tours:
        yield from html_of(tour, lambda entry: _entry(report, entry))
    yield f"<h2>What was said ({len(report.said)})</h2>"
    yield (
        bars("By kind", report.by_kind)
        + bars("By page", report.by_page)
        + bars("By tag", report.by_tag)
        + bars("Reactions", report.reactions)
    )
    if report.rating:
        yield f"<p>Rating: {report.rating}</p>"
    # Answers stand with what was asked.
    for kind in (kind for kind in KINDS if kind != "answer"):
        yield from _of_kind(report, kind)
    yield f"<h2>What changed in the basket ({len(report.changes)})</h2><ul>"
    yield from (_change(event) for event in report.changes)
    yield "</ul><h2>Timeline</h2><table>"
    for moment in report.timeline:
        told = f"<b>{escape(moment.who)}</b> {escape(moment.what)}"
        yield f"<tr><td>{readable(moment.at)}</td><td>{told}</td></tr>"
    yield f"</table>{small(f'Written {readable(report.made_at)}')}"


def _of_kind(report: Report, kind: str) -> Iterator[str]:
    entries = [entry for entry in report.entries if entry.said.kind == kind]
    if entries:
        yield f"<h3>{kind.capitalize()} ({len(entries)})</h3>"
        for entry in sorted(entries, key=lambda entry: -len(entry.supporters)):
            yield _entry(report, entry)


def _reaction(report: Report, one: Feedback) -> str:
    told = f"{escape(one.reaction)} <b>{escape(one.created_by)}</b>, {readable(one.created_at)}"
    return small(f'{told}, on <a href="{escape(report.link(one))}">{escape(heading_of(one))}</a>')


def _entry(report: Report, entry: Entry) -> str:
    one = entry.said
    if one.kind == "reaction":
        return _reaction(report, one)
    shown = show_words(one.place)
    link = f'<a href="{escape(report.link(one))}">{shown}</a>'
    parts = [
        f'<article id="{escape(one.identifier)}">',
        small(
            f"<b>{escape(one.created_by)}</b>, {readable(one.created_at)}, on "
            f"{escape(heading_of(one))} · {one.status}"
        ),
        f'<p class="words">{escape(one.text or one.reaction)}</p>',
        small(f"Rating: {one.rating} of 5") if one.rating else "",
        _people("Agree", list(entry.supporters.values())),
        _people("Tags", one.tags),
        _reply(one.replied_by, one.reply),
        *(_reply(other.created_by, other.words) for other in entry.duplicates),
        small(f"{link} · {escape(detail(one))}"),
        "<details><summary>Copy for issue tracker</summary>",
        f"<pre>{escape(issue(report, entry))}</pre>",
        "</details>",
        "</article>",
    ]
    return "".join(parts)


def _people(label: str, names: Sequence[str]) -> str:
    return small(f"{label}: {escape(', '.join(names))}") if names else ""


def _reply(who: str, words: str) -> str:
    return f'<p class="reply"><b>{escape(who)}:</b> {escape(words)}</p>' if words else ""


def _change(event: Event) -> str:
    return f"<li>{readable(event.change.at)}: {escape(done(event))}</li>"
