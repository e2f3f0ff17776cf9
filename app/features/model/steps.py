"""What can be done about a finding, and to all assets at once."""

from typing import Any

import streamlit as st

from app.features.model.confirm import (
    Action,
    Ask,
    Considered,
    confirmed,
    consider,
    considered,
    never_mind,
)
from app.features.model.words import label_at
from app.fields.drafts import Entry
from app.fields.inputs import draw
from app.fields.widgets import read, widget_for
from app.shell.routes import SCENARIOS
from services.migration.digest import Kind
from services.migration.drift import Drift, Finding
from services.migration.steps import ApplyDefault, Drop, Empty, Fill, Rename, Step
from services.model.current import field, fields
from services.store.assets.amending import Path

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
_WIDTH = 400


def offers(finding: Finding, drift: Drift, preview: Ask) -> Step | None:
    """Draw what can be done about a finding; returns the step once somebody has confirmed it."""
    about, what = (finding.kind, finding.path), considered()
    if what is None or what.about != about:
        if finding.path:
            with st.container(horizontal=True):
                for action in _actions(finding):
                    _open(Considered(action, about))
        return None
    step = _step(what.action, finding, drift)
    if step is None:
        never_mind()
        return None
    return confirmed(what, step, preview)


def _actions(finding: Finding) -> tuple[Action, ...]:
    """What another program has written is nobody's here to remove."""
    return ("rename",) if finding.foreign else _ACTIONS[finding.kind]


def start_afresh(drift: Drift, preview: Ask) -> Step | None:
    """Draw the offer to empty the basket; returns the step once somebody has confirmed it."""
    what = considered()
    with st.container(border=True, key="afresh"):
        st.markdown("**Start afresh**")
        st.markdown(
            "Move every asset to the bin and begin again. One click brings all of them back."
        )
        st.page_link(SCENARIOS, label="Or start afresh from a scenario")
        if what is None or what.action != "empty":
            if drift.total:
                _open(Considered("empty"))
            return None
        return confirmed(what, Empty(), preview)


def begun() -> None:
    """Show how far the step is."""
    consider(None)
    st.rerun()


def _open(what: Considered) -> None:
    label, icon = _BUTTONS[what.action]
    key = f"{what.action} {what.about}"
    st.button(label, key=key, icon=icon, on_click=consider, args=(what,))


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
    fit = [spec.path for spec in (*drift.unused, *fields())]
    if any(isinstance(example.value, dict) for example in finding.examples):
        fit = [path[:1] for path in fit if len(path) > 1] + fit
    return st.selectbox(
        "Its field today",
        list(dict.fromkeys(fit)),
        index=None,
        format_func=label_at,
        key=f"to {finding.name}",
        placeholder="Pick a field",
        width=_WIDTH,
    )


def _value(finding: Finding) -> Any:
    spec = field(finding.name)
    entry = Entry(spec, f"value {finding.kind} {finding.name}", widget_for(spec, None), None)
    with st.container(width=_WIDTH):
        held = draw(entry, ())
    return read(entry.widget, spec, held, None)
