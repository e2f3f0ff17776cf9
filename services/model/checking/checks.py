"""Whether a builder's model holds together, before anything is read under it.

Pydantic finds some mistakes only in a value, and does not look at defaults at all: each of them
would show in the middle of a page instead of in the file.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from inspect import signature
from typing import Any, get_args

from pydantic import Field, ValidationError
from pydantic.fields import FieldInfo

from services.model.annotation import Unwrapped, unwrap
from services.model.base import Fields
from services.model.fields.kinds.registry import kind_of
from services.model.fields.marks import Aliases, Group, NotEmpty, Suggestions, Tone, Tones, Unit
from services.model.fields.spec import FieldSpec, Kind
from services.model.fields.texts import texts_of

_LENGTHS = frozenset({"min_length", "max_length"})
"""Of a list."""
_LIMITS = (
    *("ge", "gt", "le", "lt", "multiple_of"),
    *("max_length", "min_length", "pattern", "decimal_places", "max_digits"),
)
_MOST_DIGITS = 38
"""Of a number in DynamoDB."""
_OWN = ("plain", "fit")
"""What every asset can be asked, and a builder must not answer differently."""
_ODD_SIGNS = ".~#"
"""In a name they would be read as something else."""


class BadField(Exception):  # noqa: N818 - reads as a noun of the domain
    """A field whose description does not hold together; the text begins with its name."""

    def __init__(self, owner: type[Fields], name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}" if name else problem)
        self.owner = owner
        """The model that it stands in."""
        self.name = name


def check_marks(model: type[Fields]) -> None:
    """Raises BadField for titles, names and marks that no page could show."""
    for owner, name, info in _each(model):
        for problem in (*_of_names(info), *_of_words(info), *_of_marks(unwrap(info))):
            raise BadField(owner, name, problem)
    for owner in _owners(model):
        if not owner.model_fields:
            name = "AssetInput" if owner is model else owner.__name__
            raise BadField(owner, "", f"{name} has no fields. Give it one at least.")
        _check_names(owner)


def check_fields(model: type[Fields], specs: Iterable[FieldSpec]) -> None:
    """Raises BadField for limits that do not suit their type, and defaults that break a rule."""
    kinds = {id(spec.info): spec for spec in specs}
    for owner, name, info in _each(model):
        spec = kinds.get(id(info))
        for problem in _of_limits(spec.kind, unwrap(info)) if spec else ():
            raise BadField(owner, name, problem)
        for problem in _of_default(owner, name, info, spec):
            raise BadField(owner, name, problem)


def check_schemas(*models: type[Fields]) -> None:
    """Raise what pydantic raises if it cannot describe these models, as the API does."""
    for model in models:
        model.model_json_schema(mode="validation")
        model.model_json_schema(mode="serialization")


def _owners(model: type[Fields]) -> Iterator[type[Fields]]:
    yield model
    for info in model.model_fields.values():
        base = unwrap(info).base
        if isinstance(base, type) and issubclass(base, Fields):
            yield base


def _each(model: type[Fields]) -> Iterator[tuple[type[Fields], str, FieldInfo]]:
    """Every field with the model that it stands in, the fields of nested models as well."""
    for owner in _owners(model):
        for name, info in owner.model_fields.items():
            yield owner, name, info


def _check_names(owner: type[Fields]) -> None:
    seen: dict[str, str] = {}
    for name, info in owner.model_fields.items():
        outside = info.alias or name
        if outside in seen:
            problem = f"outside Python it is called “{outside}”, as {seen[outside]} is. Rename one."
            raise BadField(owner, name, problem)
        seen[outside] = name
    for name in _OWN:
        if any(name in vars(base) for base in owner.__mro__ if base.__module__ == owner.__module__):
            raise BadField(owner, name, "this name is the product's own. Choose another one.")


def _of_names(info: FieldInfo) -> Iterator[str]:
    if info.alias is not None and (
        not info.alias.strip() or any(sign in info.alias for sign in _ODD_SIGNS)
    ):
        yield f"“{info.alias}” is no alias: it is a name, without any of {' '.join(_ODD_SIGNS)}"
    if {info.validation_alias, info.serialization_alias} - {info.alias}:
        yield "it is read under one name and written under another. Use alias= for both."
    if info.exclude:
        yield "with exclude= it would never be stored. Leave that out."
    extra = info.json_schema_extra
    for word in extra if isinstance(extra, dict) else ():
        for meant in get_close_matches(word, _KEYWORDS, 1, 0.7):
            yield f"there is no {word}=. Did you mean {meant}=?"


_KEYWORDS = [name for name in signature(Field).parameters if name != "extra"]


def _of_words(info: FieldInfo) -> Iterator[str]:
    for word, value in (("title", info.title), ("description", info.description)):
        if value is not None and not isinstance(value, str):
            yield f"its {word} is a text. Write it in quotes."
    if info.examples is not None and not isinstance(info.examples, list):
        yield "its examples are a list. Write examples=[…]."


def _of_marks(said: Unwrapped) -> Iterator[str]:
    for mark in (*said.marks, *said.limits):
        match mark:
            case Suggestions() if not _are_texts(mark.values):
                yield "Suggestions are texts. Write them in quotes."
                return
            case Aliases() if not _are_texts(mark.names):
                yield "Aliases are texts. Write them in quotes."
            case Group() if not isinstance(mark.title, str):
                yield "the title of a Group is a text. Write it in quotes."
            case Unit() if not isinstance(mark.name, str):
                yield "a Unit is a text. Write it in quotes."
            case Tones():
                yield from _of_tones(said, mark)
    if kind := kind_of(said):
        yield from kind.problems(said)


def _of_tones(said: Unwrapped, tones: Tones) -> Iterator[str]:
    members = getattr(said.base, "__members__", None)
    known = list(members) if members is not None else list(get_args(said.base))
    for name, tone in tones.pairs:
        if name not in known:
            yield f"Tones names {name}, which is none of its values: {', '.join(map(str, known))}."
        if tone not in get_args(Tone):
            yield f"“{tone}” is no tone. There are {', '.join(get_args(Tone))}."


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _of_limits(kind: Kind, said: Unwrapped) -> Iterator[str]:
    yield from _unsuitable(_said_limits(said.marks), kind.limits, kind.name)
    if said.many:
        yield from _unsuitable(_said_limits(said.limits), _LENGTHS, "list")
    # A text that must not be empty has a character at least.
    least = 1 if said.mark(NotEmpty) and not said.many else None
    for marks, shortest in ((said.marks, least), (said.limits, None)):
        limits = _said_limits(marks)
        pairs = [("ge", "le"), ("gt", "lt"), ("ge", "lt"), ("gt", "le")]
        pairs.append(("min_length", "max_length"))
        if shortest is not None:
            limits.setdefault("min_length", shortest)
        for low, high in pairs:
            if low in limits and high in limits:
                yield from _contradiction(low, limits[low], high, limits[high])


def _said_limits(marks: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for mark in marks:
        for name in _LIMITS:
            value = getattr(mark, name, None)
            if value is not None and not callable(value):
                found[name] = value
    return found


def _unsuitable(limits: Iterable[str], suitable: frozenset[str], kind: str) -> Iterator[str]:
    for name in limits:
        if name not in suitable:
            there = f"There are {', '.join(sorted(suitable))}." if suitable else "There are none."
            yield f"{name}= is no limit for its type ({kind}). {there}"


def _contradiction(low: str, least: Any, high: str, most: Any) -> Iterator[str]:
    try:
        is_empty = least > most or (least == most and {low, high} & {"gt", "lt"})
    except TypeError:
        yield f"{low}= and {high}= cannot be compared with each other."
        return
    if is_empty:
        yield f"nothing can be {low}={least} and {high}={most} at once."


def _of_default(
    owner: type[Fields], name: str, info: FieldInfo, spec: FieldSpec | None
) -> Iterator[str]:
    if info.is_required():
        return
    outside = info.alias or name
    try:
        default = info.get_default(call_default_factory=True, validated_data={})
    except Exception as error:  # noqa: BLE001 - a builder's own function
        yield f"its default_factory fails: {type(error).__name__}: {error}."
        return
    try:
        owner.model_validate({outside: default})
    except ValidationError as error:
        for found in error.errors(include_url=False):
            if found["loc"][:1] == (outside,):
                yield f"its default is {default!r}, which it does not allow itself: {found['msg']}."
                return
    # What pages, files and the store have of it.
    for text in texts_of(spec.filling) if spec and spec.numeric else ():
        number = Decimal(text)
        if not number.is_finite() or len(number.as_tuple().digits) > _MOST_DIGITS:
            yield f"its default is {default!r}. At most {_MOST_DIGITS} digits can be stored."
