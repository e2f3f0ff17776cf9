"""What a page does while the app is away: says so, keeps what is typed, and comes back by itself.

An app that was restarted knows nothing of the pages that are open. What such a page needs to go on
is kept by the browser, and told with its first run.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from app import bootstrap
from app.features.bulk import form as bulk_form
from app.features.importing import upload
from app.fields.drafts import LONGEST_IDENTIFIER, Draft, is_identifier
from app.shell import state
from app.shell.component import component

_LONGEST_TITLE = 200
_HEX = re.compile("[0-9a-f]{32}")


def resume() -> None:
    """At the start of a run: if this is the first of a page that was open before, go on with it."""
    told = component("memory")(data={}, key="memory", on_kept_change=_nothing)
    if state.recall(state.TAB) is None and isinstance(told.kept, Mapping):
        for key, value in recalled(told.kept).items():
            state.remember(key, value)


def strip() -> None:
    """Draw what is said while the connection is lost, and just after; mostly nothing."""
    # Another number each time: only what is drawn anew tells a page that the app is back.
    data = {"memory": _memory(), "copy": bootstrap.basket().copy, "drawn": uuid4().hex}
    component("connection", "focus")(data=data, key="connection", on_again_change=_nothing)


def _memory() -> dict[str, Any]:
    """What this tab is in the middle of."""
    new: Draft | None = state.recall(state.NEW)
    edit: Draft | None = state.recall(state.EDIT)
    kept: dict[str, Any] = {"tab": state.recall(state.TAB)}
    if new is not None and new.saved is None:
        kept["new"] = {"identifier": new.identifier, "name": new.name}
    if edit is not None and edit.theirs is None:
        kept["edit"] = {
            "identifier": edit.identifier,
            "name": edit.name,
            "version": edit.version,
            "start": dict(edit.start),
        }
    if form := bulk_form.to_keep():
        kept["bulk"] = form
    if file := upload.prepared():
        kept["file"] = file.title[:_LONGEST_TITLE]
    return kept


def recalled(kept: Mapping[str, Any]) -> dict[str, Any]:
    """By keys of the session: what may be what a tab was told; what cannot be is left out.

    `kept` comes from a browser, and may be anything that JSON can say.
    """
    found: dict[str, Any] = {}
    tab, edited = kept.get("tab"), kept.get("edit")
    if isinstance(tab, str) and _HEX.fullmatch(tab):
        found[state.TAB] = tab
    if new := _draft(kept.get("new")):
        found[state.NEW] = new
    if isinstance(edited, Mapping) and (edit := _draft(edited)):
        version, start = edited.get("version"), edited.get("start")
        if isinstance(version, int) and version > 0 and isinstance(start, dict):
            edit.version, edit.start = version, start
            found[state.EDIT] = edit
    if form := bulk_form.resumed(kept.get("bulk")):
        found[state.BULK_FORM] = form
    file = kept.get("file")
    if isinstance(file, str) and file:
        found[state.IMPORT_GONE] = file[:_LONGEST_TITLE]
    return found


def _draft(told: Any) -> Draft | None:
    if not isinstance(told, Mapping):
        return None
    identifier, name = told.get("identifier"), told.get("name")
    if not isinstance(identifier, str) or len(identifier) > LONGEST_IDENTIFIER:
        return None
    return Draft(identifier, name, resumed=True) if is_identifier(name) else None


def _nothing() -> None:
    """Without a callback a component has no value; the run itself is what the browser asks for."""
