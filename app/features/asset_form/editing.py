"""What can be done on an asset's page: edit, bin, restore; and what came of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from app.fields import drafts
from app.fields.drafts import Draft
from app.fields.labels import full_label
from app.shell import state
from app.shell.markup import show_html
from app.shell.routes import BROWSE
from services.errors import Conflict
from services.model.current import fields
from services.model.problem import Problem
from services.model.record import Asset

if TYPE_CHECKING:
    from services.model.asset import AssetInput


def actions(asset: Asset) -> str | None:
    """Draw the buttons; returns what was asked for: "bin", "restore" or nothing."""
    with st.container(horizontal=True, key="actions"):
        if asset.deleted_at is not None:
            restore = st.button("Restore", type="primary", icon=":material/restore_from_trash:")
            return "restore" if restore else None
        st.button(
            "Edit",
            type="primary",
            icon=":material/edit:",
            on_click=lambda: drafts.begin_edit(asset),
        )
        return "bin" if st.button("Move to bin", icon=":material/delete:") else None


def attention(asset: Asset) -> None:
    """Say what does not fit the model any more, with the way to put it right."""
    problems = asset.fit.problems
    if not problems:
        return
    labels = {spec.name: full_label(spec) for spec in fields()}
    with st.container(border=True, key="attention", width=640):
        show_html(
            "<strong>This asset needs attention.</strong> Not all of it fits the model as it is "
            "now. It is kept as it was stored until somebody puts it right."
            "<ul>{% for line in lines %}<li>{{ line }}</li>{% endfor %}</ul>",
            lines=[_line(labels, problem) for problem in problems],
        )
        if asset.deleted_at is None:
            st.button(
                "Put it right",
                icon=":material/build:",
                on_click=lambda: drafts.begin_edit(asset),
            )


def _line(labels: Mapping[str, str], problem: Problem) -> str:
    label = labels.get(problem.field, "")
    told = not label or problem.message.startswith(label)
    return problem.message if told else f"{label}: {problem.message}"


def cancel() -> None:
    """Draw the way out of editing."""
    st.button("Cancel", icon=":material/close:", on_click=drafts.end_edit)


def saved() -> None:
    """Close the form and show the asset as it is now."""
    drafts.end_edit()
    st.toast("Saved.", icon=":material/check:")
    st.rerun()


def heading(draft: Draft) -> None:
    """The title while a form is open."""
    st.title("Edit asset" if draft.theirs is None else "Which values to keep?", anchor=False)


@contextmanager
def conflicts(draft: Draft, entered: "AssetInput") -> Iterator[None]:
    """If somebody else was quicker, show both values instead of the form."""
    try:
        yield
    except Conflict as conflict:
        if draft.theirs is not None:
            draft.start = drafts.values_of(draft.theirs)
        draft.mine = drafts.values_of(entered)
        draft.theirs, draft.whose = conflict.current, conflict.by
        draft.version = conflict.current.version
        st.rerun()


def binned(asset: Asset) -> None:
    """Back to all assets, with an undo at hand."""
    state.remember(state.UNDO, asset)
    st.switch_page(BROWSE)


def restored() -> None:
    """Show the asset as it is now."""
    st.toast("Back in the basket.", icon=":material/check:")
    st.rerun()
