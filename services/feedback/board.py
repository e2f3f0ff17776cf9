"""Feedback put in order: what says the same together, narrowed down as one likes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from services.model.feedback import KINDS, STATUSES, Feedback

Sort = Literal["newest", "agreement"]
Choice = tuple[str, int]
"""A value, and how many have it."""


@dataclass(frozen=True)
class BoardQuery:
    """What is looked for; what is empty does not narrow."""

    narrowing: Mapping[str, str] = field(default_factory=dict)
    """By the name of an aspect below."""
    sort: Sort = "newest"


@dataclass(frozen=True)
class Entry:
    """Something that was said, with everything that says the same."""

    said: Feedback
    duplicates: tuple[Feedback, ...] = ()

    @property
    def supporters(self) -> dict[str, str]:
        """The names of those who say the same as its author, by person."""
        found: dict[str, str] = {}
        for one in (self.said, *self.duplicates):
            found |= {one.person: one.created_by, **one.agreed}
        return {who: name for who, name in found.items() if who != self.said.person}


@dataclass(frozen=True)
class Board:
    """What was found."""

    entries: tuple[Entry, ...]
    everything: int
    """How many there are without narrowing."""
    choices: Mapping[str, tuple[Choice, ...]]
    """By aspect: what there is to choose."""


ASPECTS: Mapping[str, Callable[[Feedback], Sequence[str]]] = {
    "session": lambda one: (one.session,),
    "kind": lambda one: (one.kind,),
    "status": lambda one: (one.status,),
    "where": lambda one: (one.place.page,),
    "field": lambda one: (one.place.field,) if one.place.field else (),
    "person": lambda one: (one.created_by,),
    "asset": lambda one: (one.place.asset,) if one.place.asset else (),
    "tag": lambda one: one.tags,
}
"""By what feedback can be narrowed down."""
_ORDERS: Mapping[str, Sequence[str]] = {"kind": KINDS, "status": STATUSES}


_arranged: dict[tuple[object, ...], tuple[Sequence[Feedback], Board]] = {}
_REMEMBERED = 32


def arrange(said: Sequence[Feedback], query: BoardQuery) -> Board:
    """What of all this is looked for, in the order asked for.

    Of the same sequence it is found once, however many look at it.
    """
    asked = (*sorted(query.narrowing.items()), query.sort)
    known = _arranged.get(asked)
    if known is None or known[0] is not said:
        known = _arranged[asked] = (said, _arrange(said, query))
        for forgotten in list(_arranged)[:-_REMEMBERED]:
            _arranged.pop(forgotten, None)
    return known[1]


def _arrange(said: Sequence[Feedback], query: BoardQuery) -> Board:
    entries = _together(said)
    found = [entry for entry in entries if _matches(entry.said, query.narrowing)]
    if query.sort == "agreement":
        found.sort(key=lambda entry: len(entry.supporters), reverse=True)
    choices = {aspect: _choices(aspect, entries) for aspect in ASPECTS}
    return Board(tuple(found), len(entries), choices)


def _together(said: Iterable[Feedback]) -> list[Entry]:
    """Newest first, as it came; a duplicate stands with the one whose duplicate it is."""
    everything = tuple(said)
    heads = {(one.session, one.identifier) for one in everything}
    duplicates: dict[tuple[str, str], list[Feedback]] = {}
    alone = []
    for one in everything:
        head = (one.session, one.merged_into)
        if one.merged_into and head in heads:
            duplicates.setdefault(head, []).append(one)
        else:
            alone.append(one)
    return [Entry(one, tuple(duplicates.get((one.session, one.identifier), ()))) for one in alone]


def _matches(one: Feedback, narrowing: Mapping[str, str]) -> bool:
    return all(wanted in ASPECTS[aspect](one) for aspect, wanted in narrowing.items() if wanted)


def _choices(aspect: str, entries: Iterable[Entry]) -> tuple[Choice, ...]:
    number = Counter(value for entry in entries for value in ASPECTS[aspect](entry.said))
    order = _ORDERS.get(aspect)
    if order:
        return tuple((value, number[value]) for value in order if number[value])
    return tuple(sorted(number.items(), key=lambda choice: (-choice[1], choice[0].casefold())))
