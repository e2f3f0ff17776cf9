"""What is done to many assets, in words for people. None of it is markup yet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.fields.values import NOTHING, display
from services.bulk.job import Job
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


def count_of(number: int) -> str:
    """So many assets: 1 asset, 5,000 assets."""
    return f"{number:,} {'asset' if number == 1 else 'assets'}"


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


def doing(job: Job) -> str:
    """What is going on: Changing 5,000 assets: Tag = ISA."""
    return f"{_DOING[job.what]} {count_of(job.total)}{_what(job)}"


def progress(job: Job) -> str:
    """How far it is."""
    return f"{job.done:,} of {job.total:,}"


def outcome(job: Job) -> Iterator[str]:
    """What has come of it, a sentence for each thing."""
    if job.done < job.total:
        yield f"Stopped after {job.done:,} of {count_of(job.total)}. The others are as they were."
    if job.problem:
        yield job.problem
    if job.changed or not (job.same or job.overtaken or job.refused):
        verb = "is" if len(job.changed) == 1 else "are"
        finished = _FINISHED[job.what]
        yield f"{count_of(len(job.changed))} {verb} {finished}{_what(job)}."
    if job.same:
        yield f"{job.same:,} {_ALREADY[job.what]}."


def overtaken(number: int) -> str:
    """Says how many were left to somebody else."""
    if number == 1:
        return "1 asset was left as it is, because somebody else has changed it in the meantime:"
    return (
        f"{number:,} assets were left as they are, because somebody else has changed them in the "
        "meantime:"
    )


def refused(number: int) -> str:
    """Says how many could not be changed."""
    if number == 1:
        return "1 asset was left as it is, because it would not be right any more:"
    return f"{number:,} assets were left as they are, because they would not be right any more:"


def _what(job: Job) -> str:
    specs = {spec.name: spec for spec in job.model.fields}
    return f": {change(job.values, specs)}" if job.values else ""
