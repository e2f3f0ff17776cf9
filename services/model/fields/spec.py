"""A field of the model as everybody sees it, and what a kind of field has to say of its values."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from services.model.annotation import Unwrapped, default_of
from services.model.fields.marks import Suggestions, Tone
from services.model.fields.range import Range
from services.model.fields.widget import Widget

Cell = str | bool | int | float | Decimal | date | datetime | list[Any] | dict[str, Any] | None
"""What a file may hold in one place; a CSV file has texts only, JSON also lists."""

Layout = Literal["short", "short end", "text", "long"]


@dataclass(frozen=True)
class Option:
    """A value that can be picked, and how people read it."""

    value: str
    label: str
    tone: Tone | None = None


class Kind(ABC):
    """A kind of field: all that is particular to its values, which are as JSON has them.

    What has no default here a kind has to say, or the family in its file: see `kinds`.
    """

    name: str
    """What programs call it."""
    title: str
    plural: str
    """What people call such a value, and several."""
    spelling: str
    """How a builder writes it."""
    marks: tuple[type, ...] = ()
    """What in an Annotated tells it from every kind that is known by its type."""
    limits: frozenset[str]
    """Pydantic's limits that mean something."""
    in_lists: bool
    """Whether there are lists of it."""
    sample: Any
    """A value for a trial, of a field that offers none."""
    textual: bool
    """Whether its values are texts in JSON."""
    fixed: bool = False
    """Whether no other values are possible than the options."""
    ordinal: bool = False
    """Whether its options are few, in an order of their own, and shown as badges."""
    offers_all: bool = True
    """Whether filters offer all options; else those that assets have."""
    by_part: bool
    """Whether filters ask for a part of its text."""
    range: Range | None
    """How its values lie on a line; None if they do not."""
    layout: Layout
    """How its cells are laid out in a table."""
    room: int = 1000
    """Characters in such a cell."""
    action: Literal["", "link", "copy"] = ""
    """What can be done with a value on an asset's page."""
    remark: str = ""
    """What stands beside the label in a form."""
    widget: Widget
    """What a value is entered in, if nothing else is said."""
    invitation: str = "Pick one, or type and press Enter"
    """What stands in an empty list."""
    missing: str = ""
    """What is said where a value is missing, if it is more than its label."""
    mistakes: Mapping[str, str]
    """By pydantic's error, or the word that it begins with: what follows the field's label."""

    @abstractmethod
    def takes(self, said: Unwrapped) -> bool:
        """Whether a type is of this kind, if no mark says otherwise."""

    @abstractmethod
    def display(self, spec: "FieldSpec", value: Any) -> str:
        """A value for people. What it raises says that the value is none of this kind."""

    @abstractmethod
    def reader(self, spec: "FieldSpec") -> Callable[[Cell], Any]:
        """Makes what reads the field's value off a cell of a file, None off an empty one."""

    def options(self, said: Unwrapped) -> tuple[Option, ...]:
        """What can be picked: what is suggested, unless there is more."""
        first = said.mark(Suggestions)
        return tuple(Option(value, value) for value in first.values) if first else ()

    def problems(self, said: Unwrapped) -> Iterator[str]:
        """What is wrong with how a builder describes such a field."""
        yield from ()

    def short(self, spec: "FieldSpec", value: str) -> str:
        """One of the options, or an entry of a list, where there is little room."""
        return spec.label_of(value)

    def brief(self, spec: "FieldSpec", value: Any) -> str:
        """A value in a table, whose header has the unit."""
        return self.display(spec, value)

    def in_full(self, spec: "FieldSpec", value: Any) -> str:
        """A value with all that is known of it."""
        return self.display(spec, value)

    def directions(self, spec: "FieldSpec") -> tuple[str, str]:
        """In words: how its values run, and how they run turned round."""
        return ("A–Z", "Z–A")

    def comparable(self, text: str) -> str:
        """What is stored as text, so that texts are in the order of their values."""
        return text

    def widgets(self, spec: "FieldSpec") -> tuple[Widget, ...]:
        """The usual widget, then what takes its place for a value that it has no room for."""
        if spec.many:
            return (Widget.SEVERAL,)
        return (Widget.COMBOBOX if spec.options and self.widget is Widget.LINE else self.widget,)

    def example(self, spec: "FieldSpec") -> str:
        """What an empty box gives as an example."""
        return spec.example

    def start(self, default: Any) -> Any:
        """What a form begins with where the model has this default."""
        return default

    def typed(self, spec: "FieldSpec", text: str) -> Any:
        """What somebody means by a text in a box; None for nothing."""
        return text if text.strip() else None

    def picked(self, spec: "FieldSpec", text: str) -> Any:
        """What somebody means by an option, or by what was typed instead of one."""
        return text

    def cell(self, value: str) -> Cell:
        """The cell of a file that holds a value; ValueError or ArithmeticError if none does."""
        return value

    def explain(self, spec: "FieldSpec", detail: ErrorDetails, subject: str) -> str | None:
        """What is wrong with a value of `subject`; None if this kind does not know the error."""
        error = detail["type"]
        said = self.mistakes.get(error) or self.mistakes.get(error.partition("_")[0])
        unit = f" {spec.unit}" if spec.unit else ""
        return said and f"{subject} {said.format(**detail.get('ctx', {}), unit=unit)}."


