"""Texts that a spreadsheet would take for formulas, and the empty text, written reversibly.

A spreadsheet takes a cell that begins with = + - @, a tab, a return or NUL for a formula, or
may. Such a text gets an apostrophe in front, and so does one that would be read as escaped.
Nothing at all is an empty cell, so the empty text is an apostrophe alone.
"""

import re
from decimal import Decimal

_TAKEN = re.compile(r"'*(?:[=+\-@\t\r\x00]|\Z)")
_ESCAPED = re.compile(r"'+(?:[=+\-@\t\r\x00]|\Z)")


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
