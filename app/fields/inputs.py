"""Draws the widget of a field."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import streamlit as st

from app.fields.drafts import Entry
from app.fields.labels import label as label
from app.fields.widgets import Widget, shown
from app.shell import state
from app.shell.words import as_title
from services.model.fields.spec import FieldSpec

_FIRST, _LAST = date(1, 1, 1), date(9999, 12, 31)
"""Without these, a calendar ends ten years from now."""
_NIGHT, _MIDNIGHT = datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59)  # noqa: DTZ001 - as widgets have it
_MINUTE = 60
_AS_ISO = "YYYY-MM-DD"


def draw(entry: Entry, known: Sequence[str], *, is_filled: bool = False) -> Any:
    """Draw the field's widget; returns what it holds, as Streamlit has it.

    `known`: what other assets have in this field, offered beside what the model suggests.
    `is_filled`: the browser holds its content; a value from here would take that content's place.
    """
    began = shown(entry.widget, entry.spec, entry.start)
    if began and not is_filled:
        # Not as the widget's own default: Streamlit lets nobody empty a field that has one.
        state.begin_with(entry.key, began)
    return _DRAW[entry.widget](entry, known)


def _line(entry: Entry, _: Sequence[str]) -> Any:
    return st.text_input(
        label(entry.spec),
        key=entry.key,
        placeholder=_example(entry),
        persist_state="session",
    )


def _area(entry: Entry, _: Sequence[str]) -> Any:
    return st.text_area(
        label(entry.spec),
        key=entry.key,
        placeholder=_example(entry),
        persist_state="session",
    )


def _combobox(entry: Entry, known: Sequence[str]) -> Any:
    return st.selectbox(
        label(entry.spec),
        _offered(entry, known),
        index=None,
        format_func=_labels(entry.spec),
        key=entry.key,
        placeholder=entry.spec.kind.invitation,
        accept_new_options=True,
        persist_state="session",
    )


def _list(entry: Entry, _: Sequence[str]) -> Any:
    return st.selectbox(
        label(entry.spec),
        _offered(entry, ()),
        index=None,
        format_func=_labels(entry.spec),
        key=entry.key,
        placeholder="Pick one",
        persist_state="session",
    )


def _segments(entry: Entry, _: Sequence[str]) -> Any:
    return st.segmented_control(
        label(entry.spec),
        [option.value for option in entry.spec.options],
        format_func=_as_markup(entry.spec),
        key=entry.key,
        persist_state="session",
    )


def _pills(entry: Entry, _: Sequence[str]) -> Any:
    return st.pills(
        label(entry.spec),
        [option.value for option in entry.spec.options],
        selection_mode="multi",
        format_func=_as_markup(entry.spec),
        key=entry.key,
        persist_state="session",
    )


def _several(entry: Entry, known: Sequence[str]) -> Any:
    return st.multiselect(
        label(entry.spec),
        _offered(entry, () if entry.spec.kind.fixed else known),
        format_func=_labels(entry.spec),
        key=entry.key,
        placeholder="Pick some" if entry.spec.kind.fixed else "Pick some, or type and press Enter",
        accept_new_options=not entry.spec.kind.fixed,
        select_all=False,
        persist_state="session",
    )


def _toggle(entry: Entry, _: Sequence[str]) -> Any:
    return st.toggle(as_title(entry.spec.label), key=entry.key, persist_state="session")


def _day(entry: Entry, _: Sequence[str]) -> Any:
    return st.date_input(
        label(entry.spec),
        value=None,
        min_value=_FIRST,
        max_value=_LAST,
        format=_AS_ISO,
        key=entry.key,
        persist_state="session",
    )


def _moment(entry: Entry, _: Sequence[str]) -> Any:
    return st.datetime_input(
        label(entry.spec),
        value=None,
        min_value=_NIGHT,
        max_value=_MIDNIGHT,
        step=_MINUTE,
        format=_AS_ISO,
        key=entry.key,
        persist_state="session",
    )


_DRAW: dict[Widget, Callable[[Entry, Sequence[str]], Any]] = {
    Widget.LINE: _line,
    Widget.AREA: _area,
    Widget.COMBOBOX: _combobox,
    Widget.LIST: _list,
    Widget.SEGMENTS: _segments,
    Widget.PILLS: _pills,
    Widget.SEVERAL: _several,
    Widget.TOGGLE: _toggle,
    Widget.DAY: _day,
    Widget.MOMENT: _moment,
}


def _offered(entry: Entry, known: Sequence[str]) -> list[str]:
    """The model's options, what others have, and what this asset has."""
    began = shown(entry.widget, entry.spec, entry.start) or []
    own = began if isinstance(began, list) else [began]
    return list(dict.fromkeys([*(option.value for option in entry.spec.options), *known, *own]))


def _labels(spec: FieldSpec) -> Callable[[str], str]:
    """How people read the options; Streamlit tells options apart by it, so no two are alike."""
    labels = [option.label for option in spec.options]
    return spec.label_of if len(set(labels)) == len(labels) else str


def _as_markup(spec: FieldSpec) -> Callable[[str], str]:
    labels = _labels(spec)
    return lambda value: as_title(labels(value))


def _example(entry: Entry) -> str:
    """What the field may hold, as people may write it."""
    spec = entry.spec
    if entry.widget is Widget.AREA and spec.many:
        return "One entry a line"
    example = spec.kind.example(spec)
    return f"for example {example}" if example else ""
