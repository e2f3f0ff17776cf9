"""Two states of the basket side by side: what only one has, and what is not alike."""

from collections.abc import Iterator, Sequence
from itertools import islice

import pandas as pd
import streamlit as st

from app.command_line import DEMO
from app.features.scenarios.words import title
from app.fields.values import display, shorten
from app.shell.words import count_of
from services.model.current import fields
from services.model.fields.texts import as_stored
from services.scenarios.comparing import IN_THE_BIN, Comparison, FieldDifference
from services.scenarios.service import NOW, ScenarioService
from services.scenarios.shipped import names

_SHOWN = 200
_LONGEST = 200
_WIDTH = 300
_HEADINGS = ["Asset", "What", "Field", "Before", "After"]


def compare(scenarios: ScenarioService, saved: Sequence[str]) -> None:
    """Draw what differs between two states that somebody picks."""
    states = [NOW, *names(), *saved]
    st.subheader("Compare", anchor=False)
    with st.container(horizontal=True):
        before = _state("Before", [name for name in states if name != NOW])
        after = _state("After", states, index=0)
    if before is None or after is None:
        st.caption("Pick what to compare with: you see what was added, removed and changed.")
        return
    found = scenarios.compare(before, after)
    if found.is_empty:
        st.markdown("They are alike.")
        return
    counts = (len(found.added), len(found.removed), len(found.changed))
    st.markdown("{} added, {:,} removed, {:,} changed.".format(count_of(counts[0]), *counts[1:]))
    rows = list(islice(_rows(found), _SHOWN + 1))
    st.dataframe(pd.DataFrame(rows[:_SHOWN], columns=_HEADINGS), hide_index=True, key="differences")
    if len(rows) > _SHOWN:
        st.caption(f"The first {_SHOWN} are shown; `{DEMO} diff` tells of more.")


def _state(label: str, options: Sequence[str], index: int | None = None) -> str | None:
    return st.selectbox(
        label,
        options,
        index=index,
        format_func=lambda name: "Now" if name == NOW else title(name),
        placeholder="Pick a state",
        key=f"compare {label}",
        width=_WIDTH,
    )


def _rows(found: Comparison) -> Iterator[list[str]]:
    for key in found.changed:
        each = found.difference(key)
        for change in each.fields:
            yield [each.name, "changed", *_field(change)]
        if not each.fields:
            yield [each.name, "changed", "History", "", ""]
    for what, keys in (("added", found.added), ("removed", found.removed)):
        yield from ([found.name(key), what, "", "", ""] for key in keys)


def _field(change: FieldDifference) -> list[str]:
    if change.field == IN_THE_BIN:
        return ["In the bin", *("Yes" if value else "No" for value in _both(change))]
    spec = next((spec for spec in fields() if spec.name == change.field), None)
    shown = (display(spec, value) if spec else as_stored(value) for value in _both(change))
    return [spec.label if spec else change.field, *(shorten(text, _LONGEST) for text in shown)]


def _both(change: FieldDifference) -> tuple[object, object]:
    return change.before, change.after
