"""The form for an asset, drawn from the model; what is wrong stands beside its field."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st
from pydantic import ValidationError

from app.features.asset_form.entries import entry_of
from app.fields.drafts import Draft
from app.fields.groups import grouped
from app.fields.inputs import draw
from app.fields.labels import full_label, is_of_optional_model
from app.fields.widgets import read, shown
from app.shell import state
from app.shell.markup import show_html
from app.shell.messages import hint, problem_note
from services.model.current import current, fields
from services.model.fields.flat import emptied, nested
from services.model.fields.spec import FieldSpec
from services.model.query import Count
from services.model.words import explain

if TYPE_CHECKING:
    from services.model.asset import AssetInput


def asset_form(
    kept: Draft, known: Mapping[str, Sequence[Count]], *, button: str, icon: str
) -> "AssetInput | None":
    """Draw the form; returns what was entered when it was sent and is valid.

    `known`: by field, the values that other assets have, offered beside the suggested ones.
    """
    # Also those that the model no longer has: a builder may take a field out and put it back.
    kept.entries = {**kept.entries, **{spec.name: entry_of(kept, spec) for spec in fields()}}
    entered: dict[str, Any] = {}
    with st.form(f"form {kept.name}", border=False, width=640):
        for title, specs in grouped(fields()):
            with _group(title, specs):
                entered |= {spec.name: _field(kept, spec, known) for spec in specs}
        _whole(kept)
        sent = st.form_submit_button(button, type="primary", icon=icon, key=f"send {kept.name}")
    if kept.resumed:
        _begin_anew_what_is_missing(kept)
    return _checked(kept, entered) if sent else None


def _begin_anew_what_is_missing(kept: Draft) -> None:
    """After a restart of the app: what the browser does not hold begins with what it began with."""
    kept.resumed = False
    missing = {
        name
        for name, entry in kept.entries.items()
        if shown(entry.widget, entry.spec, entry.start) and not state.recall(entry.key)
    }
    if missing:
        kept.entries = {name: one for name, one in kept.entries.items() if name not in missing}
        st.rerun()


def _checked(kept: Draft, entered: dict[str, Any]) -> "AssetInput | None":
    try:
        valid = current().input.model_validate(as_asked(kept, entered))
    except ValidationError as error:
        kept.problems, kept.refused = explain(error.errors(include_url=False)), True
        # Drawn again, so that the notes appear beside fields that are above this line.
        st.rerun()
    kept.problems = ()
    return valid


def as_asked(kept: Draft, entered: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, for the model to validate.

    A field that the model would fill in stays empty if it was emptied, or was empty before.
    """
    empty = {
        name
        for name in emptied(fields(), entered)
        if kept.start or (name in kept.entries and kept.entries[name].start is not None)
    }
    return nested(fields(), entered, empty)


def _group(title: str, specs: Sequence[FieldSpec]) -> Any:
    """A box with a heading for the fields that belong together."""
    if not title:
        return st.container()
    box = st.container(border=True)
    said = f"{title} (optional)" if all(is_of_optional_model(spec) for spec in specs) else title
    with box:
        show_html('<h2 class="basket-group">{{ said }}</h2>', said=said)
    return box


def _field(kept: Draft, spec: FieldSpec, known: Mapping[str, Sequence[Count]]) -> Any:
    entry = kept.entries[spec.name]
    with st.container(gap=None):
        offered = [count.value for count in known.get(spec.name, ())]
        held = draw(entry, offered, is_filled=kept.resumed)
        if not _notes(kept, spec.name) and spec.help:
            hint(spec.help)
    return read(entry.widget, spec, held, entry.start)


def _notes(kept: Draft, name: str) -> bool:
    """Show what is wrong with the field; whether anything is."""
    found = [problem for problem in kept.problems if problem.field == name]
    for problem in found:
        problem_note(problem.message)
    return bool(found)


def _whole(kept: Draft) -> None:
    """Above the button: what is wrong with no field alone, and where else to look."""
    _notes(kept, "")
    wrong = {problem.field for problem in kept.problems}
    labels = [full_label(spec) for spec in fields() if spec.name in wrong]
    if labels:
        news = "Not saved yet. " if kept.refused else ""
        again = f"{news}Please look again at: {', '.join(labels)}."
        show_html('<p class="basket-again" role="status">{{ again }}</p>', again=again)
