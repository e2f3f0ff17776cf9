"""Which columns the table has, in which order; the address says so where it is not the usual."""

from collections.abc import Sequence
from typing import Any

from app.features.browse import query_state
from app.fields.attributes import ADDED, attributes, label_of, named
from services.model.current import fields
from services.model.fields.spec import FieldSpec

_USUAL = 8


def usual() -> list[FieldSpec]:
    """The first fields of the model; a text of several lines only if it is asked for."""
    return [spec for spec in fields() if spec.kind.layout != "long"][:_USUAL] or list(fields()[:1])


def columns() -> list[FieldSpec]:
    """The columns asked for; the usual ones and when an asset was added, if none is."""
    return named(query_state.names(query_state.COLUMNS) or []) or [*usual(), ADDED]


def headers(specs: Sequence[FieldSpec]) -> list[dict[str, Any]]:
    """What the table needs to know of its columns; the first one leads to the asset."""
    made = [_header(spec) for spec in specs]
    made[0]["looks"] += " lead"
    return made


def _header(spec: FieldSpec) -> dict[str, Any]:
    unit = f" ({spec.unit})" if spec.unit else ""
    return {
        "name": spec.name,
        "label": label_of(spec) + unit,
        "looks": _looks(spec),
        "newestFirst": spec.temporal,
    }


def _looks(spec: FieldSpec) -> str:
    """How its cells are laid out: numbers below each other, texts with room to break."""
    return "badges" if spec.many else spec.kind.layout


def choice() -> dict[str, Any]:
    """What the panel needs in which columns are chosen: those that are shown first."""
    shown = columns()
    standard = [spec.name for spec in [*usual(), ADDED]]
    hidden = [spec for spec in attributes() if spec not in shown]
    return {
        "title": "Columns",
        "back": "Usual columns",
        "parameter": query_state.COLUMNS,
        "ordered": True,
        "entries": [
            {"name": spec.name, "label": label_of(spec), "shown": spec in shown}
            for spec in [*shown, *hidden]
        ],
        "usual": standard,
        "least": 1,
    }
