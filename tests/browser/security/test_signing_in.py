"""Signing in with an organisation's own provider (OIDC): a real one, on this machine."""

import re
import threading
import warnings
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from tests.bench.processes import free_port
from tests.bench.servers import Site, patient_product
from tests.browser.security.test_abroad import enter, printed
from tests.browser.steps import heading, open_page, settled

# The provider and Authlib are on their way from one of its parts to another.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a secret for the cookies of a test"
client_id = "basket"
client_secret = "known to the provider"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
PEOPLE: dict[str, dict[str, object]] = {
    "ada": {"email": "ada@example.org", "name": "Ada <b>Lovelace</b>"},
    "bob": {"email": "bob@elsewhere.example", "name": "Bob"},
}


def undressed(response: Response) -> Response:
    """The provider's pages want to be dressed from elsewhere."""
    if response.mimetype == "text/html":
        response.set_data(re.sub(r"<link[^>]*>", "", response.get_data(as_text=True)))
    return response


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider that knows two people."""
    with warnings.catch_warnings():
        # It uses a part of Authlib that is to go some day.
        warnings.simplefilter("ignore")
        import oidc_provider_mock as mock

    known = [mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    app = mock.app(user_claims=known)
    app.after_request(undressed)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    serving.join()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, provider: str) -> Iterator[Site]:
    """An app whose secrets name the provider."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    (home / ".streamlit").mkdir()
    secrets = SECRETS.format(port=port, provider=provider)
    (home / ".streamlit" / "secrets.toml").write_text(secrets)
    with patient_product(
        home / "data",
        port=port,
        HOME=str(home),
        BASKET_PRESENTERS="@example.org",
        BASKET_HOST="0.0.0.0",
    ) as running:
        yield running


def sign_in(page: Page, provider: str, who: str) -> None:
    """As the provider asks."""
    expect(page.get_by_text("Client ID: basket")).to_be_visible()
    assert page.url.startswith(f"{provider}/")
    page.get_by_role("button", name=who, exact=True).first.click()


def test_who_signs_in_goes_by_the_providers_name_and_may_what_the_settings_say(
    site: Site, provider: str, page: Page, phone: Page
) -> None:
    for each, who, name in ((page, "ada", "Ada <b>Lovelace</b>"), (phone, "bob", "Bob")):
        each.goto(f"{site.url}/present")
        each.get_by_role("link", name="Sign in with your organisation instead").click()
        sign_in(each, provider, who)
        settled(each)
        expect(each.get_by_role("button", name=f"You are {name}")).to_be_visible()

    open_page(page, f"{site.url}/present")
    expect(page.get_by_role("button", name="Start session")).to_be_visible()
    open_page(phone, f"{site.url}/present")
    expect(phone.get_by_text("This is for whoever presents.")).to_be_visible()
    expect(phone.get_by_role("button", name="Start session")).to_have_count(0)

    page.get_by_role("button", name="You are").click()
    expect(page.get_by_text("Signed in as Ada <b>Lovelace</b>")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_count(0)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(heading(page, "Join a session")).to_be_visible()

    enter(page, printed(site, "Presenter"))
    settled(page)
    page.get_by_role("button", name="You are Guest").click()
    page.get_by_role("button", name="Sign in").click()
    sign_in(page, provider, "bob")
    settled(page)
    expect(page.get_by_role("button", name="You are Bob")).to_be_visible()
    expect(page.get_by_role("link", name="Present")).to_be_visible()
    said = site.process.log.read_text()
    assert "Traceback" not in said
    assert "known to the provider" not in said
