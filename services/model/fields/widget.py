"""What a value is entered in. A kind of field names it; `app/fields/inputs.py` draws it."""

from enum import Enum


class Widget(Enum):
    """A part of a form, in plain terms."""

    LINE = "line"
    AREA = "area"
    COMBOBOX = "combobox"
    """A list that also takes what is not in it."""
    SEGMENTS = "segments"
    LIST = "list"
    TOGGLE = "toggle"
    PILLS = "pills"
    SEVERAL = "several"
    """A list to pick several of."""
    DAY = "day"
    MOMENT = "moment"
