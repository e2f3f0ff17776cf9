"""What a page tells a restarted app it was in the middle of is taken over only if it can be so."""

from typing import Any

import pytest

from app.ui import state
from app.ui.connection import recalled
from app.ui.drafts import Draft
from services.model.record import new_identifier

TAB = "0123456789abcdef" * 2


def draft(**more: Any) -> dict[str, Any]:
    return {"identifier": new_identifier(), "name": new_identifier(), **more}


def test_a_form_goes_on_under_its_name() -> None:
    told = draft()
    found = recalled({"tab": TAB, "new": told})
    resumed = Draft(told["identifier"], told["name"], resumed=True)
    assert found == {state.TAB: TAB, state.NEW: resumed}


def test_a_change_goes_on_from_what_it_began_with() -> None:
    told = draft(version=3, start={"name": "Gold"})
    edit = recalled({"edit": told})[state.EDIT]
    assert (edit.identifier, edit.name) == (told["identifier"], told["name"])
    assert (edit.version, edit.start) == (3, {"name": "Gold"})


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"tab": 7},
        {"tab": "../etc"},
        {"new": "text"},
        {"new": {}},
        {"new": draft(name="<b>")},
        {"new": draft(identifier="x" * 1000)},
        {"new": draft(identifier=None)},
        {"edit": draft()},
        {"edit": draft(version=0, start={})},
        {"edit": draft(version="3", start={})},
        {"edit": draft(version=3, start=[])},
    ],
)
def test_what_no_page_was_told_is_left_out(kept: dict[str, Any]) -> None:
    assert recalled(kept) == {}