@dataclass(frozen=True)
class FieldSpec:
    """What is known of a field, read off its type, title, description, limits and marks."""

    path: tuple[str, ...]
    """Its names outside Python, from the model to the field: a nested model's has two."""
    label: str
    kind: Kind
    """Of a list, what it is a list of."""
    many: bool
    """Whether it holds a list."""
    required: bool
    nullable: bool = False
    """Whether it may have no value."""
    always_there: bool = False
    """Whether the nested model that it belongs to has to be there, be it empty."""
    help: str = ""
    options: tuple[Option, ...] = ()
    """What can be picked; for a text, what is suggested."""
    group: str = ""
    """The heading that it stands under; empty for none."""
    unit: str = ""
    """What a number counts."""
    aliases: tuple[str, ...] = ()
    """Other names that a file may have for it."""
    max_length: int | None = None
    """Of a text, in characters."""
    minimum: Any = None
    """The least value that may be allowed; only the model itself knows for sure."""
    maximum: Any = None
    example: str = ""
    info: FieldInfo | None = field(default=None, compare=False, repr=False)
    around: FieldInfo | None = field(default=None, compare=False, repr=False)
    """Of a field in a nested model: the field that holds that model."""

    @property
    def name(self) -> str:
        """Its name in the API, in URLs and in files: "ccy", or "contact.email" in a nested one."""
        return ".".join(self.path)

    @property
    def categorical(self) -> bool:
        """Whether assets fall into groups by this field."""
        return bool(self.options) or self.many

    @cached_property
    def range(self) -> Range | None:
        """How its values lie on a line; None if they do not."""
        return None if self.many else self.kind.range

    @cached_property
    def numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.range is not None and self.range.of == "numbers"

    @cached_property
    def temporal(self) -> bool:
        """Whether its values are days or moments."""
        return self.range is not None and self.range.of == "days"

    @property
    def default(self) -> Any:
        """What a new asset has unless somebody says otherwise, as JSON has it; None for nothing."""
        if self.around is None or self.around.is_required():
            return self.filling
        # A nested model that may be left out begins as its own field says, most often as nothing.
        whole = default_of(self.around)
        return whole.get(self.path[-1]) if isinstance(whole, dict) else None

    @property
    def filling(self) -> Any:
        """What the model takes where nothing is said, as JSON has it; None for nothing.

        In a nested model that may be left out, a new asset does not have it: see `default`.
        """
        return default_of(self.info)

    @property
    def filled_in(self) -> bool:
        """Whether it gets a value where nothing is said."""
        return self.filling not in (None, "", [])

    def label_of(self, value: str) -> str:
        """How people read a value of this field."""
        return next((option.label for option in self.options if option.value == value), value)

    def tone_of(self, value: str) -> Tone | None:
        """The colour of a value's badge; None for a value without one."""
        return next((option.tone for option in self.options if option.value == value), None)

    def value_in(self, plain: Any) -> Any:
        """The field's value in an asset as JSON has it; None if there is none."""
        for name in self.path:
            if not isinstance(plain, dict):
                return None
            plain = plain.get(name)
        return plain
