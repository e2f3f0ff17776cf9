"""A problem: what is wrong with which field, in words for people."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field, in a sentence for people."""

    field: str
    """The attribute's name outside Python, as in the API; empty for the whole."""
    message: str
