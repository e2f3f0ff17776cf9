"""A value in a table: short, readable, coloured or to the right as its kind suggests."""

from datetime import datetime
from typing import Any

from app.fields.attributes import ADDED, BINNED, CHANGED, short_label
from app.fields.values import NOTHING, display, shorten
from app.shell.words import ago, readable
from services.model.fields.spec import FieldSpec, texts_of
from services.model.record import Asset

_LONGEST: dict[str, int] = {"text": 140, "long text": 100, "url": 36, "email": 36}
"""Characters in a cell, by kind."""
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
    if isinstance(value, str) and spec.kind in ("choice", "currency", "country"):
        return _option(spec, value)
    if spec.kind in ("integer", "decimal"):
        # The unit stands in the header.
        return {"text": display(spec, value).removesuffix(f" {spec.unit}")}
    text = display(spec, value)
    if spec.kind == "url":
        text = text.partition("://")[2].rstrip("/") or text
    most = _LONGEST.get(spec.kind, _TITLE)
    return {"text": text} if len(text) <= most else _cut(text, most)


def _when(moment: datetime, now: datetime, behind: str = "") -> Cell:
    return {"text": ago(moment, now) + behind, "title": readable(moment)}


def _cut(text: str, most: int) -> Cell:
    return {"text": shorten(" ".join(text.split()), most), "title": shorten(text, _TITLE)}


def _option(spec: FieldSpec, value: str) -> Cell:
    if spec.kind == "choice":
        return {"text": spec.label_of(value), "tone": spec.tone_of(value) or "gray"}
    return {"text": short_label(spec, value), "title": spec.label_of(value)}


def _badges(spec: FieldSpec, value: list[Any]) -> Cell:
    texts = texts_of(value)
    shown = [
        {"text": shorten(short_label(spec, text), 30), "tone": spec.tone_of(text) or "gray"}
        for text in texts[:_BADGES]
    ]
    if len(texts) > _BADGES:
        shown.append({"text": f"+{len(texts) - _BADGES}", "tone": ""})
    return {"badges": shown, "title": shorten(display(spec, value), _TITLE)}
