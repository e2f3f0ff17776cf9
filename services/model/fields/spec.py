"""One field of the model, as forms, tables, filters, charts and files see it."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined, to_jsonable_python

from services.model.kinds import Tone

Kind = Literal[
    "text",
    "long text",
    "email",
    "url",
    "choice",
    "currency",
    "country",
    "boolean",
    "integer",
    "decimal",
    "date",
    "moment",
]
YES, NO = "true", "false"


@dataclass(frozen=True)
class Option:
    """A value that can be picked, and how people read it."""

    value: str
    label: str
    tone: Tone | None = None


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

    @property
    def fixed(self) -> bool:
        """Whether no other values are possible than its options."""
        return self.kind in ("choice", "boolean", "currency", "country")

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.kind in ("integer", "decimal") and not self.many

    @property
    def temporal(self) -> bool:
        """Whether its values are days or moments."""
        return self.kind in ("date", "moment") and not self.many

    @property
    def default(self) -> Any:
        """What a new asset has unless somebody says otherwise, as JSON has it; None for nothing."""
        if self.around is None or self.around.is_required():
            return self.filling
        # A nested model that may be left out begins as its own field says, most often as nothing.
        whole = _default_of(self.around)
        return whole.get(self.path[-1]) if isinstance(whole, dict) else None

    @property
    def filling(self) -> Any:
        """What the model takes where nothing is said, as JSON has it; None for nothing.

        In a nested model that may be left out, a new asset does not have it: see `default`.
        """
        return _default_of(self.info)

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


def _default_of(info: FieldInfo | None) -> Any:
    if info is None or info.is_required():
        return None
    factory: Any = info.default_factory
    value = info.default if factory is None else factory(*_arguments(factory))
    return None if value is PydanticUndefined else to_jsonable_python(value, by_alias=True)


@cache
def _arguments(factory: Any) -> tuple[Any, ...]:
    """What a default's factory is called with; pydantic reads its source each time it is asked."""
    return ({},) if FieldInfo(default_factory=factory).default_factory_takes_validated_data else ()


def texts_of(value: Any) -> tuple[str, ...]:
    """The value of a field as filters and groups know it: no text for nothing, several of a list.

    Takes what JSON has: true is "true", 3 is "3".
    """
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return tuple(text for inner in value for text in texts_of(inner))
    if isinstance(value, bool):
        return (YES if value else NO,)
    return (str(value),)
