"""Today's fields in a table that a stakeholder can read."""

from typing import Any

import streamlit as st

from app.features.model.words import kind, limits
from app.fields.values import NOTHING, display
from app.shell.components.component import component
from services.model.current import fields
from services.model.fields.spec import FieldSpec

_COLUMNS = ("Field", "Name", "Holds", "Required", "Default", "Limits", "Example")


def table() -> None:
    """Draw the fields of the model in force, in their order, under their headings."""
    st.subheader("Fields today", anchor=False)
    rows = [_row(spec) for spec in fields()]
    component("features/model/fields.js")(
        data={"columns": list(_COLUMNS), "rows": rows}, key="fields"
    )


def _row(spec: FieldSpec) -> dict[str, Any]:
    return {
        "group": spec.group,
        "help": spec.help,
        "cells": [
            spec.label,
            spec.name,
            kind(spec),
            "Yes" if spec.required else "No",
            display(spec, spec.default),
            limits(spec) or NOTHING,
            spec.example or NOTHING,
        ],
    }
