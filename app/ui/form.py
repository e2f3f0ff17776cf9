"""The form for an asset, drawn from the model; what is wrong stands beside its field."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st
from pydantic import ValidationError

from app.ui.drafts import Draft
from app.ui.notes import hint, problem_note
from services.model.current import current, fields
from services.model.query import Count
from services.model.spec import FieldSpec
from services.model.words import explain

if TYPE_CHECKING:
    from services.model.asset import AssetInput


def asset_form(
    kept: Draft, known: Mapping[str, Sequence[Count]], *, button: str, icon: str
) -> "AssetInput | None":
    """Draw the form; returns what was entered when it was sent and is valid.

    `known`: by field, the values that other assets have, offered beside the suggested ones.
    """
    with st.form(f"form {kept.name}", border=False, width=640):
        entered = {spec.name: _field(spec, kept, known) for spec in fields()}
        _notes(kept, "")
        sent = st.form_submit_button(button, type="primary", icon=icon, key=f"send {kept.name}")
    return _checked(kept, entered) if sent else None


def _checked(kept: Draft, entered: dict[str, Any]) -> "AssetInput | None":
    try:
        valid = current().input.model_validate(
            {name: value for name, value in entered.items() if value is not None}
        )
    except ValidationError as error:
        kept.problems = explain(error.errors(include_url=False))
        # Drawn again, so that the notes appear beside fields that are above this line.
        st.rerun()
    kept.problems = ()
    return valid


def _field(spec: FieldSpec, kept: Draft, known: Mapping[str, Sequence[Count]]) -> Any:
    key = f"{spec.name} {kept.name}"
    start = kept.start.get(spec.name)
    with st.container(gap=None):
        value = _widget(spec, key, start, [count.value for count in known.get(spec.name, ())])
        if not _notes(kept, spec.name) and spec.help:
            hint(spec.help)
    return value


def _notes(kept: Draft, name: str) -> bool:
    """Show what is wrong with the field; whether anything is."""
    found = [problem for problem in kept.problems if problem.field == name]
    for problem in found:
        problem_note(problem.message)
    return bool(found)


def _widget(spec: FieldSpec, key: str, start: str | None, known: list[str]) -> Any:
    label = spec.label if spec.required else f"{spec.label} (optional)"
    if spec.kind == "choice":
        return st.segmented_control(
            label,
            [option.value for option in spec.options],
            default=start if start in {option.value for option in spec.options} else None,
            format_func=spec.label_of,
            key=key,
            persist_state="session",
        )
    if spec.options:
        return _meant(spec, _combobox(spec, label, key, start, known))
    return st.text_input(
        label,
        value=start or "",
        key=key,
        placeholder=_placeholder(spec),
        persist_state="session",
    )


def _combobox(
    spec: FieldSpec, label: str, key: str, start: str | None, known: list[str]
) -> str | None:
    offered = list(dict.fromkeys([*(option.value for option in spec.options), *known]))
    if start is not None and start not in offered:
        offered.append(start)
    return st.selectbox(
        label,
        offered,
        index=None if start is None else offered.index(start),
        format_func=spec.label_of,
        key=key,
        placeholder=_placeholder(spec),
        accept_new_options=True,
        persist_state="session",
    )


def _meant(spec: FieldSpec, typed: str | None) -> str | None:
    """Who types "pound ster" and presses Enter means the one currency of that name."""
    if spec.kind != "currency" or typed is None or len(typed) <= len("GBP"):
        return typed
    meant = [option for option in spec.options if typed.casefold() in option.label.casefold()]
    return meant[0].value if len(meant) == 1 else typed


def _placeholder(spec: FieldSpec) -> str:
    if spec.kind == "currency":
        return "Type a code or a name, for example GBP"
    how = "Pick one or type your own" if spec.options else ""
    return ", ".join(part for part in (how, f"for example {spec.example}") if part)
