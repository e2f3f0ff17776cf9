"""Values that are picked from options: choices, codes, yes or no."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, Literal, get_args, get_origin

from pydantic_core import ErrorDetails

from services.model.annotation import Unwrapped
from services.model.fields.cells import as_text, stripped
from services.model.fields.codes import CountryCode, CurrencyCode, countries, currencies
from services.model.fields.marks import Suggestions, Tones, readable
from services.model.fields.spec import Cell, FieldSpec, Kind, Option
from services.model.fields.texts import NO, YES, as_stored
from services.model.fields.widget import Widget

_FEW = 6
"""So many options are shown side by side; more are put into a list."""
_ROOM = 60
"""Letters that fit side by side."""


class _Options(Kind):
    fixed = True
    in_lists = True
    sample = None
    textual = True
    by_part = False
    range = None
    layout = "short"
    limits = frozenset()
    widget = Widget.LIST
    mistakes: Mapping[str, str] = {}

    def display(self, spec: FieldSpec, value: Any) -> str:
        return spec.label_of(as_stored(value))

    def reader(self, spec: FieldSpec) -> Callable[[Cell], Any]:
        """Understands the names of the options, whatever their case, where only one has it."""
        exact = {option.value for option in spec.options}
        known = _by_name(spec)

        def read(cell: Cell) -> Any:
            text = as_text(cell)
            if not isinstance(text, str) or text in exact:
                return text
            return known.get(text.strip().casefold(), text.strip()) or None

        return read


class Choice(_Options):
    """One of a few values, in the order in which the model names them: High before Medium."""

    name = "choice"
    title, plural = "Choice", "choices"
    spelling = "a choice (a subclass of Choice, or a Literal of texts)"
    ordinal = True

    def takes(self, said: Unwrapped) -> bool:
        if get_origin(said.base) is Literal:
            return all(isinstance(value, str) for value in get_args(said.base))
        is_enum = isinstance(said.base, type) and issubclass(said.base, Enum)
        return is_enum and all(isinstance(member.value, str) for member in said.base)

    def options(self, said: Unwrapped) -> tuple[Option, ...]:
        tones = said.mark(Tones)
        by_value = tones.by_value if tones else {}
        return tuple(_option(member, by_value) for member in _members(said.base))

    def problems(self, said: Unwrapped) -> Iterator[str]:
        """It needs members."""
        if not _members(said.base):
            yield "this choice has no values. Give it one at least."

    def directions(self, spec: FieldSpec) -> tuple[str, str]:
        return (f"{spec.options[0].label} first", f"{spec.options[-1].label} first")

    def widgets(self, spec: FieldSpec) -> tuple[Widget, ...]:
        """Side by side, if they are few."""
        letters = sum(len(option.label) for option in spec.options)
        few = len(spec.options) <= _FEW and letters <= _ROOM
        beside, listed = (
            (Widget.PILLS, Widget.SEVERAL) if spec.many else (Widget.SEGMENTS, Widget.LIST)
        )
        return (beside, listed) if few else (listed,)

    def explain(self, spec: FieldSpec, detail: ErrorDetails, subject: str) -> str | None:
        if detail["type"] not in ("enum", "literal_error"):
            return None
        return f"Choose one of {', '.join(option.value for option in spec.options)}."


class _Codes(_Options):
    """Codes of a standard, offered with their names."""

    codes: Callable[[], dict[str, str]]
    offers_all = False
    widget = Widget.COMBOBOX

    def takes(self, said: Unwrapped) -> bool:
        return False

    def options(self, said: Unwrapped) -> tuple[Option, ...]:
        names, first = self.codes(), said.mark(Suggestions)
        suggested = first.values if first else ()
        codes = [*suggested, *sorted(set(names) - set(suggested))]
        return tuple(Option(code, f"{code} – {names[code]}") for code in codes)

    def problems(self, said: Unwrapped) -> Iterator[str]:
        """Only codes can be suggested."""
        first, known = said.mark(Suggestions), self.codes()
        for value in first.values if first else ():
            if value not in known:
                yield f"“{value}” is no {self.name}'s ISO code. Suggest another one."

    def display(self, spec: FieldSpec, value: Any) -> str:
        return as_stored(value)

    def brief(self, spec: FieldSpec, value: Any) -> str:
        return self.short(spec, as_stored(value))

    def in_full(self, spec: FieldSpec, value: Any) -> str:
        return spec.label_of(as_stored(value))

    def picked(self, spec: FieldSpec, text: str) -> Any:
        """Who types "pound ster" and presses Enter means the one currency of that name."""
        names = {option.value: option.label.casefold() for option in spec.options}
        if text.strip().upper() in names:
            return text
        wanted = text.strip().casefold()
        whole = [code for code, name in names.items() if name.endswith(f"– {wanted}")]
        # Three letters are a mistyped code sooner than a part of a name: UK is not Ukraine.
        part = [code for code, name in names.items() if wanted in name and len(wanted) > len("GBP")]
        return next((found[0] for found in (whole, part) if len(found) == 1), text)


class Currency(_Codes):
    """An ISO 4217 code."""

    name = "currency"
    title, plural = "Currency", "currencies"
    spelling = "Currency"
    marks = (CurrencyCode,)
    codes = staticmethod(currencies)
    invitation = "Type a code or a name, for example GBP"

    def short(self, spec: FieldSpec, value: str) -> str:
        return value


class Country(_Codes):
    """An ISO 3166-1 alpha-2 code."""

    name = "country"
    title, plural = "Country", "countries"
    spelling = "Country"
    marks = (CountryCode,)
    codes = staticmethod(countries)
    invitation = "Type a code or a name, for example GB"

    def short(self, spec: FieldSpec, value: str) -> str:
        return spec.label_of(value).removeprefix(f"{value} – ")


class Boolean(_Options):
    """Yes or no."""

    name = "boolean"
    title, plural = "Yes or no", "yes or no"
    spelling = "bool"
    in_lists = False
    textual = False
    # Such a field's label is seldom a noun: "Listed", "Hedged".
    missing = "Choose yes or no."
    mistakes: Mapping[str, str] = {"bool": "has to be yes or no"}

    def takes(self, said: Unwrapped) -> bool:
        return said.base is bool

    def options(self, said: Unwrapped) -> tuple[Option, ...]:
        return (Option(YES, "Yes"), Option(NO, "No"))

    def directions(self, spec: FieldSpec) -> tuple[str, str]:
        return ("No first", "Yes first")

    def widgets(self, spec: FieldSpec) -> tuple[Widget, ...]:
        """A switch is always on or off; where neither has been said, that has to be seen."""
        said = spec.default is not None and not spec.nullable
        return (*((Widget.TOGGLE,) if said else ()), Widget.SEGMENTS, Widget.LIST)

    def picked(self, spec: FieldSpec, text: str) -> Any:
        return {YES: True, NO: False}.get(text, text)

    def reader(self, spec: FieldSpec) -> Callable[[Cell], Any]:
        """In words or as JSON has it."""
        meant = {"yes": True, YES: True, "no": False, NO: False}

        def read(cell: Cell) -> Any:
            return meant.get(cell.casefold(), cell) if isinstance(cell, str) else cell

        return stripped(read)


def _by_name(spec: FieldSpec) -> dict[str, str]:
    """What is meant by the names of the options, whatever their case, where only one has it."""
    known: dict[str, set[str]] = {}
    for option in spec.options:
        for name in {option.value, option.label, option.label.rpartition(" – ")[2]}:
            known.setdefault(name.casefold(), set()).add(option.value)
    return {name: next(iter(values)) for name, values in known.items() if len(values) == 1}


def _members(base: Any) -> tuple[Any, ...]:
    return get_args(base) if get_origin(base) is Literal else tuple(base)


def _option(member: Any, tones: Mapping[str, Any]) -> Option:
    value = str(member.value) if isinstance(member, Enum) else str(member)
    key = member.name if isinstance(member, Enum) else value
    return Option(value, getattr(member, "label", None) or readable(value), tones.get(key))
