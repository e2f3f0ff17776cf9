"""What can be done about a finding: chosen, previewed, and asked for once more where it removes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Literal

import streamlit as st

from app.ui import state
from app.ui.component import component
from app.ui.drafts import Entry
from app.ui.inputs import draw
from app.ui.model_runs import looking
from app.ui.model_words import assets, label_at, shown_at, title
from app.ui.routes import address
from app.ui.widgets import read, widget_for
from app.ui.words import as_label
from services.migration.digest import Kind
from services.migration.drift import Drift, Finding, Tell
from services.migration.preview import Preview
from services.migration.steps import ApplyDefault, Drop, Empty, Fill, Rename, Step
from services.model.current import field, fields
from services.store.amending import Path

Action = Literal["apply", "fill", "rename", "drop", "empty"]
Ask = Callable[[Step, Tell], Preview]


@dataclass(frozen=True)
class Considered:
    """What somebody thinks of doing."""

    action: Action
    about: tuple[Kind, Path] | None = None
    sure: bool = False
    """Whether the first of two questions was answered with yes."""


_ACTIONS: dict[Kind, tuple[Action, ...]] = {
    "default": ("apply",),
    "lacking": ("fill",),
    "misfit": ("fill",),
    "gone": ("rename", "drop"),
}
_BUTTONS: dict[Action, tuple[str, str]] = {
    "apply": ("Store the default", ":material/save:"),
    "fill": ("Set a value", ":material/edit:"),
    "rename": ("Move to a field", ":material/arrow_forward:"),
    "drop": ("Remove", ":material/delete:"),
    "empty": ("Move everything to the bin", ":material/delete_sweep:"),
}


def offers(finding: Finding, drift: Drift, preview: Ask) -> Step | None:
    """Draw what can be done about a finding; returns the step once somebody has confirmed it."""
    about = (finding.kind, finding.path)
    considered = _considered()
    if considered is None or considered.about != about:
        if finding.path:
            with st.container(horizontal=True):
                for action in _ACTIONS[finding.kind]:
                    _open(Considered(action, about))
        return None
    step = _step(considered.action, finding, drift)
    if step is None:
        _never_mind()
        return None
    return _confirmed(considered, step, preview)


def start_afresh(drift: Drift, preview: Ask) -> Step | None:
    """Draw the offer to empty the basket; returns the step once somebody has confirmed it."""
    considered = _considered()
    with st.container(border=True, key="afresh"):
        st.markdown("**Start afresh**")
        st.markdown(
            "Move every asset to the bin and begin again. One click brings all of them back. "
            "Scenarios to begin with are on the *Present* page."
        )
        if considered is None or considered.action != "empty":
            if drift.total:
                _open(Considered("empty"))
            return None
        return _confirmed(considered, Empty(), preview)


def begun() -> None:
    """Show how far the step is."""
    _consider(None)
    st.rerun()


def _considered() -> Considered | None:
    considered: Considered | None = state.recall(state.CONSIDERED)
    return considered


def _consider(considered: Considered | None) -> None:
    state.remember(state.CONSIDERED, considered)


def _open(considered: Considered) -> None:
    label, icon = _BUTTONS[considered.action]
    st.button(
        label,
        key=f"{considered.action} {considered.about}",
        icon=icon,
        on_click=_consider,
        args=(considered,),
    )


def _step(action: Action, finding: Finding, drift: Drift) -> Step | None:
    """The step, as far as it has been said what it is to do."""
    match action:
        case "apply":
            return ApplyDefault(path=finding.path)
        case "drop":
            return Drop(path=finding.path)
        case "rename":
            to = _target(finding, drift)
            return Rename(path=finding.path, to=to) if to else None
        case _:
            value = _value(finding)
            kind: Any = finding.kind
            return None if value is None else Fill(about_kind=kind, path=finding.path, value=value)


def _target(finding: Finding, drift: Drift) -> Path | None:
    """The fields that nobody has stored come first: one of them it most often is."""
    unused = [spec.path for spec in drift.unused]
    others = [spec.path for spec in fields() if spec.path not in unused]
    return st.selectbox(
        "Its field today",
        [*unused, *others],
        index=None,
        format_func=label_at,
        key=f"to {finding.name}",
        placeholder="Pick a field",
        width=400,
    )


def _value(finding: Finding) -> Any:
    spec = field(finding.name)
    entry = Entry(spec, f"value {finding.kind} {finding.name}", widget_for(spec, None), None)
    with st.container(width=400):
        held = draw(entry, ())
    return read(entry.widget, spec, held, None)


def _never_mind() -> None:
    st.button("Not now", key="not now", on_click=_consider, args=(None,))


def _confirmed(considered: Considered, step: Step, preview: Ask) -> Step | None:
    with looking("Trying it on every asset") as tell:
        ahead = preview(step, tell)
    _tell(step, ahead)
    with st.container(horizontal=True):
        agreed = bool(ahead.count) and _agreed(considered, step, ahead)
        _never_mind()
    return step if agreed else None


def _agreed(considered: Considered, step: Step, ahead: Preview) -> bool:
    """What removes something is asked for twice."""
    if considered.action in ("drop", "empty") and not considered.sure:
        st.button(
            f"{as_label(title(step))}: {assets(ahead.count)}",
            key="first yes",
            on_click=_consider,
            args=(replace(considered, sure=True),),
        )
        return False
    label = "Yes, do it" if considered.sure else f"Do it: {assets(ahead.count)}"
    return st.button(label, type="primary", key="do it", icon=":material/check:")


def _tell(step: Step, ahead: Preview) -> None:
    lines = [f"{title(step)}: changes {assets(ahead.count)}. It can be undone as a whole."]
    lines += [
        f"{shown_at(step.path, before)} becomes {shown_at(step.to, after)}"
        for before, after in ahead.converted
        if isinstance(step, Rename) and before != after
    ]
    st.html("".join(f'<p class="basket-hint">{escape(line)}</p>' for line in lines))
    if ahead.left_alone:
        _left_alone(ahead)


def _left_alone(ahead: Preview) -> None:
    shown = "" if len(ahead.untouched) == ahead.left_alone else f"the first {len(ahead.untouched)}"
    entries = [
        {"title": each.title, "href": address(each.identifier), "value": each.reason}
        for each in ahead.untouched
    ]
    data = {
        "kind": "aside",
        "headline": f"{assets(ahead.left_alone)} would be left alone.",
        "lines": [],
        "more": {"label": f"Show {shown or 'them'}", "entries": entries},
    }
    component("finding")(data=data, key="left alone")
