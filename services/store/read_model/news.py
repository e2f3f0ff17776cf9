"""Whether a change that the stream tells of is news to the read model."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from services.store.attributes import Item, dumps
from services.store.read_model.changes import ItemChange
from services.store.read_model.rows import (
    LINE,
    version_of,
)

_DIGITS = 38
"""Of a number in DynamoDB, at most."""


def is_news(change: ItemChange, known: Mapping[str, str] | None) -> bool:
    """Whether an item is another than the read model knows; `known`: its row, None without one."""
    if change.item is None or known is None:
        return not (change.item is None and known is None)
    if _is_older(change, change.item, known["version"] or ""):
        return False
    return dumps(change.item) != known[LINE]


def _is_older(change: ItemChange, item: Item, ours: str) -> bool:
    """Whether the change tells of a past that is known already; other programs may go back."""
    theirs = version_of(item)
    if change.reborn or not (theirs.isdecimal() and ours.isdecimal()):
        return False
    went_back = change.replaced is not None and version_of(change.replaced) == ours
    return int(theirs) < int(ours) and not went_back


def whole_number(version: str | None) -> int:
    """The version as an asset has it: 0 for one that is no whole number."""
    try:
        number = Decimal(version or 0)
    except InvalidOperation:
        return 0
    is_whole = number.is_finite() and number.adjusted() < _DIGITS and number == int(number)
    return int(number) if is_whole else 0
