"""The interaction that every rerun benchmark repeats: choosing in the filter that all share."""

from collections.abc import Iterator
from itertools import cycle

from tests.bench.protocol import Value, Visitor

LABEL = "Liquidity profile"
"""The widget that our page, the bare page and the afternoon's page all have."""


def choices(visitor: Visitor) -> Iterator[Value]:
    """One choice after the other, each different from the one before, without end."""
    try:
        filter_ = visitor.find(LABEL, [])
    except LookupError:
        # The bare page has a selectbox: there is always exactly one choice.
        yield from cycle(visitor.find(LABEL, "").options)
    else:
        yield from cycle([[option] for option in filter_.options])
