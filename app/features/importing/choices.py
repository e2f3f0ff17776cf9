"""How a file is to be understood: which column is which field, and what the file lacks."""

from dataclasses import replace
from typing import Any

import streamlit as st

from app.features.importing.upload import Prepared
from app.fields import inputs
from app.fields.drafts import Entry
from app.fields.widgets import read, widget_for
from app.shell.messages import hint
from services.importing.matching import ADD_ALL, IDENTIFIER, Choices, has_identifiers
from services.model.current import fields
from services.model.fields.spec import FieldSpec

_NONE = ""


def choose(file: Prepared) -> Choices:
    """Draw the choices, as suggested at first; returns what was chosen."""
    st.subheader("Which column is what", anchor=False)
    columns: dict[str, str] = {}
    fixed: dict[str, Any] = {}
    with st.container(key="matching", gap="small"):
        for spec in fields():
            column, value = _field(spec, file)
            if column:
                columns[spec.name] = column
            elif value is not None:
                fixed[spec.name] = value
    _left_over(file, set(columns.values()))
    key = _key(file, columns)
    if key == IDENTIFIER and (heading := has_identifiers(file.sheet.columns)):
        columns[IDENTIFIER] = heading
    return Choices(columns, fixed, key, _all_or_nothing(file))


def _field(spec: FieldSpec, file: Prepared) -> tuple[str, Any]:
    suggested = file.suggested.columns.get(spec.name, _NONE)
    options = [_NONE, *file.sheet.columns]
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"match {spec.name}"):
        column = st.selectbox(
            inputs.label(spec),
            options,
            index=options.index(suggested) if suggested in options else 0,
            format_func=lambda name: name or "Not in the file",
            key=f"column {spec.name} {file.name}",
            persist_state="session",
        )
        return column, None if column else _fixed(spec, file)


def _fixed(spec: FieldSpec, file: Prepared) -> Any:
    widget = widget_for(spec, None)
    for_all = replace(spec, label=f"{spec.label} of every row")
    entry = Entry(for_all, f"fixed {spec.name} {widget.value} {file.name}", widget, None)
    with st.container(key=f"for all {spec.name}"):
        held = inputs.draw(entry, ())
    return read(widget, spec, held, entry.start)


def _left_over(file: Prepared, taken: set[str]) -> None:
    unused = [column for column in file.sheet.columns if column not in taken]
    if has := has_identifiers(file.sheet.columns):
        unused = [column for column in unused if column != has]
    if unused:
        hint(f"Not imported: {', '.join(unused[:12])}{'…' if len(unused) > 12 else ''}.")


def _key(file: Prepared, columns: dict[str, str]) -> str:
    names = [name for name in columns if not _spec(name).many]
    options = [ADD_ALL, *([IDENTIFIER] if has_identifiers(file.sheet.columns) else []), *names]
    suggested = file.suggested.key
    return st.selectbox(
        "Assets that are in the basket already",
        options,
        index=options.index(suggested) if suggested in options else 0,
        format_func=_key_label,
        key=f"key {file.name}",
        persist_state="session",
    )


def _key_label(key: str) -> str:
    if key == ADD_ALL:
        return "Add every row as a new asset"
    if key == IDENTIFIER:
        return "Update the asset with the same identifier"
    return f"Update the asset with the same {_spec(key).label}"


def _all_or_nothing(file: Prepared) -> bool:
    return not st.toggle(
        "If some rows are refused, import the others",
        value=not file.suggested.all_or_nothing,
        key=f"partly {file.name}",
        persist_state="session",
    )


def _spec(name: str) -> FieldSpec:
    return next(spec for spec in fields() if spec.name == name)
