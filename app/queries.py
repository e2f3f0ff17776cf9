"""What is asked for, as it stands in a URL: the same for a page's address and for the API."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from services.errors import InvalidAsset
from services.model.fields.kinds.registry import KINDS
from services.model.fields.spec import FieldSpec
from services.model.problem import Problem
from services.model.query import AssetQuery, Filter
from services.store.read_model.columns import sortable

CONTAINS, LEAST, MOST, BELOW, EMPTY = "~contains", "~from", "~to", "~below", "~empty"
"""What stands behind a field's name in a URL: `price~from=10`. Its bare name names its values."""
_ENDINGS = ", ".join((CONTAINS, LEAST, MOST, BELOW, EMPTY))
_EMPTY = {"yes": True, "no": False}
VALUES = "~is"
"""Stands behind a field’s name where the bare name is reserved in a URL: `page~is=1`."""
RESERVED = frozenset(
    {"q", "search", "sort", "page", "limit", "cursor", "columns", "charts", "format"}
)

MOMENTS = ("createdAt", "updatedAt")
PEOPLE = ("createdBy", "updatedBy")
_SYSTEM = (
    *(FieldSpec((name,), name, KINDS["moment"], many=False, required=True) for name in MOMENTS),
    *(FieldSpec((name,), name, KINDS["text"], many=False, required=True) for name in PEOPLE),
)


def filters_from(
    specs: Iterable[FieldSpec], get: Callable[[str], Sequence[str]]
) -> dict[str, Filter]:
    """The filters that a URL's parameters name; `get` gives the values of a parameter."""
    names = [*(spec.name for spec in specs), *MOMENTS, *PEOPLE]
    found = {name: _filter(name, get) for name in names}
    return {name: wanted for name, wanted in found.items() if wanted.narrows}


def sound(specs: Iterable[FieldSpec], filters: Mapping[str, Filter]) -> dict[str, Filter]:
    """The filters without what makes no sense for their field; `unusable` tells what that is."""
    known = (*_SYSTEM, *specs)
    tidy = {spec.name: _tidy(spec, filters[spec.name]) for spec in known if spec.name in filters}
    return {name: wanted for name, wanted in tidy.items() if wanted.narrows}


def checked(
    specs: Sequence[FieldSpec], params: Mapping[str, Sequence[str]], others: Collection[str]
) -> dict[str, Filter]:
    """The filters that a URL's parameters name; `others` are the parameters that name none.

    Raises InvalidAsset for those that cannot be applied.
    """
    if problems := unusable(specs, params, others):
        raise InvalidAsset(problems)
    return sound(specs, filters_from(specs, lambda name: params.get(name, ())))


def unusable(
    specs: Iterable[FieldSpec], params: Mapping[str, Sequence[str]], others: Collection[str]
) -> list[Problem]:
    """Why filters in a URL cannot be applied, by parameter; `others` are no filters."""
    known = {spec.name: spec for spec in (*_SYSTEM, *specs)}
    said = {
        parameter: _problem(known, parameter, values)
        for parameter, values in params.items()
        if parameter not in others
    }
    return [Problem(parameter, problem) for parameter, problem in said.items() if problem]


def check_names(given: Iterable[str], known: Collection[str]) -> None:
    """Raises InvalidAsset for parameters that mean nothing: one that is misspelt is not ignored."""
    names = ", ".join(sorted(known)) or "none"
    said = f"There is no such parameter here. Those that there are: {names}."
    if problems := [Problem(name[:60], said) for name in given if name not in known]:
        raise InvalidAsset(problems)


def check_sort(sort: str) -> None:
    """Raises InvalidAsset for an order that there is not."""
    if not sortable(sort):
        raise InvalidAsset([Problem("sort", f"Assets cannot be sorted by “{sort[:60]}”.")])


def params_of(query: AssetQuery) -> dict[str, list[str]]:
    """The filters of a query as a URL's parameters."""
    return {
        key: values
        for name, wanted in query.narrowing
        for key, values in _params(name, wanted).items()
        if values
    }


def values_of(name: str) -> str:
    """The parameter that names a field's values."""
    return name + VALUES if name in RESERVED else name


def _filter(name: str, get: Callable[[str], Sequence[str]]) -> Filter:
    def one(suffix: str) -> str:
        return next(iter(get(name + suffix)), "").strip()

    empty = _EMPTY.get(one(EMPTY))
    values = tuple(get(values_of(name)))
    return Filter(values, one(CONTAINS), one(LEAST), one(MOST), one(BELOW), empty)


def _params(name: str, wanted: Filter) -> dict[str, list[str]]:
    empty = [] if wanted.empty is None else ["yes" if wanted.empty else "no"]
    texts = {CONTAINS: wanted.contains, LEAST: wanted.least, MOST: wanted.most, BELOW: wanted.below}
    return {
        values_of(name): list(wanted.any_of),
        **{name + suffix: [text] if text else [] for suffix, text in texts.items()},
        name + EMPTY: empty,
    }


def _problem(known: Mapping[str, FieldSpec], parameter: str, values: Sequence[str]) -> str:
    name, mark, suffix = parameter.partition("~")
    spec, way = known.get(name), mark + suffix
    if spec is None:
        return f"There is no field “{name[:60]}” to filter by."
    if parameter == values_of(name):
        return ""
    if way not in (CONTAINS, LEAST, MOST, BELOW, EMPTY):
        return f"“{parameter[:60]}” is no filter. Known endings are {_ENDINGS}."
    said = [text for value in values if (text := value.strip())]
    if len(said) > 1:
        return f"“{parameter[:60]}” can be given only once."
    return _problem_of(spec, way, said[0]) if said else ""


def _problem_of(spec: FieldSpec, way: str, text: str) -> str:
    if way == EMPTY:
        return "" if text in _EMPTY else f"“{text[:60]}” is neither yes nor no."
    if way == CONTAINS or _is_bound(spec, text):
        return ""
    if spec.range:
        return f"“{text[:60]}” {spec.range.no_bound}."
    return f"“{spec.label}” has neither numbers nor days to compare."


def _tidy(spec: FieldSpec, wanted: Filter) -> Filter:
    bounds = (wanted.least, wanted.most, wanted.below)
    least, most, below = (bound if _is_bound(spec, bound) else "" for bound in bounds)
    values = (_meant(spec, text) for text in wanted.any_of)
    return replace(
        wanted,
        any_of=tuple(dict.fromkeys(values)),
        least=least,
        most=most,
        below=below,
    )


def _meant(spec: FieldSpec, text: str) -> str:
    """The value that a text in an address names, as it is stored or as people read it.

    It need not be one of the model's: assets that another model or program wrote may have it.
    """
    for option in spec.options:
        if text in (option.value, option.label):
            return option.value
    return text


def _is_bound(spec: FieldSpec, text: str) -> bool:
    """Whether a field's values can be compared with it."""
    return spec.range is not None and spec.range.is_bound(text)
