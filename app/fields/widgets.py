"""Which widget a field gets, and how its value stands in it and is read from it again.

A widget is only used for a value that it gives back as it was; what no other can show exactly
stands in a text box.
"""

from datetime import UTC, date, datetime
from typing import Any

from app.fields.textbox import boxed, left_alone, no_entries, typed
from services.model.fields.spec import FieldSpec
from services.model.fields.texts import texts_of
from services.model.fields.widget import Widget as Widget


def widget_for(spec: FieldSpec, value: Any) -> Widget:
    """The field's usual widget, or else one that holds this value, as JSON has it, exactly."""
    choices = (*spec.kind.widgets(spec), Widget.LINE)
    return next((widget for widget in choices if holds(widget, spec, value)), Widget.AREA)


def holds(widget: Widget, spec: FieldSpec, value: Any) -> bool:
    """Whether the widget shows the value, and nothing of it is lost."""
    if value is None:
        return widget is not Widget.TOGGLE
    match widget:
        case Widget.TOGGLE:
            return isinstance(value, bool)
        case Widget.SEGMENTS:
            return _text(spec, value) in _values(spec)
        case Widget.LIST | Widget.COMBOBOX:
            return _is_line(_text(spec, value))
        case Widget.SEVERAL:
            return _is_set(value)
        case Widget.PILLS:
            return _is_set(value) and set(value) <= _values(spec)
        case Widget.DAY:
            return _day(value) is not None
        case Widget.MOMENT:
            moment = _moment(value)
            return moment is not None and moment == moment.replace(second=0, microsecond=0)
        case Widget.LINE:
            return not _has_breaks(boxed(spec, value))
        case Widget.AREA:
            return True


def shown(widget: Widget, spec: FieldSpec, value: Any) -> Any:
    """The value in the form that Streamlit's widget keeps it in."""
    match widget:
        case Widget.TOGGLE:
            return value is True
        case Widget.SEGMENTS | Widget.LIST | Widget.COMBOBOX:
            return _text(spec, value)
        case Widget.PILLS | Widget.SEVERAL:
            return list(value or ())
        case Widget.DAY:
            return _day(value)
        case Widget.MOMENT:
            return _moment(value)
        case Widget.LINE | Widget.AREA:
            return boxed(spec, value)


def read(widget: Widget, spec: FieldSpec, state: Any, start: Any) -> Any:
    """What the widget says, as JSON has it; None for nothing.

    What has not been touched is the value that it started with, to the last digit.
    """
    if _same(state, shown(widget, spec, start)):
        return left_alone(spec, start)
    match widget:
        case Widget.TOGGLE:
            return state
        case Widget.SEGMENTS | Widget.LIST | Widget.COMBOBOX:
            return spec.kind.picked(spec, state) if state else state
        case Widget.PILLS | Widget.SEVERAL:
            return list(state) or no_entries(spec)
        case Widget.DAY:
            return state.isoformat() if state else None
        case Widget.MOMENT:
            return f"{state.isoformat()}Z" if state else None
        case Widget.LINE | Widget.AREA:
            return typed(spec, state)


def _values(spec: FieldSpec) -> set[str]:
    return {option.value for option in spec.options}


def _text(spec: FieldSpec, value: Any) -> str | None:
    """What stands for the value in a list of options: a text, or one for a truth value."""
    truth = spec.kind.fixed and not spec.kind.textual
    fits = isinstance(value, str) or (isinstance(value, bool) and truth)
    return texts_of(value)[0] if fits else None


def _has_breaks(text: str) -> bool:
    return "\n" in text or "\r" in text


def _is_line(text: str | None) -> bool:
    return bool(text) and not _has_breaks(str(text))


def _is_set(value: Any) -> bool:
    """Whether a list has only texts of a line, each of them once."""
    if not isinstance(value, list):
        return False
    lines = {entry for entry in value if isinstance(entry, str) and _is_line(entry)}
    return len(lines) == len(value)


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        return None


def _moment(value: Any) -> datetime | None:
    """The moment in UTC, without a zone, as a widget has it."""
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, TypeError, OverflowError):
        return None


def _same(state: Any, start: Any) -> bool:
    """Of a list, the order does not count: no widget lets people choose it."""
    if isinstance(state, list) and isinstance(start, list):
        return sorted(state) == sorted(start)
    return bool(state == start)
