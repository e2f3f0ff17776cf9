"""All that is known of one asset."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

import streamlit as st

from app.fields.groups import grouped
from app.fields.labels import full_label
from app.fields.values import NOTHING, display, in_full, name_of
from app.shell.components.component import component
from app.shell.words import readable
from services.model.current import fields
from services.model.feedback import Feedback
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import as_stored, texts_of
from services.model.record import Asset, Fit

GONE = "Not in the model"
"""The heading over what is stored and has no field."""


def facts(asset: Asset, said: Iterable[Feedback] = ()) -> None:
    """Draw the asset's fields, who made it what it is and when, and its identifier to copy.

    `said`: feedback; a field that it is about is marked.
    """
    remarks = Counter(one.place.field for one in said if one.place.asset == asset.identifier)
    plain = asset.plain()
    shown = [
        {
            **_fact(spec, plain, asset.fit),
            "group": title,
            "remarks": remarks[full_label(spec)],
            "board": f"feedback?asset={quote(asset.identifier, safe='')}",
        }
        for title, specs in grouped(fields())
        for spec in specs
    ]
    told = [*shown, *_gone(asset.fit.gone), *_life(asset)]
    component("fields/facts.js")(data={"facts": told}, key="facts")
    st.caption("Identifier")
    st.code(asset.identifier, language=None)


def heading(asset: Asset) -> None:
    """Draw what the asset is called: its first field."""
    component("fields/heading.js")(data={"text": name_of(asset)}, key="heading")


def _fact(spec: FieldSpec, plain: Mapping[str, Any], fit: Fit) -> dict[str, Any]:
    """A line of the list; what is stored and does not fit stands there with what is wrong."""
    wrong = next((problem.message for problem in fit.problems if problem.field == spec.name), None)
    value = spec.value_in(plain)
    if wrong and value is None and not isinstance(plain.get(spec.path[0]), dict):
        value = plain.get(spec.path[0])  # something else stands where a nested model should
    return {
        "label": spec.label,
        "text": _text(spec, value),
        "badges": [] if wrong else _badges(spec, value),
        "action": spec.kind.action if not wrong and not spec.many and value else "",
        "mark": "needs attention" if wrong else _mark(spec, value, fit),
        "problem": wrong or "",
    }


def _text(spec: FieldSpec, value: Any) -> str:
    return in_full(spec, value) if isinstance(value, str) else display(spec, value)


def _badges(spec: FieldSpec, value: Any) -> list[dict[str, str]]:
    """Choices are shown as badges, in the builder's colours."""
    if not spec.kind.ordinal and not (spec.many and spec.options):
        return []
    return [
        {"text": spec.label_of(text), "tone": spec.tone_of(text) or "gray"}
        for text in texts_of(value)
    ]


def _mark(spec: FieldSpec, value: Any, fit: Fit) -> str:
    filled_in = spec.name in fit.defaults or spec.path[0] in fit.defaults
    return "default" if filled_in and value is not None else ""


def _gone(gone: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"label": name, "text": as_stored(value) or NOTHING, "group": GONE}
        for name, value in gone.items()
    ]


def _life(asset: Asset) -> list[dict[str, Any]]:
    lines = [("Added", f"{readable(asset.created_at)}, by {asset.created_by}")]
    if asset.version > 1:
        lines.append(("Last change", f"{readable(asset.updated_at)}, by {asset.updated_by}"))
    lines.append(("Version", str(asset.version)))
    return [{"label": label, "text": text, "group": ""} for label, text in lines]
