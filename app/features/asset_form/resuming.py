"""Forms that outlive a restart of the app: the browser keeps which they are, and what is typed."""

from collections.abc import Mapping
from typing import Any

from app.fields.drafts import LONGEST_IDENTIFIER, Draft, is_identifier
from app.shell import state
from app.shell.connection.reconnection import Kept


def _new() -> dict[str, Any] | None:
    draft: Draft | None = state.recall(state.NEW)
    if draft is None or draft.saved is not None:
        return None
    return {"identifier": draft.identifier, "name": draft.name}


def _edit() -> dict[str, Any] | None:
    draft: Draft | None = state.recall(state.EDIT)
    if draft is None or draft.theirs is not None:
        return None
    return {
        "identifier": draft.identifier,
        "name": draft.name,
        "version": draft.version,
        "start": dict(draft.start),
    }


def _draft(told: Any) -> Draft | None:
    if not isinstance(told, Mapping):
        return None
    identifier, name = told.get("identifier"), told.get("name")
    if not isinstance(identifier, str) or len(identifier) > LONGEST_IDENTIFIER:
        return None
    return Draft(identifier, name, resumed=True) if is_identifier(name) else None


def _change(told: Any) -> Draft | None:
    edit = _draft(told)
    if edit is None:
        return None
    version, start = told.get("version"), told.get("start")
    if not isinstance(version, int) or version < 1 or not isinstance(start, dict):
        return None
    edit.version, edit.start = version, start
    return edit


ADDING = Kept("new", state.NEW, _new, _draft)
EDITING = Kept("edit", state.EDIT, _edit, _change)
