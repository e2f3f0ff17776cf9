"""A value in a table: short, readable, coloured or to the right as its kind suggests."""

from datetime import datetime
from typing import Any

from app.fields.attributes import ADDED, BINNED, CHANGED, short_label
from app.fields.values import NOTHING, brief, display, in_full, shorten
from app.shell.words import ago, readable
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import texts_of
from services.model.record import Asset

_TITLE = 1000
"""Characters of what is told while the mouse rests on it."""
_BADGES = 4

Cell = dict[str, Any]


def cell(spec: FieldSpec, asset: Asset, values: dict[str, Any], now: datetime) -> Cell:
    """What a table shows of an attribute; `values`: the asset as JSON has it."""
    if spec is ADDED:
        return _when(asset.created_at, now)
    if spec is CHANGED:
        return _when(asset.updated_at, now)
    if spec is BINNED:
        return _when(asset.updated_at, now, f" by {asset.updated_by}")
    value = spec.value_in(values)
    if value is None or value in ("", []):
        return {"text": NOTHING}
    if isinstance(value, list):
        return _badges(spec, value)
    if isinstance(value, str) and spec.kind.fixed:
        return _option(spec, value)
    text, most = brief(spec, value), spec.kind.room
    return {"text": text} if len(text) <= most else _cut(text, most)


def _when(moment: datetime, now: datetime, behind: str = "") -> Cell:
    return {"text": ago(moment, now) + behind, "title": readable(moment)}


def _cut(text: str, most: int) -> Cell:
    return {"text": shorten(" ".join(text.split()), most), "title": shorten(text, _TITLE)}


def _option(spec: FieldSpec, value: str) -> Cell:
    if spec.kind.ordinal:
        return {"text": spec.label_of(value), "tone": spec.tone_of(value) or "gray"}
    return {"text": short_label(spec, value), "title": in_full(spec, value)}


def _badges(spec: FieldSpec, value: list[Any]) -> Cell:
    texts = texts_of(value)
    shown = [
        {"text": shorten(short_label(spec, text), 30), "tone": spec.tone_of(text) or "gray"}
        for text in texts[:_BADGES]
    ]
    if len(texts) > _BADGES:
        shown.append({"text": f"+{len(texts) - _BADGES}", "tone": ""})
    return {"badges": shown, "title": shorten(display(spec, value), _TITLE)}
