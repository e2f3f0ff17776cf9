"""Values for property tests: what JSON may hold, and what fits a model's fields."""

from datetime import UTC, timezone
from datetime import timedelta as delta
from typing import Any

from hypothesis import strategies as st

from services.model.fields.spec import FieldSpec

# Everything that pydantic takes for text: no lone surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
LINE = TEXT.map(str.strip).filter(bool)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.just(""),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=5,
)

_ZONES = st.sampled_from([UTC, timezone(delta(hours=2)), timezone(delta(hours=-9, minutes=-30))])
_NAMES = st.text("abcdefgh0123456789", min_size=1, max_size=12)
_EMAILS = st.builds("{}@{}.com".format, _NAMES, _NAMES)
_URLS = st.builds("https://{}.com/{}?q={}".format, _NAMES, _NAMES, _NAMES)


def _decimals(places: int, most: int | None = None) -> st.SearchStrategy[str]:
    made = st.decimals(0, most or 10**12, places=places, allow_nan=False, allow_infinity=False)
    return made.filter(bool).map(str)


def fitting(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Values of a field, as JSON has them, that the model takes; None for one that may be empty."""
    one = _one(spec)
    value = st.lists(one, max_size=5) if spec.many else one
    return st.none() | value if spec.nullable else value


def _one(spec: FieldSpec) -> st.SearchStrategy[Any]:
    match spec.kind.name:
        case "integer":
            return st.integers(0, 10**30)
        case "decimal":
            return _decimals(2, spec.maximum)
        case "boolean":
            return st.booleans()
        case "date":
            return st.dates().map(lambda day: day.isoformat())
        case "moment":
            return st.datetimes(timezones=_ZONES).map(lambda moment: moment.isoformat())
        case "choice" | "currency" | "country":
            return st.sampled_from([option.value for option in spec.options])
        case "email":
            return _EMAILS
        case "url":
            return _URLS
        case _:
            return LINE
