"""Served by nginx with TLS below a path, as README says: what a browser makes of it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.bench.processes import free_port
from tests.bench.servers import patient_product
from tests.browser.steps import open_page, settled
from tests.nginx import NAME, as_readme_says, nginx

KEY = "a presenter's key"


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address under which people see the app."""
    port, folder = free_port(), tmp_path_factory.mktemp("nginx")
    url = f"https://{NAME}:{port}/basket"
    data = tmp_path_factory.mktemp("outside") / "data"
    served = patient_product(
        data,
        BASKET_PUBLIC_URL=url,
        BASKET_TRUSTED_PROXY="127.0.0.1",
        BASKET_PRESENTER_KEY=KEY,
    )
    with (
        served as site,
        nginx(folder, as_readme_says(port, site.url, "/basket/", folder)),
    ):
        yield url


def test_presenter_and_guest_meet_below_a_path(outside: str, browser: Browser) -> None:
    presenter, guest = (browser.new_context(ignore_https_errors=True).new_page() for _ in range(2))
    elsewhere: list[str] = []
    for page in (presenter, guest):
        page.on("request", lambda asked: elsewhere.append(asked.url))
    presenter.goto(f"{outside}/present")
    presenter.get_by_text("Presenting? Use your presenter key").click()
    presenter.get_by_label("Presenter key").fill(KEY)
    presenter.get_by_role("button", name="Continue").click()
    presenter.get_by_label("Title").fill("Review")
    presenter.get_by_role("button", name="Start session").click()
    link = presenter.get_by_role("link", name="/join?code=").get_attribute("href")
    assert link is not None
    assert link.startswith(f"{outside}/join?code=")

    open_page(guest, link)
    guest.get_by_label("Your name", exact=True).fill("Grace")
    guest.get_by_role("button", name="Join", exact=True).click()
    # By the live line: the presenter's page hears of it without a click.
    expect(presenter.get_by_text("Grace")).to_be_visible()
    guest.get_by_role("link", name="Browse").click()
    expect(guest).to_have_url(f"{outside}/")
    # A page that is drawn anew closes what was opened over it.
    settled(guest)
    guest.get_by_role("button", name="You are").click()
    guest.get_by_role("link", name="Sign out on this device").click()
    expect(guest.get_by_label("Session code")).to_be_visible()
    assert guest.url == f"{outside}/"
    own = (f"{outside}/", "data:", "blob:")
    assert [address for address in elsewhere if not address.startswith(own)] == []
    for page in (presenter, guest):
        page.context.close()
