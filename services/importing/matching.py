"""Which column of a file holds which field."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.model.fields.spec import FieldSpec

IDENTIFIER = "identifier"
ADD_ALL = ""


@dataclass(frozen=True)
class Choices:
    """How a file is to be understood."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """By field name, the heading of the column that holds it."""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    """By field name, a value for every row, as JSON has it; for what the file lacks."""
    key: str = ADD_ALL
    """The field by which rows are known: those in the basket are updated; empty: all are added."""
    all_or_nothing: bool = True
    """Whether one row that is refused keeps all others out."""


def match(columns: Sequence[str], specs: Iterable[FieldSpec]) -> dict[str, str]:
    """By field name, the column whose heading means it; a column is taken once.

    A heading means a field by its name, its label or an alias, however it is written: "Liquidity
    profile", liquidity_profile and liquidityProfile are the same.
    """
    free = {_bare(column): column for column in reversed(columns)}
    found: dict[str, str] = {}
    for spec in specs:
        for name in (spec.name, spec.label, *spec.aliases, spec.path[-1]):
            column = free.pop(_bare(name), None)
            if column is not None:
                found[spec.name] = column
                break
    return found


def has_identifiers(columns: Sequence[str]) -> str | None:
    """The column with the assets' own identifiers, as an export has it."""
    return next((column for column in columns if _bare(column) == IDENTIFIER), None)


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", "", plain)
