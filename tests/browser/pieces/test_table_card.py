"""The table by itself: what the app tells it, and what it tells the app."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pieces.pieces import piece

_TABLE = "features/browse/table/table.js"
Draw = Callable[..., None]


@pytest.fixture
def draw(page: Page) -> Draw:
    """Has the table draw what the app tells."""
    shown = piece(page, _TABLE)
    return lambda **picking: shown(table(**picking))


def table(**picking: Any) -> dict[str, Any]:
    """Two assets in one column."""
    rows = [
        {"id": name, "version": 1, "href": f"asset?id={name}", "cells": [{"text": name}]}
        for name in ("Gold", "Silver")
    ]
    return {
        "label": "Assets",
        "view": "",
        "sort": ["name"],
        "usualSort": "-added",
        "columns": [{"name": "name", "label": "Name", "looks": "", "newestFirst": False}],
        "rows": rows,
        "picking": {"place": "basket", "tab": "one", "heard": 0, "chosen": [], **picking},
    }


def test_a_table_that_fails_keeps_its_last_picture_and_says_so_once(
    browser: Browser,
) -> None:
    page = browser.new_page()
    shown = piece(page, _TABLE)
    page.evaluate("""() => { window.failures = [];
      document.addEventListener("basket-say", (event) => failures.push(event.detail)); }""")
    shown(table())

    shown({**table(), "rows": None})

    expect(page.get_by_role("row")).to_have_count(3)
    (told,) = page.evaluate("window.failures")
    assert told["failed"] == "table"
    assert "rows" in told["said"] or "null" in told["said"]
    page.close()


def test_a_table_that_fails_at_once_says_what_to_do_until_it_is_drawn(browser: Browser) -> None:
    page = browser.new_page()
    shown = piece(page, _TABLE)

    shown({**table(), "rows": None})
    expect(page.get_by_text("Reload the page to try again.")).to_be_visible()
    shown(table())

    expect(page.get_by_text("Reload the page to try again.")).to_have_count(0)
    expect(page.get_by_role("row")).to_have_count(3)
    page.close()


def box(page: Page, name: str) -> Any:
    return page.get_by_role("checkbox", name=f"Select {name}")


def test_another_session_under_the_same_rows_is_told_what_is_picked_there(
    page: Page, draw: Draw
) -> None:
    draw(chosen=["Gold"], elsewhere=["Copper"])

    # The server has come back.
    draw(tab="two")
    page.wait_for_function("window.sent.length")
    box(page, "Silver").check()

    expect(page.get_by_role("row")).to_have_count(3)
    told = page.evaluate("window.sent.at(-1)")
    assert (told["tab"], told["said"], told["on"]) == ("two", 2, ["Copper", "Gold", "Silver"])
    draw(tab="two", heard=2, chosen=["Gold", "Silver"])
    expect(box(page, "Silver")).to_be_checked()
    expect(box(page, "Gold")).to_be_checked()


def test_what_is_picked_in_one_s_own_copy_is_not_picked_in_the_shared_basket(
    page: Page, draw: Draw
) -> None:
    draw(copy="own", chosen=["Gold"])

    draw(tab="two")
    box(page, "Silver").check()

    told = page.evaluate("window.sent.at(-1)")
    assert (told["tab"], told["said"], told["on"]) == ("two", 1, ["Silver"])
    expect(box(page, "Gold")).not_to_be_checked()
