"""What is asked for, as it stands in a URL: the same for a page's address and for the API."""

from collections.abc import Callable, Iterable, Sequence

from services.errors import InvalidAsset
from services.model.query import AssetQuery, Filter
from services.model.spec import FieldSpec
from services.model.words import Problem
from services.store.columns import sortable

CONTAINS, LEAST, MOST, BELOW, EMPTY = "~contains", "~from", "~to", "~below", "~empty"
"""What stands behind a field's name in a URL: `price~from=10`. Its bare name names its values."""

MOMENTS = ("createdAt", "updatedAt")
PEOPLE = ("createdBy", "updatedBy")


def filters_from(
    specs: Iterable[FieldSpec], get: Callable[[str], Sequence[str]]
) -> dict[str, Filter]:
    """The filters that a URL's parameters name; `get` gives the values of a parameter."""
    names = [*(spec.name for spec in specs), *MOMENTS, *PEOPLE]
    found = {name: _filter(name, get) for name in names}
    return {name: wanted for name, wanted in found.items() if wanted.narrows}


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


def _filter(name: str, get: Callable[[str], Sequence[str]]) -> Filter:
    def one(suffix: str) -> str:
        return next(iter(get(name + suffix)), "").strip()

    empty = {"yes": True, "no": False}.get(one(EMPTY))
    return Filter(tuple(get(name)), one(CONTAINS), one(LEAST), one(MOST), one(BELOW), empty)


def _params(name: str, wanted: Filter) -> dict[str, list[str]]:
    empty = [] if wanted.empty is None else ["yes" if wanted.empty else "no"]
    texts = {CONTAINS: wanted.contains, LEAST: wanted.least, MOST: wanted.most, BELOW: wanted.below}
    return {
        name: list(wanted.any_of),
        **{name + suffix: [text] if text else [] for suffix, text in texts.items()},
        name + EMPTY: empty,
    }
