"""A report for programs: JSON with everything, CSV with a line for each thing said or asked."""

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

from services.files.csv_files import write_csv
from services.files.sheet import Value
from services.model.feedback import Feedback
from services.report import questions_data
from services.report.content import Report, called
from services.report.tour_text import plain_of, plain_step

_COLUMNS = (
    "identifier",
    "session",
    "at",
    "by",
    "kind",
    "text",
    "reaction",
    "rating",
    "status",
    "reply",
    "repliedBy",
    "tags",
    "agree",
    "sameAs",
    "page",
    "link",
    "asset",
    "assetVersion",
    "field",
    "model",
    "copyOf",
    "theme",
    "viewport",
    "question",
    "tour",
    "step",
    "came",
    "reached",
    "skipped",
    "gaveUp",
    "ledOn",
    "medianSeconds",
    "longestSeconds",
    "slowest",
)
_STEP = "tour step"
"""What stands as the kind on the lines about the steps of a tour."""


def csv(report: Report) -> bytes:
    """What was said, asked and answered, and what became of a tour, safe for a spreadsheet."""
    out = BytesIO()
    rows = [_row(report, one) for one in report.said]
    asked = (line for tally in report.questions for line in questions_data.lines(tally))
    rows += [[line.get(column) for column in _COLUMNS] for line in asked]
    said = ([cell or None for cell in row] for row in rows)
    write_csv(_COLUMNS, chain(said, _steps(report)), out)
    return out.getvalue()


def _steps(report: Report) -> Iterator[list[Value]]:
    for tour in report.tours:
        for step in tour.steps:
            told = {name: _cell(value) for name, value in plain_step(step).items()}
            told |= {"session": report.session.code, "kind": _STEP, "text": step.say}
            told |= {"tour": tour.name}
            yield [told.get(name) for name in _COLUMNS]


def _cell(value: Any) -> Value:
    """A list has no place in a cell; what is false or empty stands as nothing, but not a zero."""
    told = isinstance(value, str | int) and value is not False and value != ""
    return value if told else None


def as_json(report: Report) -> str:
    """Everything, in the names that the API uses."""
    return json.dumps(_plain(report), ensure_ascii=False, indent=2) + "\n"


def _row(report: Report, one: Feedback) -> list[Value]:
    place = one.place
    return [
        one.identifier,
        one.session,
        one.created_at.isoformat(),
        one.created_by,
        one.kind,
        one.text,
        one.reaction,
        one.rating,
        one.status,
        one.reply,
        one.replied_by,
        ", ".join(one.tags),
        ", ".join(one.agreed.values()),
        one.merged_into,
        place.page,
        report.link(one),
        place.asset,
        place.asset_version,
        place.field,
        place.model,
        place.copy_of,
        place.theme,
        place.viewport,
        place.question,
        place.tour,
        place.step,
        *[None] * (len(_COLUMNS) - _COLUMNS.index("came")),
    ]


def _plain(report: Report) -> dict[str, Any]:
    return {
        "session": report.session.plain(),
        "madeAt": report.made_at.isoformat(),
        "people": [
            {"name": one.name, "joinedAt": one.joined_at.isoformat()} for one in report.people
        ],
        "counts": {"kinds": dict(report.by_kind), "pages": dict(report.by_page)},
        "feedback": [_to_json(report, one) for one in report.said],
        "tours": [plain_of(tour) for tour in report.tours],
        "questions": [questions_data.plain(tally) for tally in report.questions],
        "changes": list(_changes(report)),
    }


def _to_json(report: Report, one: Feedback) -> dict[str, Any]:
    plain = one.plain()
    agreed = list(plain.pop("agreed").values())
    del plain["person"]
    return {**plain, "agreed": agreed, "link": report.link(one)}


def _changes(report: Report) -> Iterator[dict[str, Any]]:
    for event in report.changes:
        change = event.change.plain()
        change.pop("undo", None)
        yield {"asset": event.asset.identifier, "name": called(event), **change}
