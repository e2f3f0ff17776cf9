"""Kinds and states of feedback in words."""

from collections.abc import Mapping

from services.model.feedback import KINDS, STATUSES, Kind, Status
from services.model.fields.marks import readable

KIND_LABELS: Mapping[Kind, str] = {
    name: readable(name) for name in KINDS if name not in ("reaction", "answer")
}
"""What a comment can be."""
ALL_KINDS: Mapping[Kind, str] = {name: readable(name) for name in KINDS}
STATUS_LABELS: Mapping[Status, str] = {name: readable(name) for name in STATUSES}
STATUS_TONES: Mapping[Status, str] = {
    "new": "blue",
    "planned": "violet",
    "done": "green",
    "declined": "gray",
}
