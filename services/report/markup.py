"""Pieces of HTML that a report is made of."""

from collections.abc import Sequence
from html import escape


def bars(title: str, counts: Sequence[tuple[str, int]]) -> str:
    """Counts as bars; nothing without any."""
    if not counts:
        return ""
    most = max(1, *(number for _, number in counts))
    return f"<h4>{escape(title)}</h4>" + "".join(
        f'<div class="bar"><span>{escape(label)}</span>'
        f'<i style="width:{100 * number / most:.0f}%"></i><span>{number}</span></div>'
        for label, number in counts
    )


def small(markup: str) -> str:
    """A line in small print."""
    return f'<p class="small">{markup}</p>'
