"""Comments on a column of the table, at its header."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from app.fields.labels import full_label
from services.model.feedback import Feedback
from services.model.fields.spec import FieldSpec

_SHOWN, _LONGEST = 5, 120
"""Of what was said, how many and how much of each is told at once."""


def pinned(
    headers: Sequence[Mapping[str, Any]],
    columns: Sequence[FieldSpec],
    said: Mapping[str, Sequence[Feedback]],
) -> list[dict[str, Any]]:
    """The headers, those with a pin that something was said of; by the labels of their columns."""
    labels = map(full_label, columns)
    return [
        {**header, "pin": _pin(label, said[label])} if label in said else {**header}
        for header, label in zip(headers, labels, strict=True)
    ]


def _pin(label: str, said: Sequence[Feedback]) -> dict[str, Any]:
    told = [f"{one.created_by}: {one.words[:_LONGEST]}" for one in said[:_SHOWN]]
    more = [f"and {len(said) - _SHOWN} more"] if len(said) > _SHOWN else []
    return {
        "count": len(said),
        "told": "\n".join([*told, *more]),
        "board": f"feedback?{urlencode({'where': 'Browse', 'field': label})}",
    }
