"""The store dies or stops while somebody is at work: nothing is lost, and nothing comes twice."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.bench.processes import stop, wait_until
from tests.bench.servers import Site, get
from tests.browser.steps import (
    add_by_api,
    fill_in,
    filled_in,
    moto_pid,
    names,
    open_page,
    settled,
    stored,
    submit,
    success,
)


@pytest.fixture
def stopped(empty: Site) -> Iterator[list[int]]:
    """Process ids of servers that a test has stopped and not yet sent on."""
    waiting: list[int] = []
    yield waiting
    for pid in waiting:
        os.kill(pid, signal.SIGCONT)


def test_moto_is_killed_while_a_form_is_half_filled_and_the_asset_is_added(
    empty: Site, page: Page
) -> None:
    add_by_api(empty.url, "Gold")
    open_page(page, f"{empty.url}/add")
    fill_in(page, "S&P500")
    before = moto_pid(empty.url)
    os.kill(before, signal.SIGKILL)
    submit(page).click()
    expect(success(page)).to_be_visible()
    page.get_by_role("button", name="See all assets").click()
    expect(page.get_by_role("heading", name="Assets", exact=True, level=1)).to_be_visible()
    open_page(page, empty.url)
    expect(names(page)).to_have_text(["S&P500", "Gold"])
    expect(page.get_by_text("store is not answering")).to_have_count(0)
    assert len(stored(empty.url)) == 2
    assert moto_pid(empty.url) != before


def test_a_program_adds_although_moto_has_been_killed(empty: Site) -> None:
    add_by_api(empty.url, "Gold")
    os.kill(moto_pid(empty.url), signal.SIGKILL)
    wait_until(empty.process, lambda: get(f"{empty.endpoint}/_basket/status") is None)
    add_by_api(empty.url, "Silver")
    assert sorted(asset["name"] for asset in stored(empty.url)) == ["Gold", "Silver"]


def test_two_clicks_while_moto_hesitates_add_one_asset(
    empty: Site, page: Page, stopped: list[int]
) -> None:
    open_page(page, f"{empty.url}/add")
    fill_in(page, "S&P500")
    pid = moto_pid(empty.url)
    stop(pid)
    stopped.append(pid)
    submit(page).click()
    expect(page.locator("[data-test-script-state=running]")).to_have_count(1)
    submit(page).click()
    os.kill(stopped.pop(), signal.SIGCONT)
    expect(success(page)).to_be_visible()
    settled(page)
    assert len(stored(empty.url)) == 1


def test_moto_hangs_while_an_asset_is_added_and_then_goes_on(
    empty: Site, page: Page, stopped: list[int]
) -> None:
    add_by_api(empty.url, "Gold")
    open_page(page, f"{empty.url}/add")
    fill_in(page, "S&P500", "SIPP", "Low", "EUR")
    pid = moto_pid(empty.url)
    stop(pid)
    stopped.append(pid)
    submit(page).click()
    expect(page.get_by_role("alert")).to_contain_text("The store is not answering just now.")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    filled_in(page, "S&P500", "SIPP", "Low", "EUR")
    onlooker = page.context.new_page()
    open_page(onlooker, empty.url)
    expect(names(onlooker)).to_have_text(["Gold"])
    expect(onlooker.get_by_text("store is not answering")).to_be_visible()
    os.kill(stopped.pop(), signal.SIGCONT)
    submit(page).click()
    expect(success(page)).to_be_visible()
    assert [asset["name"] for asset in stored(empty.url, "S&P500")] == ["S&P500"]


def test_a_restart_of_moto_is_told_in_a_short_note_on_an_open_page(empty: Site, page: Page) -> None:
    add_by_api(empty.url, "Gold")
    open_page(page, empty.url)
    expect(names(page)).to_have_text(["Gold"])

    os.kill(moto_pid(empty.url), signal.SIGKILL)

    expect(page.get_by_text("We’re back – nothing was lost.")).to_be_visible()
    expect(names(page)).to_have_text(["Gold"])
