"""Form for a change to many assets: previewed before it begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import streamlit as st

from app.features.browse.bulk import job as bulk_job
from app.features.browse.bulk.words import erasing, preview
from app.features.browse.table import selection
from app.fields.drafts import LONGEST_IDENTIFIER, Entry, is_identifier
from app.fields.inputs import draw as draw_input
from app.fields.labels import full_label
from app.fields.widgets import read, widget_for
from app.shell import state
from app.shell.components.component import component
from app.shell.connection.reconnection import Kept
from app.shell.frame import who
from app.shell.markup import show_html
from app.shell.messages import errors, problem_note
from app.shell.words import count_of
from services.access import Role
from services.bulk.service import BulkJob, BulkService
from services.jobs.one_by_one import Versions
from services.model.current import fields
from services.model.fields.spec import FieldSpec
from services.model.query import Count
from services.model.record import new_identifier

Known = Mapping[str, Sequence[Count]]
What = Literal["edit", "bin", "erase"]
_MOST_KEPT = 1000
"""Of so many assets a form that is open outlives a restart of the app."""


@dataclass(frozen=True)
class _Form:
    """What is asked before a change begins."""

    what: What
    chosen: Versions
    """The assets as they were when the form was opened."""
    name: str = field(default_factory=new_identifier)
    """Of the job to be, so that two clicks begin one."""


def to_keep() -> dict[str, Any] | None:
    """What a browser is given of the open form, to tell a restarted app."""
    form: _Form | None = state.recall(state.BULK_FORM)
    if form is None or len(form.chosen) > _MOST_KEPT:
        return None
    return {"what": form.what, "name": form.name, "chosen": dict(form.chosen)}


def resumed(told: Any) -> _Form | None:
    """The form that a browser tells of; None if that cannot be. `told` may be anything."""
    if not isinstance(told, Mapping) or told.get("what") not in get_args(What):
        return None
    name, chosen = told.get("name"), told.get("chosen")
    if not is_identifier(name) or not isinstance(chosen, Mapping):
        return None
    known = (
        isinstance(one, str) and isinstance(version, int) and len(one) <= LONGEST_IDENTIFIER
        for one, version in chosen.items()
    )
    if not chosen or len(chosen) > _MOST_KEPT or not all(known):
        return None
    return _Form(told["what"], dict(chosen), name)


KEPT = Kept("bulk", state.BULK_FORM, to_keep, resumed)


def begin(what: What, chosen: Versions) -> None:
    """Open the form."""
    if chosen:
        state.remember(state.BULK_FORM, _Form(what, chosen))


def draw_in_bin(bulk: BulkService, role: Role) -> None:
    """Draw the question before assets are deleted for good, if it is asked."""
    _keep()
    form: _Form | None = state.recall(state.BULK_FORM)
    if form is not None and form.what == "erase":
        title = f"Delete {count_of(len(form.chosen))} for good?"
        st.dialog(title, on_dismiss=_close)(_erase)(bulk, form, role)


def draw(bulk: BulkService, known: Known) -> None:
    """Draw the form if it is open; `known`: by field, the values that assets have."""
    _keep()
    form: _Form | None = state.recall(state.BULK_FORM)
    if form is None or form.what == "erase":
        return
    if form.what == "edit":
        title = f"Edit a field of {count_of(len(form.chosen))}"
        st.dialog(title, on_dismiss=_close)(_edit)(bulk, form, known)
    else:
        title = f"Move {count_of(len(form.chosen))} to the bin?"
        st.dialog(title, on_dismiss=_close)(_bin)(bulk, form)


def _keep() -> None:
    """Have the browser know of the open form: a click may rerun this fragment alone."""
    if form := to_keep():
        component("shell/connection/memory.js")(data={"part": {"bulk": form}}, key="memory bulk")


def _edit(bulk: BulkService, form: _Form, known: Known) -> None:
    specs = {spec.name: spec for spec in fields()}
    name = st.selectbox(
        "Field",
        list(specs),
        index=None,
        placeholder="Which one?",
        format_func=lambda name: full_label(specs[name]),
        key=f"field {form.name}",
    )
    if name is None:
        return
    values = {name: _value(specs[name], form, known)}
    if values[name] is not None or not specs[name].required:
        ahead = preview(len(form.chosen), values, specs)
        show_html('<p role="status">{{ ahead }}</p>', ahead=ahead)
    begun = st.button(
        f"Change {count_of(len(form.chosen))}", type="primary", icon=":material/check:"
    )
    if begun and (objection := bulk.objection(form.chosen, values)):
        problem_note(objection)
    elif begun:
        _leave(bulk, form, values)


def _value(spec: FieldSpec, form: _Form, known: Known) -> Any:
    entry = Entry(spec, f"{spec.name} {form.name}", widget_for(spec, None), None)
    held = draw_input(entry, [count.value for count in known.get(spec.name, ())])
    return read(entry.widget, spec, held, None)


def _bin(bulk: BulkService, form: _Form) -> None:
    st.write("They can be restored, all at once or one by one.")
    if st.button("Move to bin", type="primary", icon=":material/delete:", key="confirm bin"):
        _leave(bulk, form, None)


def _erase(bulk: BulkService, form: _Form, role: Role) -> None:
    number = len(form.chosen)
    show_html("<p>{{ ahead }}</p>", ahead=erasing(bulk.names(form.chosen), number))
    whose = "Its" if number == 1 else "Their"
    st.write(f"{whose} history goes as well. This cannot be undone.")
    with errors():
        if st.button(
            "Delete for good", type="primary", icon=":material/delete_forever:", key="confirm erase"
        ):
            job = bulk.erase_all(form.chosen, by=who(), name=form.name, role=role)
            selection.let_go("bin")
            _follow(job)


def _leave(bulk: BulkService, form: _Form, values: Mapping[str, Any] | None) -> None:
    """Begin what was asked for, and show the page again."""
    if values is None:
        job = bulk.bin_all(form.chosen, by=who(), name=form.name)
        selection.let_go("basket")
    else:
        job = bulk.edit_all(form.chosen, values, by=who(), name=form.name)
    _follow(job)


def _follow(job: BulkJob) -> None:
    bulk_job.show(job)
    _close()
    st.rerun()


def _close() -> None:
    state.remember(state.BULK_FORM, None)
