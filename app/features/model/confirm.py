"""What somebody thinks of doing to all assets: previewed, and asked for twice where it removes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

import streamlit as st

from app.features.model.runs import looking
from app.features.model.words import LONGEST, shown_at, title
from app.fields.values import shorten
from app.shell import state
from app.shell.components.component import component
from app.shell.markup import show_html
from app.shell.routes import address
from app.shell.words import as_label, count_of
from services.migration.digest import Kind
from services.migration.drift import Tell
from services.migration.preview import Preview
from services.migration.steps import Rename, Step
from services.store.assets.amending import Path

Action = Literal["apply", "fill", "rename", "drop", "empty"]
Ask = Callable[[Step, Tell], Preview]


@dataclass(frozen=True)
class Considered:
    """What somebody thinks of doing."""

    action: Action
    about: tuple[Kind, Path] | None = None
    """The finding that it is about; None for all assets."""
    sure: bool = False
    """Whether the first of two questions was answered with yes."""


def considered() -> Considered | None:
    """What this tab thinks of doing."""
    kept: Considered | None = state.recall(state.CONSIDERED)
    return kept


def consider(what: Considered | None) -> None:
    """Think of doing this; None for nothing."""
    state.remember(state.CONSIDERED, what)


def never_mind() -> None:
    """Draw the way out."""
    st.button("Not now", key="not now", on_click=consider, args=(None,))


def confirmed(what: Considered, step: Step, preview: Ask) -> Step | None:
    """Draw what the step would do; returns it once somebody has confirmed it."""
    with looking("Trying it on every asset") as tell:
        ahead = preview(step, tell)
    show_html(
        '{% for line in lines %}<p class="basket-hint">{{ line }}</p>{% endfor %}',
        lines=list(_lines(step, ahead)),
    )
    if ahead.left_alone:
        _left_alone(ahead)
    if what.sure:
        st.markdown(f"**{as_label(title(step))}: really in {count_of(ahead.count)}?**")
    with st.container(horizontal=True):
        agreed = bool(ahead.count) and _agreed(what, step, ahead)
        never_mind()
    return step if agreed else None


def _agreed(what: Considered, step: Step, ahead: Preview) -> bool:
    """What removes something is asked for twice."""
    if what.action in ("drop", "empty") and not what.sure:
        st.button(
            f"{as_label(title(step))}: {count_of(ahead.count)}",
            key="first yes",
            on_click=consider,
            args=(replace(what, sure=True),),
        )
        return False
    label = "Yes, do it" if what.sure else f"Do it: {count_of(ahead.count)}"
    return st.button(label, type="primary", key="do it", icon=":material/check:")


def _lines(step: Step, ahead: Preview) -> Iterator[str]:
    if not ahead.count:
        yield f"{title(step)}: there is no asset that this would do good."
        return
    yield f"{title(step)}: changes {count_of(ahead.count)}. It can be undone as a whole."
    for before, after in ahead.converted:
        if isinstance(step, Rename) and before != after:
            yield f"{shown_at(step.path, before)} becomes {shown_at(step.to, after)}"


def _left_alone(ahead: Preview) -> None:
    reasons = {each.reason for each in ahead.untouched}
    every = len(ahead.untouched) == ahead.left_alone
    headline = f"{count_of(ahead.left_alone)} would be left alone"
    entries = [
        {
            "title": shorten(each.title, LONGEST),
            "href": address(each.identifier),
            "value": each.reason,
        }
        for each in ahead.untouched
    ]
    data = {
        "kind": "aside",
        "headline": f"{headline}: {reasons.pop()}" if len(reasons) == 1 else f"{headline}.",
        "lines": [],
        "more": {
            "label": "Show them" if every else f"Show the first {len(entries)}",
            "entries": entries,
        },
    }
    component("features/model/findings.js")(data=data, key="left alone")
