"""What is picked in a table: kept, whatever order its messages come in and however often."""

from typing import Any

import pytest

from app.features.browse.table import selection
from app.shell import state
from tests.fakes.assets import asset


@pytest.fixture(autouse=True)
def _tab(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tab's memory, without Streamlit."""
    kept: dict[str, Any] = {}
    monkeypatch.setattr(state, "recall", lambda key, default=None: kept.get(key, default))
    monkeypatch.setattr(state, "remember", kept.__setitem__)


def message(said: int, on: tuple[str, ...] = (), off: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a table says that was drawn last."""
    tab = selection.to_props("basket", [])["tab"]
    return {"place": "basket", "tab": tab, "said": said, "on": list(on), "off": list(off)}


def picked() -> list[str]:
    return list(selection.picked("basket"))


def test_nothing_is_picked_at_first() -> None:
    assert picked() == []
    selection.hear(None)
    assert picked() == []


def test_what_is_picked_stays_so_in_the_order_of_picking() -> None:
    selection.hear(message(1, on=("b",)))
    selection.hear(message(2, on=("b", "a")))

    assert picked() == ["b", "a"]


def test_a_message_that_was_heard_already_changes_nothing() -> None:
    said = message(1, on=("a",))
    selection.hear(said)
    selection.let_go("basket")

    selection.hear(said)

    assert picked() == []


def test_a_message_may_tell_of_several_clicks_at_once() -> None:
    selection.hear(message(1, on=("a", "b", "c")))
    selection.hear(message(4, on=("d",), off=("a", "c")))

    assert picked() == ["b", "d"]
    assert selection.to_props("basket", [])["heard"] == 4


def test_an_older_session_in_the_same_window_does_not_count() -> None:
    selection.hear({**message(9, on=("a",)), "tab": "another"})

    assert picked() == []


def test_a_table_is_told_only_of_its_own_rows() -> None:
    selection.pick("basket", ["one", "two", "three"])

    told = selection.to_props("basket", [asset("three"), asset("four"), asset("one")])

    assert told["chosen"] == ["three", "one"]


def test_basket_and_bin_are_picked_from_by_themselves() -> None:
    selection.pick("basket", ["one"])
    selection.pick("bin", ["two"])
    selection.let_go("bin")

    assert (picked(), list(selection.picked("bin"))) == (["one"], [])
