"""What is done to many assets, in words for people. None of it is markup yet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.fields.values import NOTHING, display
from app.shell.jobs.result import stopped
from app.shell.words import count_of
from services.bulk.service import BulkJob
from services.model.fields.spec import FieldSpec

_NAMED = 5
_FINISHED = {
    "edited": "changed",
    "binned": "moved to the bin",
    "restored": "put back into the basket",
    "taken back": "as before again",
    "erased": "deleted for good",
}
_DOING = {
    "edited": "Changing",
    "binned": "Moving to the bin:",
    "restored": "Putting back into the basket:",
    "taken back": "Undoing:",
    "erased": "Deleting for good:",
}
_ALREADY = {
    "edited": "had that value already",
    "binned": "were in the bin already",
    "restored": "were in the basket already",
    "taken back": "were as before already",
    "erased": "were deleted already",
}


def preview(number: int, values: Mapping[str, Any], specs: Mapping[str, FieldSpec]) -> str:
    """What an edit would do: 37 assets get Tag = ISA."""
    return f"{count_of(number)} {'gets' if number == 1 else 'get'} {change(values, specs)}."


def change(values: Mapping[str, Any], specs: Mapping[str, FieldSpec]) -> str:
    """What an edit makes of fields: Tag = ISA."""
    return ", ".join(_becomes(specs[name], value) for name, value in values.items())


def _becomes(spec: FieldSpec, value: Any) -> str:
    shown = display(spec, value)
    return f"an empty {spec.label}" if shown == NOTHING else f"{spec.label} = {shown}"


def erasing(names: Sequence[str], number: int) -> str:
    """What would be deleted for good: “Gold”, “Silver” and 3 more."""
    named = ", ".join(f"“{name}”" for name in names[:_NAMED])
    more = number - min(len(names), _NAMED)
    return f"{named} and {more:,} more" if more > 0 else named


def doing(job: BulkJob) -> str:
    """What is going on: Changing 5,000 assets: Tag = ISA."""
    return f"{_DOING[job.record.what]} {count_of(job.progress.total)}{_what(job)}"


def outcome(job: BulkJob) -> Iterator[str]:
    """What has come of it, a sentence for each thing."""
    yield from stopped(job)
    came, what = job.progress, job.record.what
    if came.changed or not (came.same or came.overtaken or came.refused):
        verb = "is" if len(came.changed) == 1 else "are"
        yield f"{count_of(len(came.changed))} {verb} {_FINISHED[what]}{_what(job)}."
    if came.same:
        yield f"{came.same:,} {_ALREADY[what]}."


def _what(job: BulkJob) -> str:
    specs = {spec.name: spec for spec in job.model.fields}
    return f": {change(job.record.values, specs)}" if job.record.values else ""
