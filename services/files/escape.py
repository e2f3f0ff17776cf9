"""Texts that a spreadsheet would take for formulas, and the empty text, written reversibly.

A spreadsheet takes a cell that begins with = + - @, a tab, a return or NUL for a formula, or
may; some take the wide and small forms of these signs for them, and pass over what is blank before
them. Such a text gets an apostrophe in front, and so does one that would be read as escaped.
Nothing at all is an empty cell, so the empty text is an apostrophe alone.
"""

import re
from decimal import Decimal

_SIGNS = r"=+\-@＝＋－＠﹦﹢﹣﹫−"
_BLANK = r"\s\x00-\x1f\ufeff\u200b-\u200f\u2060"
_FORMULA = rf"(?:[{_BLANK}]*[{_SIGNS}\x00-\x1f\x85\u2028\u2029]|\Z)"
_TAKEN = re.compile(f"'*{_FORMULA}")
_ESCAPED = re.compile(f"'+{_FORMULA}")


def escape(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if _TAKEN.match(text) else text


def unescape(cell: str) -> str | None:
    """The text of a cell; None for an empty one."""
    if not cell:
        return None
    return cell[1:] if _ESCAPED.match(cell) else cell


def digits(number: Decimal) -> str:
    """A number as people write it, and as it is only where that would be very long."""
    return f"{number:f}" if abs(number.adjusted()) < 40 else str(number)
