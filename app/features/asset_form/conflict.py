"""Two people changed the same asset: both values, field by field, and a choice."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st
from pydantic import ValidationError

from app.fields.drafts import Draft, values_of
from app.fields.labels import full_label
from app.fields.values import display, shorten
from app.shell.markup import show_html
from app.shell.messages import hint, tell
from app.shell.words import as_label, as_title
from services.model.current import current, fields
from services.model.fields.flat import emptied, nested
from services.model.fields.spec import FieldSpec
from services.model.record import Asset
from services.model.words import explain

if TYPE_CHECKING:
    from services.model.asset import AssetInput

_LINE = 80
"""What is longer stands in full below the choice."""


def choose(kept: Draft, theirs: Asset) -> "AssetInput | None":
    """Draw the choice; returns the chosen values once they are to be saved."""
    tell(
        f"{kept.whose} changed this asset while you did.",
        "Nothing is saved over yet. Choose for each field which value to keep.",
    )
    now_there = values_of(theirs)
    with st.form(f"conflict {kept.name} {theirs.version}", border=False, width=640):
        chosen = {spec.name: _field(spec, kept, theirs, now_there) for spec in fields()}
        sent = st.form_submit_button("Save my choice", type="primary", icon=":material/check:")
    return _checked(kept, theirs, chosen) if sent else None


def _checked(kept: Draft, theirs: Asset, chosen: dict[str, Any]) -> "AssetInput":
    """The chosen values; back to the form with them if they do not go together."""
    try:
        empty = emptied(fields(), chosen)
        return current().input.model_validate(nested(fields(), chosen, empty))
    except ValidationError as error:
        kept.problems, kept.refused = explain(error.errors(include_url=False)), True
        kept.start, kept.mine, kept.entries, kept.theirs = values_of(theirs), chosen, {}, None
        st.rerun()


def _field(spec: FieldSpec, kept: Draft, theirs: Asset, now_there: Mapping[str, Any]) -> Any:
    before, mine, other = (values.get(spec.name) for values in (kept.start, kept.mine, now_there))
    if mine == other:
        return mine
    if before in (mine, other):
        kept_value, whose = (mine, "yours") if before == other else (other, kept.whose)
        hint(f"{full_label(spec)}: {shorten(_shown(spec, kept_value))} ({whose})")
        return kept_value
    form = f"{kept.name} {theirs.version}"
    return _choice(spec, [("Yours", mine), (kept.whose, other)], form)


def _choice(spec: FieldSpec, values: Sequence[tuple[str, Any]], form: str) -> Any:
    """Both values, one of them to keep."""
    shown = [(author, _shown(spec, value)) for author, value in values]
    picked = st.radio(
        as_title(full_label(spec)),
        range(len(shown)),
        format_func=lambda place: as_label(
            ": ".join((shown[place][0], _on_a_line(shown[place][1])))
        ),
        key=f"choice {spec.name} {form}",
    )
    for author, text in shown:
        if _on_a_line(text) != text:
            hint(f"{author}, in full:")
            show_html('<div class="basket-value">{{ text }}</div>', text=text)
    return values[picked or 0][1]


def _on_a_line(text: str) -> str:
    return shorten(" ".join(text.split()), _LINE)


def _shown(spec: FieldSpec, value: Any) -> str:
    return "empty" if value in (None, "", []) else display(spec, value)
