"""All kinds of fields that there are."""

from inspect import get_annotations
from itertools import chain

from services.model.annotation import Unwrapped
from services.model.fields.kinds.choice import Boolean, Choice, Country, Currency
from services.model.fields.kinds.number import Decimal, Integer
from services.model.fields.kinds.temporal import Day, Moment
from services.model.fields.kinds.text import Email, LongText, Text, Url
from services.model.fields.spec import Kind

KINDS: dict[str, Kind] = {}
"""By name, in the order in which a builder is told of them."""


class IncompleteKindError(TypeError):
    """A kind of field leaves open what every kind has to say."""


def register(*kinds: type[Kind]) -> None:
    """Let these kinds be known. Raises IncompleteKindError for one that leaves something open."""
    for kind in kinds:
        wanted = {name for base in kind.__mro__ for name in get_annotations(base)}
        missing = sorted(kind.__abstractmethods__ | {n for n in wanted if not hasattr(kind, n)})
        if missing:
            raise IncompleteKindError(
                f"{kind.__module__}.{kind.__name__} is no complete kind of field. It does not say: "
                f"{', '.join(missing)}. See Kind in services/model/fields/spec.py."
            )
        made = kind()
        KINDS[made.name] = made


def kind_of(said: Unwrapped) -> Kind | None:
    """The kind of field that a type makes; None if no page knows how to show it."""
    marked = (kind for kind in KINDS.values() if any(map(said.mark, kind.marks)))
    typed = (kind for kind in KINDS.values() if kind.takes(said))
    found = next(chain(marked, typed), None)
    return None if found and said.many and not found.in_lists else found


register(Text, LongText, Integer, Decimal, Boolean, Day, Moment)
register(Choice, Currency, Country, Email, Url)
