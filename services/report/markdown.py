"""A report as Markdown, and what was said as text for an issue tracker."""

from collections.abc import Iterator

from services.feedback.board import Entry
from services.report.content import Report, done
from services.report.escaped import link, quoted, text
from services.report.questions_text import issue as question_issue
from services.report.questions_text import lines as question_lines
from services.report.tour_text import markdown_of
from services.report.words import detail, heading_of, readable


def markdown(report: Report) -> str:
    """The whole report."""
    return "\n".join(_lines(report)) + "\n"


def issues(report: Report) -> str:
    """Each thing that was asked or said, as the text of an issue; nothing but that."""
    told = [question_issue(report, tally) for tally in report.questions]
    told += [issue(report, entry) for entry in report.entries]
    return "\n\n---\n\n".join(told) + "\n"


def issue(report: Report, entry: Entry) -> str:
    """What was said as the title and text of an issue."""
    one = entry.said
    title = f"{one.kind.capitalize()}: {one.words[:80]}"
    lines = [f"# {text(title)}", "", *quoted(one.text or one.words), ""]
    lines.append(f"- Said by {text(one.created_by)}, {readable(one.created_at)}")
    if one.place.question:
        lines.append(f"- Asked: {text(one.place.question)}")
    lines.append(f"- Where: {text(heading_of(one))}, {link(report.link(one))}")
    lines.append(f"- Seen with: {text(detail(one))}")
    if entry.supporters:
        lines.append(f"- Agree: {text(', '.join(entry.supporters.values()))}")
    if one.rating:
        lines.append(f"- Rating: {one.rating} of 5")
    if one.tags:
        lines.append(f"- Tags: {text(', '.join(one.tags))}")
    lines.append(f"- Status: {one.status}")
    if one.reply:
        lines += ["", f"{text(one.replied_by)} answered:", "", *quoted(one.reply)]
    for other in entry.duplicates:
        lines += ["", f"{text(other.created_by)} says the same:", "", *quoted(other.words)]
    return "\n".join(lines)


def _lines(report: Report) -> Iterator[str]:
    session = report.session
    yield f"# {text(session.title)}"
    yield ""
    by = text(session.created_by)
    yield f"Code {session.code}, begun {readable(session.created_at)} by {by}."
    if session.goal:
        yield from ("", "## Goal", "", *quoted(session.goal))
    yield from ("", f"## Who was there ({len(report.people)})", "")
    yield from (f"- {text(one.name)}, joined {readable(one.joined_at)}" for one in report.people)
    yield from question_lines(report)
    for tour in report.tours:
        yield from markdown_of(tour, text, lambda entry: issue(report, entry))
    yield from ("", f"## What was said ({len(report.said)})", "")
    yield from (f"- {kind}: {number}" for kind, number in report.by_kind)
    yield from (f"- on {text(page)}: {number}" for page, number in report.by_page)
    yield from (f"- {reaction} {number}" for reaction, number in report.reactions)
    if report.rating:
        yield f"- Rating: {report.rating}"
    for entry in (entry for entry in report.entries if entry.said.kind != "answer"):
        yield ""
        yield "##" + issue(report, entry)
    yield from ("", f"## What changed in the basket ({len(report.changes)})", "")
    yield from (f"- {readable(event.change.at)} {text(done(event))}" for event in report.changes)
    yield from ("", "## Timeline", "")
    for moment in report.timeline:
        yield f"- {readable(moment.at)} {text(moment.who)} {text(moment.what)}"
